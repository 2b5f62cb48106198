import type { PullRequestIdentity } from '../domain/identifiers';
import type { BitbucketAsUser } from '../domain/ports/bitbucket';
import type { PullRequest } from '../domain/pull-request';
import { AppError } from '../errors/app-error';
import {
  RemoteError,
  RemoteRateLimitedError,
  RemoteUnauthorizedError,
} from '../errors/remote-errors';
import type { Caller } from './caller';

/**
 * Proves that the caller may read the pull request, by reading it as the caller.
 * @throws {AppError} NOT_FOUND with the same words for one that does not exist and one that is hidden; NOT_SIGNED_IN,
 * RATE_LIMITED or UNAVAILABLE when Bitbucket cannot tell.
 */
export async function proveAccess(
  bitbucket: BitbucketAsUser,
  identity: PullRequestIdentity,
  { workspaceUuid }: Caller,
): Promise<PullRequest> {
  const pullRequest = await bitbucket
    .findPullRequest({ workspaceUuid, ...identity })
    .catch((error: unknown) => {
      throw toAppError(error);
    });
  if (!pullRequest) {
    throw new AppError(
      'NOT_FOUND',
      'There is no such pull request, or you may not read it. Ask an administrator of the repository for access.',
    );
  }
  return pullRequest;
}

/** What a person is told when Bitbucket could not say who may do what. */
export function toAppError(error: unknown): unknown {
  if (error instanceof RemoteUnauthorizedError) {
    return new AppError('NOT_SIGNED_IN', 'Bitbucket does not know who you are. Sign in again.', {
      cause: error,
    });
  }
  if (error instanceof RemoteRateLimitedError) {
    return new AppError(
      'RATE_LIMITED',
      'Bitbucket asks to be called less often. Try again in a few minutes.',
      { retryAfterSeconds: error.retryAfterSeconds, cause: error },
    );
  }
  if (error instanceof RemoteError) {
    return new AppError(
      'UNAVAILABLE',
      'Bitbucket did not answer, so it is not known whether you may read this. Try again in a minute.',
      { retryAfterSeconds: error.retryAfterSeconds, cause: error },
    );
  }
  return error;
}
