import type { ProjectVerdict } from '@contracts/verdict';
import { shorten } from '../../../shared/format/commit';
import { Age } from '../environment';
import { detailTexts } from './texts';
import { StateLozenge } from '../verdict/state-lozenge';

/** What the server last said, and for which commit, while it says nothing about the head commit. */
export function LastKnown({ project }: { readonly project: ProjectVerdict }) {
  const { lastKnown, unreachable } = project;
  return (
    <>
      {unreachable && (
        <p className="hint">
          {detailTexts.unreachableSince} <Age at={unreachable.since} />: {unreachable.message}
        </p>
      )}
      {lastKnown && (
        <p className="facts">
          <span>{detailTexts.lastKnown}:</span>
          <StateLozenge state={lastKnown.state} />
          {lastKnown.commit && (
            <span>
              {detailTexts.lastKnownFor}{' '}
              <code title={lastKnown.commit}>{shorten(lastKnown.commit)}</code>
            </span>
          )}
          <Age at={lastKnown.at} />
        </p>
      )}
    </>
  );
}
