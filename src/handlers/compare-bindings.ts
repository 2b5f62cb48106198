import type { Log } from '../domain/ports/log';
import type { ChangeOperation } from '../usecases/operations/change-operation';

export interface CompareBindingsHandlerOptions {
  readonly changeOperation: ChangeOperation;
  readonly log: Log;
}

/** Schedule `comparison`, each week: the same comparison and clean-up that an owner can start. Failures are logged, as nobody waits. */
export function createCompareBindingsHandler({
  changeOperation,
  log,
}: CompareBindingsHandlerOptions) {
  return async (): Promise<void> => {
    for (const kind of ['reconcile', 'sweep'] as const) {
      const draft = { kind, name: 'the workspace', startedBy: 'app' };
      await changeOperation.start(draft).catch((error: unknown) => {
        log.error('weekly work could not be started', error, { kind });
      });
    }
  };
}
