import type { OperationView } from '@contracts/operations';
import { useEffect } from 'react';
import { call } from '../../../shared/bridge/call';
import { Notice } from '../../../shared/components/notice';
import { Button } from '../button';
import { FailureNotice } from '../failure-notice';
import { useAction } from '../use-action';

interface OperationNoticeProps {
  readonly operation: OperationView;
  readonly onChanged: (operation: OperationView) => void;
  readonly onClose: () => void;
}

/** How often a running operation is asked about. */
export const operationPollMs = 3_000;

/** Long work: how far it is, and how to stop it or go on with it. */
export function OperationNotice({ operation, onChanged, onClose }: OperationNoticeProps) {
  const { operationId, state, total, done, failed, message } = operation;
  const change = useAction();
  const polling = useAction();

  useEffect(() => {
    if (state !== 'running' || polling.isRunning) return;
    const timer = setTimeout(
      () => polling.run(async () => onChanged(await call('operation.view', { operationId }))),
      operationPollMs,
    );
    return () => clearTimeout(timer);
  }, [operation, state, polling.isRunning]);

  const set = (name: 'operation.cancel' | 'operation.resume') =>
    change.run(async () => onChanged(await call(name, { operationId })));
  const isStopped = state === 'cancelled' || state === 'failed';
  return (
    <Notice tone={state === 'failed' ? 'warning' : 'information'}>
      <p role="status">{message}</p>
      {state === 'running' && (
        <progress
          aria-label="Progress"
          {...(total !== undefined && { max: Math.max(1, total), value: done + failed })}
        />
      )}
      {polling.failure && (
        <p className="problem">How far it is could not be read; it goes on all the same.</p>
      )}
      {change.failure && <FailureNotice failure={change.failure} />}
      <div className="row start">
        {state === 'running' && (
          <Button isRunning={change.isRunning} onClick={() => set('operation.cancel')}>
            Cancel
          </Button>
        )}
        {isStopped && (
          <Button isRunning={change.isRunning} onClick={() => set('operation.resume')}>
            Resume
          </Button>
        )}
        {state !== 'running' && <Button onClick={onClose}>Close</Button>}
      </div>
    </Notice>
  );
}
