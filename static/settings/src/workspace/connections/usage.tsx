import { useContext } from 'react';
import { call } from '../../../../shared/bridge/call';
import { FailureNotice } from '../../failure-notice';
import { FormatsContext } from '../../formats-context';
import { useLoaded } from '../../use-loaded';

interface UsageProps {
  readonly connectionId: string;
}

/** What the plan of a server allows and how much of it is used, before anything is bound. */
export function Usage({ connectionId }: UsageProps) {
  const formats = useContext(FormatsContext);
  const { value, failure, reload } = useLoaded(connectionId, () =>
    call('connection.usage', { connectionId }),
  );
  if (failure) return <FailureNotice failure={failure} onRetry={reload} />;
  if (!value) return <p className="hint">Reading the plan…</p>;
  const { plan, lines, limit } = value;
  const count = (number: number | undefined) =>
    number === undefined ? 'not reported' : formats.count(number);
  const isOver = lines !== undefined && limit !== undefined && lines >= limit;
  return (
    <>
      <dl className="facts">
        <div>
          <dt>Plan</dt>
          <dd>{plan ?? 'not reported'}</dd>
        </div>
        <div>
          <dt>Lines of code</dt>
          <dd>{limit === undefined ? count(lines) : `${count(lines)} of ${count(limit)}`}</dd>
        </div>
      </dl>
      {isOver && (
        <p className="problem">
          The limit of the plan is reached: analyses of further code fail on the server.
        </p>
      )}
    </>
  );
}
