import type { LiveSnapshot } from '../live/live-view';
import { useAnnouncement } from './use-announcement';

/** The region that tells screen readers what changed. It is there, empty, before there is anything to tell. */
export function Announcer({ snapshot }: { readonly snapshot: LiveSnapshot }) {
  return (
    <p className="hidden" role="status">
      {useAnnouncement(snapshot)}
    </p>
  );
}
