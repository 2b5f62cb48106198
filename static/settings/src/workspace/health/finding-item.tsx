import type { Finding } from '@contracts/health';
import { useContext, useState } from 'react';
import { call } from '../../../../shared/bridge/call';
import { Lozenge } from '../../../../shared/components/lozenge';
import { Button } from '../../button';
import { FailureNotice } from '../../failure-notice';
import { FormatsContext } from '../../formats-context';
import { useAction } from '../../use-action';

const severities = {
  error: { tone: 'danger', word: 'Error', icon: 'cross' },
  warning: { tone: 'warning', word: 'Warning', icon: 'warning' },
  info: { tone: 'information', word: 'Information', icon: 'information' },
} as const;

interface FindingItemProps {
  readonly finding: Finding;
  readonly onRepaired: (findingId: string, message: string) => void;
}

/** One finding: what happened, what to do, since when, and the way to repair it from here. */
export function FindingItem({ finding, onRepaired }: FindingItemProps) {
  const formats = useContext(FormatsContext);
  const repairing = useAction();
  /** Why a repair that was tried did not help. */
  const [outcome, setOutcome] = useState('');
  const { findingId, severity, message, nextStep, subject, repair, since } = finding;

  function onRepair(): void {
    setOutcome('');
    repairing.run(async () => {
      const answer = await call('health.repair', { findingId });
      if (answer.isRepaired) onRepaired(findingId, answer.message);
      else setOutcome(answer.message);
    });
  }

  return (
    <li className="item">
      <p>
        <Lozenge {...severities[severity]} /> <span className="strong">{subject.name}</span>{' '}
        <span className="hint">
          since <time dateTime={since}>{formats.dateTime(since)}</time>
        </span>
      </p>
      <p>{message}</p>
      <p className="hint">{nextStep}</p>
      {repairing.failure && <FailureNotice failure={repairing.failure} onRetry={onRepair} />}
      <p role="status" className={outcome === '' ? 'hidden' : undefined}>
        {outcome}
      </p>
      {repair !== undefined && (
        <div className="row start">
          <Button
            isRunning={repairing.isRunning}
            label={`${repair}: ${subject.name}`}
            onClick={onRepair}
          >
            {repair}
          </Button>
        </div>
      )}
    </li>
  );
}
