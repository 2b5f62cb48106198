import { InvocationError, InvocationErrorCode } from '@forge/events';
import * as z from 'zod/mini';
import { withoutBraces } from '../domain/identifiers';
import type { Log } from '../domain/ports/log';
import { PlatformUnavailableError } from '../errors/platform-errors';
import type { PullRequestChanged } from '../usecases/pull-request-changed';

/** The members of Bitbucket's pull request events that are used (bitbucket.md 16.1). */
const PullRequestEvent = z.object({
  repository: z.object({ uuid: z.string() }),
  pullrequest: z.object({
    id: z.int(),
    state: z.string(),
    source: z.object({ commit: z.nullish(z.object({ hash: z.string() })) }),
    updatedOn: z.optional(z.string()),
  }),
});

const retryAfterSeconds = 30;

export interface PullRequestChangedHandlerOptions {
  readonly pullRequestChanged: PullRequestChanged;
  readonly log: Log;
}

/** A pull request was made, pushed to, edited, merged or declined. */
export function createPullRequestChangedHandler(options: PullRequestChangedHandlerOptions) {
  const { pullRequestChanged, log } = options;
  return async (event: unknown): Promise<InvocationError | undefined> => {
    const parsed = PullRequestEvent.safeParse(event);
    if (!parsed.success) {
      log.warn('an event of unknown form was dropped');
      return undefined;
    }
    const { repository, pullrequest } = parsed.data;
    try {
      const outcome = await pullRequestChanged({
        repositoryUuid: withoutBraces(repository.uuid),
        pullRequestId: pullrequest.id,
        isOpen: pullrequest.state === 'OPEN',
        headHash: pullrequest.source.commit?.hash,
        updatedAt: toIso(pullrequest.updatedOn),
      });
      log.info('a pull request changed', { outcome });
      return undefined;
    } catch (error) {
      if (!(error instanceof PlatformUnavailableError)) throw error;
      log.error('an event is asked for again', error);
      return new InvocationError({
        retryAfter: retryAfterSeconds,
        retryReason: InvocationErrorCode.FUNCTION_RETRY_REQUEST,
      });
    }
  };
}

function toIso(text: string | undefined): string | undefined {
  const ms = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString();
}
