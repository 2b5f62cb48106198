import { Hono } from 'hono';
import type { BitbucketIdentity } from '../../neighbour';
import type { EmulatedOperation } from '../operations';
import { operationScopes, scopesOf } from '../operations';
import { laterOperations, publishedOperations } from '../published-operations';
import type { ApiContext, Call, Handlers } from './call';
import { createDiffOperations } from './diff-operations';
import { ApiError, notFound, toErrorResponse } from './errors';
import { createLookup } from './lookup';
import { createProjectOperations } from './project-operations';
import { createPullRequestOperations } from './pull-request-operations';
import { createReportOperations } from './report-operations';
import { createRepositoryOperations } from './repository-operations';
import { createSourceOperations } from './source-operations';
import { createStatusOperations } from './status-operations';
import { createWorkspaceOperations } from './workspace-operations';

/** Listings that Bitbucket removed on 2026-04-14 (CHANGE-2770). */
const removedOperations = [
  'GET /repositories',
  'GET /workspaces',
  'GET /user/permissions/workspaces',
  'GET /user/permissions/repositories',
] as const;

type Api = (request: Request, identity: BitbucketIdentity) => Promise<Response>;
interface Bindings {
  readonly identity: BitbucketIdentity;
}

/** Bitbucket's REST API 2.0 over the stand-in's state. */
export function createApi(context: ApiContext): Api {
  const lookup = createLookup(context);
  const handlers: Handlers = {
    ...createWorkspaceOperations(context, lookup),
    ...createProjectOperations(context, lookup),
    ...createRepositoryOperations(context, lookup),
    ...createDiffOperations(context, lookup),
    ...createSourceOperations(context, lookup),
    ...createPullRequestOperations(context, lookup),
    ...createReportOperations(context, lookup),
    ...createStatusOperations(context, lookup),
  };
  const app = new Hono<{ Bindings: Bindings }>({ strict: true }).basePath('/2.0');

  for (const operation of removedOperations) {
    app.on(...routeOf(operation), () => {
      throw new ApiError(410, 'CHANGE-2770 - Functionality has been deprecated', {
        data: {
          announcement_url:
            'https://developer.atlassian.com/cloud/bitbucket/changelog/#CHANGE-2770',
        },
      });
    });
  }

  for (const operation of Object.keys(operationScopes) as EmulatedOperation[]) {
    // Each handler takes fewer path parameters than all of them together, so the types agree.
    const handler: (call: Call) => unknown = handlers[operation];
    app.on(...routeOf(operation), async (routed) => {
      const { identity } = routed.env;
      const viewer = context.rights.findViewer(identity);
      if (!viewer) throw new ApiError(401, 'Token is invalid or not supported for this endpoint.');
      checkScopes(operation, identity);
      const answer = await handler({
        params: routed.req.param() as Call['params'],
        url: new URL(routed.req.url),
        request: routed.req.raw,
        viewer,
      });
      return answer instanceof Response ? answer : Response.json(answer);
    });
  }

  const others = [
    ...Object.entries(publishedOperations).flatMap(([path, methods]) =>
      methods.map((method) => `${method} ${path}`),
    ),
    ...laterOperations,
  ].filter((operation) => !(operation in operationScopes));
  for (const operation of others) {
    app.on(...routeOf(operation), () => {
      throw new ApiError(501, `${operation} exists on Bitbucket and is not emulated here.`);
    });
  }

  app.notFound(() => toErrorResponse(notFound()));
  app.onError((error) => toErrorResponse(error));

  return async (request, identity) => app.fetch(request, { identity });
}

/** @throws {ApiError} 403 when the caller's token lacks a scope; anonymous callers have none to check. */
function checkScopes(operation: EmulatedOperation, identity: BitbucketIdentity): void {
  if (identity.kind === 'anonymous') return;
  const required = scopesOf(operation);
  if (required.every((scope) => identity.scopes.includes(scope))) return;
  throw new ApiError(
    403,
    'Your credentials lack one or more required privilege scopes.',
    { data: { required, granted: identity.scopes } },
    {
      'x-oauth-scopes': identity.scopes.join(', '),
      'x-accepted-oauth-scopes': required.join(', '),
    },
  );
}

/** "GET /a/{b}" as method and pattern. Files may lie below each other and be named with line ends. */
function routeOf(operation: string): [method: string, path: string] {
  const space = operation.indexOf(' ');
  const pattern = operation
    .slice(space + 1)
    // "activity" is an operation of its own beside the ids.
    .replace('{pull_request_id}', ':pull_request_id{[0-9]+}')
    .replace(/\/\{path\}$/, '/:path{[\\s\\S]*}')
    .replace(/\{(\w+)\}(?!\))/g, (whole: string, name: string, at: number, text: string) =>
      text[at - 1] === '/' ? `:${name}` : whole,
    );
  return [operation.slice(0, space), pattern];
}
