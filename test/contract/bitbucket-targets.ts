import type { EmulatedOperation } from '../../host/bitbucket/operations';
import type { BitbucketStandIn, PullRequestSummary } from '../../host/bitbucket/types';
import type { GitFixture } from '../support/git-repository';

export const workspace = {
  uuid: '5b3a1f0e-3c1d-4d0a-9b7e-2f6c8d9e0a11',
  slug: 'acme',
  name: 'Acme & Söhne',
};
/** The stand-in that is asked, with what it holds. */
export interface Place {
  readonly repository: GitFixture;
  readonly bitbucket: BitbucketStandIn;
  /** Percent-encoded, braces included. */
  readonly base: string;
  readonly publicBase: string;
  readonly pullRequest: PullRequestSummary;
}

/** A target, or one with what is sent to it. */
export type Asked = string | { readonly target: string; readonly body: unknown };
type Targets = (place: Place, base: string) => readonly Asked[];

function reportsOf({ pullRequest }: Place, base: string) {
  return `${base}/commit/${pullRequest.headCommit}/reports`;
}
const report = { title: 'Gate', details: 'It failed.', report_type: 'BUG', result: 'PENDING' };
const annotation = {
  external_id: 'a-1',
  annotation_type: 'BUG',
  summary: 'Wrong',
  severity: 'HIGH',
  path: 'src/cart.js',
  line: 1,
};
const status = {
  key: 'gate',
  state: 'INPROGRESS',
  name: 'Gate',
  url: 'https://sonarcloud.io/dashboard?id=shop',
};

