import type { Operation } from './published';

const REPOSITORY = '/repositories/{workspace}/{repo_slug}';
const PULL_REQUEST = `${REPOSITORY}/pullrequests/{pull_request_id}`;
const COMMIT = `${REPOSITORY}/commit/{commit}`;
const REPORT = `${COMMIT}/reports/{reportId}`;

const readUser = ['read:user:bitbucket'] as const;
const readWorkspace = ['read:workspace:bitbucket'] as const;
const readProject = ['read:project:bitbucket'] as const;
const readRepository = ['read:repository:bitbucket'] as const;
const readPullRequest = ['read:pullrequest:bitbucket'] as const;

/**
 * The operations that the stand-in emulates, with the Forge scopes that Bitbucket asks for
 * (`x-atlassian-oauth2-scopes` of the published document). Scopes never imply each other.
 */
export const operationScopes = {
  'GET /user': readUser,
  'GET /user/workspaces': readWorkspace,
  'GET /user/workspaces/{workspace}/permission': readWorkspace,
  'GET /user/workspaces/{workspace}/permissions/repositories': readRepository,
  'GET /workspaces/{workspace}': readWorkspace,
  'GET /workspaces/{workspace}/permissions': readWorkspace,
  'GET /workspaces/{workspace}/projects': readProject,
  'GET /workspaces/{workspace}/projects/{project_key}': readProject,
  'GET /repositories/{workspace}': readRepository,
  [`GET ${REPOSITORY}`]: readRepository,
  [`GET ${REPOSITORY}/refs/branches`]: readRepository,
  [`GET ${REPOSITORY}/refs/branches/{name}`]: readRepository,
  [`GET ${COMMIT}`]: readRepository,
  [`GET ${COMMIT}/reports`]: readRepository,
  [`GET ${REPORT}`]: readRepository,
  [`PUT ${REPORT}`]: readRepository,
  [`DELETE ${REPORT}`]: readRepository,
  [`GET ${REPORT}/annotations`]: readRepository,
  [`POST ${REPORT}/annotations`]: readRepository,
  [`GET ${REPORT}/annotations/{annotationId}`]: readRepository,
  [`DELETE ${REPORT}/annotations/{annotationId}`]: readRepository,
  [`GET ${COMMIT}/statuses`]: readRepository,
  [`POST ${COMMIT}/statuses/build`]: readRepository,
  [`GET ${COMMIT}/statuses/build/{key}`]: readRepository,
  [`GET ${REPOSITORY}/commits`]: readRepository,
  [`GET ${REPOSITORY}/commits/{revision}`]: readRepository,
  [`GET ${REPOSITORY}/diff/{spec}`]: readRepository,
  [`GET ${REPOSITORY}/diffstat/{spec}`]: readRepository,
  [`GET ${REPOSITORY}/merge-base/{revspec}`]: readRepository,
  [`GET ${REPOSITORY}/src/{commit}/{path}`]: readRepository,
  [`GET ${REPOSITORY}/pullrequests`]: readPullRequest,
  [`GET ${PULL_REQUEST}`]: readPullRequest,
  [`GET ${PULL_REQUEST}/commits`]: readPullRequest,
  [`GET ${PULL_REQUEST}/diff`]: readPullRequest,
  [`GET ${PULL_REQUEST}/diffstat`]: readPullRequest,
  [`GET ${PULL_REQUEST}/statuses`]: readPullRequest,
} as const satisfies Partial<Record<Operation, readonly string[]>>;

export type EmulatedOperation = keyof typeof operationScopes;

/** The scopes that an operation asks for. */
export function scopesOf(operation: EmulatedOperation): readonly string[] {
  return operationScopes[operation];
}
