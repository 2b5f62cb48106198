import type { StoredCount } from '@contracts/health';
import type { OperationView } from '@contracts/operations';
import { useContext, useState } from 'react';
import { call } from '../../../../shared/bridge/call';
import { Button } from '../../button';
import { FailureNotice } from '../../failure-notice';
import { FormatsContext } from '../../formats-context';
import { useAction } from '../../use-action';

const names: Readonly<Record<StoredCount['kind'], string>> = {
  connections: 'Connections',
  bindings: 'Bound repositories',
  settings: 'Settings of their own',
  verdicts: 'Verdicts of pull requests',
  publications: 'Reports that were written',
  findings: 'Findings',
  operations: 'Long operations',
  imports: 'Imports',
  changes: 'Changes in the audit log',
};

interface StoredProps {
  readonly onStarted: (operation: OperationView) => void;
}

/** How much is stored, and a clean-up of what nobody needs. */
export function Stored({ onStarted }: StoredProps) {
  const formats = useContext(FormatsContext);
  const [counts, setCounts] = useState<readonly StoredCount[]>();
  const counting = useAction();
  const sweeping = useAction();

  const onCount = () =>
    counting.run(async () => setCounts((await call('health.stored', {})).counts));
  const onSweep = () =>
    sweeping.run(async () => onStarted((await call('health.sweep', {})).operation));

  return (
    <section className="stack" aria-labelledby="stored-heading">
      <h3 id="stored-heading">What is stored</h3>
      <p className="hint">
        Everything is kept in the storage of this app in this workspace. A closed pull request is
        forgotten after 30 days; what a deleted repository leaves behind is cleaned up each week.
      </p>
      <div className="row start">
        <Button isRunning={counting.isRunning} onClick={onCount}>
          {counts ? 'Count again' : 'Count it'}
        </Button>
        <Button isRunning={sweeping.isRunning} onClick={onSweep}>
          Clean up now
        </Button>
      </div>
      {counting.failure && <FailureNotice failure={counting.failure} onRetry={onCount} />}
      {sweeping.failure && <FailureNotice failure={sweeping.failure} onRetry={onSweep} />}
      <div role="status">
        {counts && (
          <dl className="facts">
            {counts.map(({ kind, count, isMore }) => (
              <div key={kind}>
                <dt>{names[kind]}</dt>
                <dd>
                  {formats.count(count)}
                  {isMore && ' or more'}
                </dd>
              </div>
            ))}
          </dl>
        )}
      </div>
    </section>
  );
}
