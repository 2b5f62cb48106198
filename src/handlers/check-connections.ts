import type { Log } from '../domain/ports/log';
import type { CheckConnections } from '../usecases/connections/check-connections';
import type { WakeOperations } from '../usecases/operations/wake-operations';

export interface CheckConnectionsHandlerOptions {
  readonly checkConnections: CheckConnections;
  readonly wakeOperations: WakeOperations;
  readonly log: Log;
}

/** Schedule `connection-check`, each hour. The platform ignores failures, so they are logged. */
export function createCheckConnectionsHandler(options: CheckConnectionsHandlerOptions) {
  const { checkConnections, wakeOperations, log } = options;
  return async (): Promise<void> => {
    for (const work of [wakeOperations, checkConnections]) {
      await work().catch((error: unknown) => {
        log.error('the hourly check failed', error);
      });
    }
  };
}
