import type { BitbucketProject } from '../projects';
import type { Live, Schemas } from '../published';
import type { Viewer } from '../rights';
import type { ApiContext, Handlers } from './call';
import { notFound } from './errors';
import { apiLink, webLink } from './links';
import type { Lookup } from './lookup';
import { pageLimits, pageOf } from './pagination';
import { select } from './query-filter';
import { toAccount, toWorkspace } from './to-repository';

type ProjectHandlers = Pick<
  Handlers,
  | 'GET /workspaces/{workspace}/permissions'
  | 'GET /workspaces/{workspace}/projects'
  | 'GET /workspaces/{workspace}/projects/{project_key}'
>;

/** Who belongs to the workspace with which right, and its projects; for members of the workspace only. */
export function createProjectOperations(context: ApiContext, lookup: Lookup): ProjectHandlers {
  const { workspace, projects, people, rights } = context;

  function enter(viewer: Viewer, segment: string): void {
    lookup.workspace(segment);
    if (rights.workspacePermission(viewer) === undefined)
      throw notFound(`No workspace with identifier '${segment}'.`);
  }

  function toProject({ key, uuid, name }: BitbucketProject): Live<Schemas['project']> {
    return {
      type: 'project',
      key,
      uuid,
      name,
      is_private: true,
      links: { html: webLink(workspace.slug, 'workspace', 'projects', key) },
    };
  }

  return {
    'GET /workspaces/{workspace}/permissions': ({ viewer, params, url }) => {
      enter(viewer, params.workspace);
      const memberships = people.users
        .filter(({ workspaceRole }) => workspaceRole !== 'outsider')
        .map((user) => ({
          type: 'workspace_membership',
          permission: user.workspaceRole,
          user: toAccount(user),
          workspace: toWorkspace(context),
          links: { self: apiLink('workspaces', workspace.slug, 'members', user.uuid) },
        }));
      return pageOf(url, pageLimits.standard, select(url, memberships));
    },
    'GET /workspaces/{workspace}/projects': ({ viewer, params, url }) => {
      enter(viewer, params.workspace);
      return pageOf(url, pageLimits.standard, select(url, projects.map(toProject)));
    },
    'GET /workspaces/{workspace}/projects/{project_key}': ({ viewer, params }) => {
      enter(viewer, params.workspace);
      const wanted = params.project_key;
      const project = projects.find(({ key, uuid }) => key === wanted || uuid === wanted);
      if (!project) throw notFound(`No project with key '${wanted}'.`);
      return toProject(project);
    },
  };
}
