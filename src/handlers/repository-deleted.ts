import { InvocationError, InvocationErrorCode } from '@forge/events';
import * as z from 'zod/mini';
import type { Log } from '../domain/ports/log';
import { PlatformUnavailableError } from '../errors/platform-errors';
import type { ForgetRepository } from '../usecases/bindings/forget-repository';

const RepositoryEvent = z.object({ repository: z.object({ uuid: z.string() }) });
const retrySeconds = 60;

export interface RepositoryDeletedHandlerOptions {
  readonly forgetRepository: ForgetRepository;
  readonly log: Log;
}

/** Trigger `repository-events`: a repository was deleted, so nothing may stay bound to it. */
export function createRepositoryDeletedHandler(options: RepositoryDeletedHandlerOptions) {
  const { forgetRepository, log } = options;
  return async (event: unknown): Promise<InvocationError | undefined> => {
    const parsed = RepositoryEvent.safeParse(event);
    if (!parsed.success) {
      log.warn('an event of unknown form was dropped');
      return undefined;
    }
    try {
      await forgetRepository(parsed.data.repository.uuid);
      return undefined;
    } catch (error) {
      if (!(error instanceof PlatformUnavailableError)) throw error;
      return new InvocationError({
        retryAfter: retrySeconds,
        retryReason: InvocationErrorCode.FUNCTION_RETRY_REQUEST,
      });
    }
  };
}
