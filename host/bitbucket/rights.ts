import type { BitbucketIdentity } from '../neighbour';
import type { People, Person } from './people';
import type { GrantedRole, RepositoryRecord } from './records';
import type { BitbucketUser, Role } from './types';

/** Who asks, as far as the stand-in knows them. */
export type Viewer =
  | { readonly kind: 'app' }
  | { readonly kind: 'user'; readonly user: BitbucketUser }
  | { readonly kind: 'anonymous' };

/** What a person may do, on the workspace and on each repository. */
export interface Rights {
  /** Undefined for an identity that Bitbucket does not know: its credential is not valid. */
  findViewer(identity: BitbucketIdentity): Viewer | undefined;
  /** The account that `/user` shows. */
  accountOf(viewer: Viewer): Person | undefined;
  canRead(viewer: Viewer, repository: RepositoryRecord): boolean;
  /** The effective right without what everybody has on a public repository. */
  grantOf(viewer: Viewer, repository: RepositoryRecord): Exclude<Role, 'owner'>;
  roleOf(user: BitbucketUser, repository: RepositoryRecord): Role;
  workspacePermission(viewer: Viewer): 'owner' | 'member' | undefined;
}

/** Rights over the grants that `grantsOf` answers for a repository. */
export function createRights(
  people: People,
  grantsOf: (repositoryUuid: string) => ReadonlyMap<string, GrantedRole>,
): Rights {
  function roleOf(user: BitbucketUser, repository: RepositoryRecord): Role {
    // Workspace owners hold admin on every repository; an explicit grant cannot take it away.
    if (user.workspaceRole === 'owner') return 'owner';
    return grantsOf(repository.uuid).get(user.accountId) ?? 'none';
  }
  function grantOf(viewer: Viewer, repository: RepositoryRecord): Exclude<Role, 'owner'> {
    // The app's own user proves nothing about a person, so it never looks like an administrator.
    if (viewer.kind === 'app') return 'read';
    if (viewer.kind === 'anonymous') return 'none';
    const role = roleOf(viewer.user, repository);
    return role === 'owner' ? 'admin' : role;
  }

  return {
    findViewer(identity) {
      if (identity.kind !== 'user') return { kind: identity.kind };
      const user = people.find(identity.accountId);
      return user && { kind: 'user', user };
    },
    accountOf(viewer) {
      if (viewer.kind === 'anonymous') return undefined;
      return viewer.kind === 'app' ? people.appUser : viewer.user;
    },
    canRead: (viewer, repository) =>
      !repository.isPrivate || grantOf(viewer, repository) !== 'none',
    grantOf,
    roleOf,
    workspacePermission(viewer) {
      if (viewer.kind === 'app') return 'member';
      if (viewer.kind === 'anonymous' || viewer.user.workspaceRole === 'outsider') return undefined;
      return viewer.user.workspaceRole;
    },
  };
}
