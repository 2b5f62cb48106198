import { Icon } from '../../../shared/components/icon';
import type { LiveSnapshot, LiveView } from '../live/live-view';
import { detailTexts, refreshText } from './texts';
import { useFadingNotice } from './use-fading-notice';

interface ToolbarProps {
  readonly snapshot: LiveSnapshot;
  readonly live: LiveView;
}

/** The button that reads the server again now, and what came of it. */
export function Toolbar({ snapshot, live }: ToolbarProps) {
  const notice = useFadingNotice(snapshot.notice);
  const { isRefreshing, view } = snapshot;
  return (
    <>
      {/* The announcer says the same to screen readers. */}
      <span className="note" aria-hidden="true">
        {notice ? refreshText(notice) : view?.refreshing && detailTexts.reReading}
      </span>
      <button
        type="button"
        className="button quiet"
        // Not `disabled`: that would take the focus away from who pressed it.
        aria-disabled={isRefreshing}
        onClick={() => live.refresh()}
      >
        <Icon name="refresh" />
        {isRefreshing ? detailTexts.refreshing : detailTexts.refresh}
      </button>
    </>
  );
}
