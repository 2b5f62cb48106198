import { hasPullRequests } from '../settings';
import type { Project } from '../state/projects';
import type { GlobalPermission, ProjectPermission } from '../seeds';
import type { Organization } from '../state/organizations';
import type { PullRequest } from '../state/pull-requests';
import { ApiError, insufficientPrivileges } from './api-error';
import { maySee, rightsOf } from './authentication';
import type { Call } from './operation';
import type { Parameters } from './parameters';
import type { Server } from './server';

/** The project of a key that the caller may browse. @throws ApiError 404 or 403 in the words of project operations. */
export function getProject({ state }: Server, { caller }: Call, key: string): Project {
  const project = state.projects.find(key);
  if (!project) throw new ApiError(404, `Project '${key}' not found`);
  if (!maySee(caller, key)) throw insufficientPrivileges();
  return project;
}

/** The same in the words of component operations. */
export function getComponent({ state }: Server, { caller }: Call, key: string): Project {
  const project = state.projects.find(key);
  if (!project) throw new ApiError(404, `Component key '${key}' not found`);
  if (!maySee(caller, key)) throw insufficientPrivileges();
  return project;
}

/** `branch` and `pullRequest` exclude each other. */
export function findPullRequestKey(parameters: Parameters): string | undefined {
  const key = parameters.find('pullRequest');
  if (key !== undefined && parameters.find('branch') !== undefined) {
    throw new ApiError(400, "Either 'branch' or 'pullRequest' can be provided, not both");
  }
  return key;
}

/** @throws ApiError 404 when the project has no branch of this name: only the main branch exists here. */
export function requireBranch({ key, mainBranch }: Project, parameters: Parameters): void {
  const branch = parameters.find('branch');
  if (branch !== undefined && branch !== mainBranch) {
    throw new ApiError(404, `Branch '${branch}' in project '${key}' not found`);
  }
}

export function findPullRequest(
  { state, settings }: Server,
  projectKey: string,
  key: string,
): PullRequest | undefined {
  return hasPullRequests(settings) ? state.pullRequests.find(projectKey, key) : undefined;
}

export function getPullRequest(server: Server, projectKey: string, key: string): PullRequest {
  const pullRequest = findPullRequest(server, projectKey, key);
  if (!pullRequest) {
    throw new ApiError(404, `Pull request '${key}' in project '${projectKey}' not found`);
  }
  return pullRequest;
}

/** The organization that Cloud asks for on many operations; `undefined` on a Server, where there is none. */
export function findOrganization(
  { settings, state }: Server,
  { parameters }: Call,
): string | undefined {
  if (settings.flavour === 'server') return undefined;
  return getOrganization({ state }, parameters.get('organization')).key;
}

/** @throws ApiError 404 */
export function getOrganization({ state }: Pick<Server, 'state'>, key: string): Organization {
  const organization = state.organizations.find(key);
  if (!organization) throw new ApiError(404, `No organization with key '${key}'`);
  return organization;
}

/** @throws ApiError 403 unless the caller has the permission on the server, or in this organization of Cloud. */
export function requireGlobal(
  { caller }: Pick<Call, 'caller'>,
  permission: GlobalPermission,
  organization?: string | null,
): void {
  if (!rightsOf(caller).has(permission, organization)) throw insufficientPrivileges();
}

/** The project of a key on which the caller has the permission. @throws ApiError 404 or 403 */
export function getProjectFor(
  { state }: Pick<Server, 'state'>,
  { caller }: Pick<Call, 'caller'>,
  key: string,
  permission: ProjectPermission,
): Project {
  const project = state.projects.find(key);
  if (!project) throw new ApiError(404, `Project '${key}' not found`);
  if (!rightsOf(caller).hasOnProject(permission, key)) throw insufficientPrivileges();
  return project;
}
