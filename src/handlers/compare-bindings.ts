import type { Log } from '../domain/ports/log';
import type { ChangeOperation } from '../usecases/operations/change-operation';

export interface CompareBindingsHandlerOptions {
  readonly changeOperation: ChangeOperation;
  readonly log: Log;
}

/** Schedule `comparison`, each week: the same comparison that an owner can start. Failures are logged, as nobody waits. */
export function createCompareBindingsHandler({
  changeOperation,
  log,
}: CompareBindingsHandlerOptions) {
  return async (): Promise<void> => {
    const draft = { kind: 'reconcile', name: 'the workspace', startedBy: 'app' } as const;
    await changeOperation.start(draft).catch((error: unknown) => {
      log.error('the weekly comparison could not be started', error);
    });
  };
}
