import type { Log } from '../domain/ports/log';
import type { ListOpen } from '../usecases/catching-up/list-open';
import type { ReadDue } from '../usecases/catching-up/read-due';

export interface ReadDueHandlerOptions {
  readonly readDue: ReadDue;
  readonly listOpen: ListOpen;
  readonly log: Log;
}

/** Schedule `catch-up`, every five minutes. The platform ignores failures, so they are logged. */
export function createReadDueHandler({ readDue, listOpen, log }: ReadDueHandlerOptions) {
  return async (): Promise<void> => {
    await readDue().then(
      ({ queued, forgotten }) => log.info('what is due was queued', { queued, forgotten }),
      (error: unknown) => log.error('what is due could not be read', error),
    );
    await listOpen.start().catch((error: unknown) => {
      log.error('the open pull requests could not be looked for', error);
    });
  };
}
