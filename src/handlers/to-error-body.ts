import type { ErrorBody } from '../contracts/errors';
import type { Log } from '../domain/ports/log';
import { AppError } from '../errors/app-error';
import { PlatformUnavailableError } from '../errors/platform-errors';

/** What a page is told about a failure. Anything that was not foreseen is one neutral sentence, and the log has the rest. */
export function toErrorBody(error: unknown, log: Log): ErrorBody {
  if (error instanceof AppError) {
    const { code, message, retryAfterSeconds } = error;
    log.info('a procedure was refused', { code });
    return { code, message, ...(retryAfterSeconds !== undefined && { retryAfterSeconds }) };
  }
  if (error instanceof PlatformUnavailableError) {
    log.error('the platform could not serve a procedure', error);
    return {
      code: 'UNAVAILABLE',
      message: 'Bitbucket could not serve the app right now. Try again in a minute.',
      retryAfterSeconds: 60,
    };
  }
  log.error('a procedure failed', error);
  return {
    code: 'UNEXPECTED',
    message:
      'Something went wrong in the app. Try again; if it stays, tell a workspace administrator.',
  };
}