/** What is asked of each emulated operation, the wrong and the unknown included. One without an entry does not compile. */
export const targets: Readonly<Record<EmulatedOperation, Targets>> = {
  'GET /user': () => ['/user', '/user?fields=uuid,account_id'],
  'GET /user/workspaces': () => ['/user/workspaces', '/user/workspaces?pagelen=10&page=1'],
  'GET /user/workspaces/{workspace}/permission': () => [
    '/user/workspaces/acme/permission',
    '/user/workspaces/elsewhere/permission',
  ],
  'GET /user/workspaces/{workspace}/permissions/repositories': () => [
    '/user/workspaces/acme/permissions/repositories',
    '/user/workspaces/acme/permissions/repositories?pagelen=1&sort=-permission',
    '/user/workspaces/elsewhere/permissions/repositories',
  ],
  'GET /workspaces/{workspace}': () => [
    '/workspaces/acme',
    `/workspaces/${encodeURIComponent(`{${workspace.uuid}}`)}`,
    '/workspaces/elsewhere',
  ],
  'GET /workspaces/{workspace}/permissions': () => [
    '/workspaces/acme/permissions',
    '/workspaces/acme/permissions?q=permission%3D%22owner%22',
    '/workspaces/elsewhere/permissions',
  ],
  'GET /workspaces/{workspace}/projects': () => [
    '/workspaces/acme/projects',
    '/workspaces/acme/projects?pagelen=1&page=2',
  ],
  'GET /workspaces/{workspace}/projects/{project_key}': () => [
    '/workspaces/acme/projects/GATE',
    '/workspaces/acme/projects/NOTHING',
  ],
  'GET /repositories/{workspace}': () => [
    '/repositories/acme',
    '/repositories/acme?pagelen=1',
    '/repositories/acme?role=admin&sort=name',
    `/repositories/acme?q=${encodeURIComponent('name ~ "op"')}`,
    `/repositories/acme?q=${encodeURIComponent('name ~')}`,
    `/repositories/acme?q=${encodeURIComponent('uuid IN ("{a}", "{b}")')}&sort=created_on&page=1`,
    '/repositories/acme?fields=next,size,values.uuid,values.size,values.parent.uuid',
    '/repositories/elsewhere',
  ],
  'GET /repositories/{workspace}/{repo_slug}': (_, base) => [
    base,
    `${base}?fields=uuid,mainbranch.name`,
    '/repositories/acme/unknown',
  ],
  'GET /repositories/{workspace}/{repo_slug}/refs/branches': (_, base) => [
    `${base}/refs/branches`,
    `${base}/refs/branches?pagelen=1&sort=name`,
    `${base}/refs/branches?q=${encodeURIComponent('name = "main"')}`,
  ],
  'GET /repositories/{workspace}/{repo_slug}/refs/branches/{name}': (_, base) => [
    `${base}/refs/branches/main`,
    `${base}/refs/branches/feature%2Fcart`,
    `${base}/refs/branches/unknown`,
  ],
  'GET /repositories/{workspace}/{repo_slug}/commit/{commit}': ({ pullRequest }, base) => [
    `${base}/commit/${pullRequest.headCommit}`,
    `${base}/commit/${pullRequest.headCommit.slice(0, 12)}`,
    `${base}/commit/${'0'.repeat(40)}`,
  ],
  // In this order: what is read is written before.
  'PUT /repositories/{workspace}/{repo_slug}/commit/{commit}/reports/{reportId}': (at, base) => [
    { target: `${reportsOf(at, base)}/gate`, body: report },
    {
      target: `${reportsOf(at, base)}/gate`,
      body: {
        ...report,
        result: 'FAILED',
        data: [{ title: 'Coverage', type: 'PERCENTAGE', value: 80 }],
      },
    },
    { target: `${base}/commit/${'0'.repeat(40)}/reports/gate`, body: report },
  ],
  'POST /repositories/{workspace}/{repo_slug}/commit/{commit}/reports/{reportId}/annotations': (
    at,
    base,
  ) => [
    { target: `${reportsOf(at, base)}/gate/annotations`, body: [annotation] },
    { target: `${reportsOf(at, base)}/gate/annotations`, body: [annotation, annotation] },
    { target: `${reportsOf(at, base)}/unknown/annotations`, body: [annotation] },
  ],
  'GET /repositories/{workspace}/{repo_slug}/commit/{commit}/reports': (at, base) => [
    reportsOf(at, base),
    `${reportsOf(at, base)}?pagelen=1`,
  ],
  'GET /repositories/{workspace}/{repo_slug}/commit/{commit}/reports/{reportId}': (at, base) => [
    `${reportsOf(at, base)}/gate`,
    `${reportsOf(at, base)}/unknown`,
  ],
  'GET /repositories/{workspace}/{repo_slug}/commit/{commit}/reports/{reportId}/annotations': (
    at,
    base,
  ) => [`${reportsOf(at, base)}/gate/annotations`],
  'GET /repositories/{workspace}/{repo_slug}/commit/{commit}/reports/{reportId}/annotations/{annotationId}':
    (at, base) => [
      `${reportsOf(at, base)}/gate/annotations/a-1`,
      `${reportsOf(at, base)}/gate/annotations/unknown`,
    ],
  'DELETE /repositories/{workspace}/{repo_slug}/commit/{commit}/reports/{reportId}/annotations/{annotationId}':
    (at, base) => [`${reportsOf(at, base)}/gate/annotations/a-1`],
  'DELETE /repositories/{workspace}/{repo_slug}/commit/{commit}/reports/{reportId}': (at, base) => [
    `${reportsOf(at, base)}/gate`,
  ],
  'POST /repositories/{workspace}/{repo_slug}/commit/{commit}/statuses/build': (
    { pullRequest },
    base,
  ) => [
    { target: `${base}/commit/${pullRequest.headCommit}/statuses/build`, body: status },
    {
      target: `${base}/commit/${pullRequest.headCommit}/statuses/build`,
      body: { ...status, refname: pullRequest.sourceBranch },
    },
  ],
  'GET /repositories/{workspace}/{repo_slug}/commit/{commit}/statuses': ({ pullRequest }, base) => [
    `${base}/commit/${pullRequest.headCommit}/statuses`,
    `${base}/commit/${pullRequest.headCommit}/statuses?refname=main`,
  ],
  'GET /repositories/{workspace}/{repo_slug}/commit/{commit}/statuses/build/{key}': (
    { pullRequest },
    base,
  ) => [
    `${base}/commit/${pullRequest.headCommit}/statuses/build/gate`,
    `${base}/commit/${pullRequest.headCommit}/statuses/build/unknown`,
  ],
  'GET /repositories/{workspace}/{repo_slug}/commits': ({ pullRequest }, base) => [
    `${base}/commits`,
    `${base}/commits?pagelen=1`,
    `${base}/commits?include=${pullRequest.headCommit}&exclude=main`,
    `${base}/commits?path=src%2Fcart.js`,
  ],
  'GET /repositories/{workspace}/{repo_slug}/commits/{revision}': ({ pullRequest }, base) => [
    `${base}/commits/main`,
    `${base}/commits/${pullRequest.headCommit}?exclude=main`,
    `${base}/commits/unknown`,
  ],
  'GET /repositories/{workspace}/{repo_slug}/diff/{spec}': ({ pullRequest }, base) => [
    `${base}/diff/${pullRequest.headCommit}`,
    `${base}/diff/${pullRequest.headCommit}..${pullRequest.destinationCommit}?context=0`,
    `${base}/diff/unknown..main`,
  ],
  'GET /repositories/{workspace}/{repo_slug}/diffstat/{spec}': ({ pullRequest }, base) => [
    `${base}/diffstat/${pullRequest.headCommit}`,
    `${base}/diffstat/${pullRequest.headCommit}..${pullRequest.destinationCommit}?pagelen=2`,
    `${base}/diffstat/${pullRequest.headCommit}..${pullRequest.destinationCommit}?renames=false`,
    `${base}/diffstat/unknown..main`,
  ],
  'GET /repositories/{workspace}/{repo_slug}/merge-base/{revspec}': ({ pullRequest }, base) => [
    `${base}/merge-base/${pullRequest.headCommit}..${pullRequest.destinationCommit}`,
    `${base}/merge-base/unknown..main`,
  ],
  'GET /repositories/{workspace}/{repo_slug}/src/{commit}/{path}': ({ pullRequest }, base) => {
    const source = `${base}/src/${pullRequest.headCommit}`;
    return [
      `${source}/src/cart.js`,
      `${source}/src/cart.js?format=meta`,
      `${source}/src/`,
      `${source}/src/?max_depth=2&pagelen=1`,
      `${source}/logo.png`,
      `${source}/src/${encodeURIComponent('Ümläut und Leerzeichen.js')}?format=meta`,
      `${source}/unknown.js`,
    ];
  },
  'GET /repositories/{workspace}/{repo_slug}/pullrequests': ({ pullRequest }, base) => [
    `${base}/pullrequests`,
    `${base}/pullrequests?state=OPEN&state=MERGED&pagelen=50`,
    `${base}/pullrequests?pagelen=51`,
    `${base}/pullrequests?q=${encodeURIComponent(`source.branch.name = "${pullRequest.sourceBranch}"`)}`,
  ],
  'GET /repositories/{workspace}/{repo_slug}/pullrequests/{pull_request_id}': (
    { pullRequest },
    base,
  ) => [
    `${base}/pullrequests/${pullRequest.id}`,
    `${base}/pullrequests/${pullRequest.id}?fields=${encodeURIComponent('+source.repository.full_name')}`,
    `${base}/pullrequests/${pullRequest.id}?fields=${encodeURIComponent('+destination.repository.project.uuid')}`,
    `${base}/pullrequests/9999`,
  ],
  'GET /repositories/{workspace}/{repo_slug}/pullrequests/{pull_request_id}/statuses': (
    { pullRequest },
    base,
  ) => [`${base}/pullrequests/${pullRequest.id}/statuses`, `${base}/pullrequests/9999/statuses`],
  'GET /repositories/{workspace}/{repo_slug}/pullrequests/{pull_request_id}/commits': (
    { pullRequest },
    base,
  ) => [`${base}/pullrequests/${pullRequest.id}/commits`, `${base}/pullrequests/9999/commits`],
  'GET /repositories/{workspace}/{repo_slug}/pullrequests/{pull_request_id}/diff': (
    { pullRequest },
    base,
  ) => [`${base}/pullrequests/${pullRequest.id}/diff`, `${base}/pullrequests/9999/diff`],
  'GET /repositories/{workspace}/{repo_slug}/pullrequests/{pull_request_id}/diffstat': (
    { pullRequest },
    base,
  ) => [`${base}/pullrequests/${pullRequest.id}/diffstat`, `${base}/pullrequests/9999/diffstat`],
};

/** A target with the body as it is sent. */
export function toRequest(asked: Asked) {
  return typeof asked === 'string'
    ? { target: asked, body: undefined }
    : { target: asked.target, body: JSON.stringify(asked.body) };
}
