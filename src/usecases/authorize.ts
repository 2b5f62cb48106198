import type { Access } from '../contracts/procedure';
import { withoutBraces } from '../domain/identifiers';
import type { BitbucketAsUser } from '../domain/ports/bitbucket';
import { AppError } from '../errors/app-error';
import type { Caller, ProvenCaller } from './caller';
import { toAppError } from './prove-access';

/** How a person gets the right to change the workspace, in the words of Bitbucket's settings. */
export const howToBecomeOwner =
  'These settings can be changed by people who administer this workspace. Ask one of them to add you to a group with the permission "Administer workspace", under Workspace settings, User groups.';

export type Authorize = (access: Access, input: unknown, caller: Caller) => Promise<ProvenCaller>;

/**
 * Proves as the calling user that they have the right that a procedure asks for (bitbucket.md 13). What the browser sent
 * is a claim; a right that cannot be proven now is not there.
 * @throws {AppError} FORBIDDEN, NOT_FOUND for what the caller may not read, or RATE_LIMITED and UNAVAILABLE when Bitbucket cannot tell.
 */
export function createAuthorize({ bitbucket }: { readonly bitbucket: BitbucketAsUser }): Authorize {
  return async (access, input, caller) => {
    const { workspaceUuid } = caller;
    if (access === 'pullRequestReader') return caller;
    if (access === 'repositoryReader') {
      const repositoryUuid = toRepositoryUuid(input);
      const repository = await bitbucket
        .findRepository({ workspaceUuid, repositoryUuid })
        .catch(rethrow);
      if (repository) return { ...caller, repository };
      throw new AppError(
        'NOT_FOUND',
        'There is no such repository, or you may not read it. Ask an administrator of the repository for access.',
      );
    }
    if (access === 'repositoryAdmin') {
      const repositoryUuid = toRepositoryUuid(input);
      const role = await bitbucket
        .findRepositoryRole({ workspaceUuid, repositoryUuid })
        .catch(rethrow);
      if (role === 'admin') return caller;
      throw new AppError(
        'FORBIDDEN',
        'Only administrators of this repository can see and change these settings. Ask one of them for the admin permission.',
      );
    }
    const membership = await bitbucket.findMembership(workspaceUuid).catch(rethrow);
    if (membership && (membership.role === 'owner' || access === 'workspaceMember')) {
      return { ...caller, membership };
    }
    throw new AppError('FORBIDDEN', howToBecomeOwner);
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

function rethrow(error: unknown): never {
  throw toAppError(error);
}
