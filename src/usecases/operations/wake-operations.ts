import type { Clock } from '../../domain/ports/clock';
import type { OperationQueue } from '../../domain/ports/messaging';
import type { OperationStore } from '../../domain/ports/stores';

export type WakeOperations = () => Promise<void>;

/** After this long without a sign, the message for the next stretch was lost. */
const lostAfterMs = 10 * 60_000;

/** Sends the message for the next stretch again for running operations that nothing was heard of for ten minutes. */
export function createWakeOperations(options: {
  readonly operations: OperationStore;
  readonly operationQueue: OperationQueue;
  readonly clock: Clock;
}): WakeOperations {
  const { operations, operationQueue, clock } = options;
  return async () => {
    for (const { operationId, renewedAt } of await operations.listByState('running', 20)) {
      const isLost = clock.nowMs() - Date.parse(renewedAt) >= lostAfterMs;
      if (isLost) await operationQueue.push(operationId);
    }
  };
}
