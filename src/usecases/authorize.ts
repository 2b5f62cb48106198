import type { Access } from '../contracts/procedure';
import { withoutBraces } from '../domain/identifiers';
import type { BitbucketAsUser } from '../domain/ports/bitbucket';
import { AppError } from '../errors/app-error';
import type { Caller } from './caller';
import { toAppError } from './prove-access';

/** Resolves when the caller has the right that a procedure asks for. */
export type Authorize = (access: Access, input: unknown, caller: Caller) => Promise<void>;

/**
 * Proves as the calling user that they have the right that a procedure asks for (bitbucket.md 13). What the browser sent
 * is a claim; a right that cannot be proven now is not there.
 * @throws {AppError} FORBIDDEN, or RATE_LIMITED and UNAVAILABLE when Bitbucket cannot tell.
 */
export function createAuthorize({ bitbucket }: { readonly bitbucket: BitbucketAsUser }): Authorize {
  return async (access, input, { workspaceUuid }) => {
    if (access === 'pullRequestReader') return;
    const role = await bitbucket
      .findRepositoryRole({ workspaceUuid, repositoryUuid: toRepositoryUuid(input) })
      .catch((error: unknown) => {
        throw toAppError(error);
      });
    if (role === 'admin') return;
    throw new AppError(
      'FORBIDDEN',
      'Only administrators of this repository can see and change these settings. Ask one of them for the admin permission.',
    );
  };
}

function toRepositoryUuid(input: unknown): string {
  const uuid =
    typeof input === 'object' && input !== null && 'repositoryUuid' in input
      ? input.repositoryUuid
      : undefined;
  if (typeof uuid !== 'string') throw new Error('The procedure names no repository.');
  return withoutBraces(uuid);
}
