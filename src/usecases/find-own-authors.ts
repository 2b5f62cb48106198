import { toAuthorDigest } from '../domain/author-digest';
import type { PullRequestIdentity } from '../domain/identifiers';
import type { BitbucketAsUser } from '../domain/ports/bitbucket';
import type { Caller } from './caller';
import { proveAccess, toAppError } from './prove-access';

export type FindOwnAuthors = (
  identity: PullRequestIdentity,
  caller: Caller,
) => Promise<readonly string[]>;

/**
 * Under which names the analysis server knows the caller in this pull request: Bitbucket says which of its commits are
 * theirs, and with which address they were made. Addresses leave as digests, as they are stored.
 * @throws {AppError} as `proveAccess`.
 */
export function createFindOwnAuthors({
  bitbucket,
}: {
  readonly bitbucket: BitbucketAsUser;
}): FindOwnAuthors {
  return async (identity, caller) => {
    await proveAccess(bitbucket, identity, caller);
    const { workspaceUuid, accountId } = caller;
    const authors = await bitbucket
      .listCommitAuthors({ ...identity, workspaceUuid })
      .catch((error: unknown) => {
        throw toAppError(error);
      });
    const own = authors.filter((author) => author.accountId === accountId);
    return [...new Set(own.flatMap(({ email }) => (email ? toAuthorDigest(email) : [])))];
  };
}
