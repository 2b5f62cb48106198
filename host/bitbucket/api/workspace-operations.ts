import type { Live, Schemas } from '../published';
import type { RepositoryRecord } from '../records';
import type { Viewer } from '../rights';
import type { ApiContext, Handlers } from './call';
import { ApiError } from './errors';
import type { Lookup } from './lookup';
import { pageLimits, pageOf } from './pagination';
import { select } from './query-filter';
import { toAccount, toEmbeddedRepository, toRepository, toWorkspace } from './to-repository';

type WorkspaceHandlers = Pick<
  Handlers,
  | 'GET /user'
  | 'GET /user/workspaces'
  | 'GET /user/workspaces/{workspace}/permission'
  | 'GET /user/workspaces/{workspace}/permissions/repositories'
  | 'GET /workspaces/{workspace}'
  | 'GET /repositories/{workspace}'
>;

/** The caller, the workspace, and what the caller may do in it. */
export function createWorkspaceOperations(context: ApiContext, lookup: Lookup): WorkspaceHandlers {
  const { rights, registry } = context;

  function accountOf(viewer: Viewer) {
    const account = rights.accountOf(viewer);
    if (!account) throw new ApiError(401, 'This API is only accessible to authenticated users.');
    return account;
  }

  function toPermission(
    viewer: Viewer,
    repository: ReturnType<typeof registry.get>,
  ): Live<Schemas['repository_permission']> {
    const { uuid, accountId, displayName, nickname } = accountOf(viewer);
    return {
      type: 'repository_permission',
      permission: rights.grantOf(viewer, repository),
      user: { ...toAccount({ uuid, accountId, displayName, nickname }) },
      repository: toEmbeddedRepository(context, repository),
    };
  }

  return {
    'GET /user': ({ viewer }) => {
      const account = toAccount(accountOf(viewer));
      return viewer.kind === 'app' ? { ...account, type: 'app_user' } : account;
    },

    'GET /user/workspaces': ({ viewer, url }) => {
      accountOf(viewer);
      const permission = rights.workspacePermission(viewer);
      const { type, uuid, slug, links } = toWorkspace(context);
      const access = {
        type: 'workspace_access',
        administrator: permission === 'owner',
        // The condensed form has neither the name nor the link for people.
        workspace: {
          type,
          ...(uuid && { uuid }),
          ...(slug && { slug }),
          ...(links?.self && { links: { self: links.self } }),
        },
      };
      const wanted = url.searchParams.get('administrator');
      const isListed =
        permission !== undefined && (wanted === null || wanted === String(access.administrator));
      return pageOf(url, pageLimits.standard, isListed ? [access] : []);
    },

    'GET /user/workspaces/{workspace}/permission': ({ viewer, params }) => {
      const account = accountOf(viewer);
      lookup.workspace(params.workspace);
      const permission = rights.workspacePermission(viewer);
      if (permission === undefined) throw noAccess();
      return {
        type: 'workspace_membership',
        permission,
        user: toAccount(account),
        workspace: toWorkspace(context),
      };
    },

    'GET /user/workspaces/{workspace}/permissions/repositories': ({ viewer, params, url }) => {
      accountOf(viewer);
      lookup.workspace(params.workspace);
      const granted = registry.all().filter((repository) => {
        // What everybody has on a public repository is no grant.
        return rights.grantOf(viewer, repository) !== 'none';
      });
      if (granted.length === 0 && rights.workspacePermission(viewer) === undefined)
        throw noAccess();
      const permissions = granted.map((repository) => toPermission(viewer, repository));
      return pageOf(url, pageLimits.standard, select(url, permissions));
    },

    'GET /workspaces/{workspace}': ({ viewer, params }) => {
      lookup.workspace(params.workspace);
      if (rights.workspacePermission(viewer) === undefined)
        throw new ApiError(404, `No workspace with identifier '${params.workspace}'.`);
      return toWorkspace(context);
    },

    'GET /repositories/{workspace}': ({ viewer, params, url }) => {
      lookup.workspace(params.workspace);
      const minimum = url.searchParams.get('role');
      const visible = registry
        .all()
        .filter((repository) => rights.canRead(viewer, repository))
        .filter((repository) => hasRole(minimum, rights.grantOf(viewer, repository)));
      const isPlain = !url.searchParams.has('q') && !url.searchParams.has('sort');
      const toAnswer = (repository: RepositoryRecord) => toRepository(context, repository);
      // Of thousands only those of the page are written out, where nothing has to be looked for in all of them.
      if (isPlain) {
        const page = pageOf(url, pageLimits.standard, visible);
        return { ...page, values: page.values.map(toAnswer) };
      }
      return pageOf(url, pageLimits.standard, select(url, visible.map(toAnswer)));
    },
  };
}

/** `member` is explicit read, `contributor` write, `admin` admin; `owner` is about the workspace's own repositories. */
function hasRole(role: string | null, grant: 'admin' | 'write' | 'read' | 'none'): boolean {
  switch (role) {
    case null:
      return true;
    case 'admin':
    case 'owner':
      return grant === 'admin';
    case 'contributor':
      return grant === 'admin' || grant === 'write';
    case 'member':
      return grant !== 'none';
    default:
      throw new ApiError(400, `Invalid role: ${role}`);
  }
}

function noAccess(): ApiError {
  return new ApiError(403, 'You do not have access to this workspace.');
}
