import { InvocationError, InvocationErrorCode } from '@forge/events';
import * as z from 'zod/mini';
import type { Log } from '../domain/ports/log';
import { PlatformUnavailableError } from '../errors/platform-errors';
import { RemoteError } from '../errors/remote-errors';
import type { FollowRepository } from '../usecases/bindings/follow-repository';
import type { ForgetRepository } from '../usecases/bindings/forget-repository';
import { toWorkspaceUuid } from './installation';

const RepositoryEvent = z.object({
  eventType: z.string(),
  repository: z.object({ uuid: z.string() }),
});
const retrySeconds = 60;

export interface RepositoryChangedHandlerOptions {
  readonly forgetRepository: ForgetRepository;
  readonly followRepository: FollowRepository;
  readonly log: Log;
}

/**
 * Trigger `repository-events`: of a deleted repository nothing may stay, and a renamed one is followed. Only the UUID is
 * taken from the event: names are asked for.
 */
export function createRepositoryChangedHandler(options: RepositoryChangedHandlerOptions) {
  const { forgetRepository, followRepository, log } = options;
  return async (event: unknown, context: unknown): Promise<InvocationError | undefined> => {
    const parsed = RepositoryEvent.safeParse(event);
    if (!parsed.success) {
      log.warn('an event of unknown form was dropped');
      return undefined;
    }
    const { eventType, repository } = parsed.data;
    try {
      if (eventType.includes(':deleted:')) await forgetRepository(repository.uuid);
      else await followRepository(repository.uuid, toWorkspaceUuid(context));
      return undefined;
    } catch (error) {
      const isTransient = error instanceof PlatformUnavailableError || error instanceof RemoteError;
      if (!isTransient) throw error;
      return new InvocationError({
        retryAfter: retrySeconds,
        retryReason: InvocationErrorCode.FUNCTION_RETRY_REQUEST,
      });
    }
  };
}
