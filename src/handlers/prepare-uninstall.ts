import type { Log } from '../domain/ports/log';
import type { PrepareUninstall } from '../usecases/prepare-uninstall';

export interface PrepareUninstallHandlerOptions {
  readonly prepareUninstall: PrepareUninstall;
  readonly log: Log;
}

/** Module `clean-up`: a failure does not stop the uninstall, so it is only logged. */
export function createPrepareUninstallHandler(options: PrepareUninstallHandlerOptions) {
  const { prepareUninstall, log } = options;
  return async (): Promise<void> => {
    await prepareUninstall().catch((error: unknown) => {
      log.error('the clean-up before the uninstall failed', error);
    });
  };
}
