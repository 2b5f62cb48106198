import { Hono } from 'hono';
import { formatDate } from '../dates';
import { hasPullRequests } from '../settings';
import { ApiError } from './api-error';
import { findCaller, requireAccess, type Caller } from './authentication';
import { PlainText, type Operation } from './operation';
import { createTaskOperations } from './operations/background-tasks';
import { createBranchOperations } from './operations/branches';
import { createHotspotOperations } from './operations/hotspots';
import { createIssueOperations } from './operations/issues';
import { createMeasureOperations } from './operations/measures';
import { createProjectOperations } from './operations/projects';
import { createQualityGateOperations } from './operations/quality-gates';
import { createSystemOperations } from './operations/system';
import { createWebhookOperations } from './operations/webhooks';
import { readParameters } from './parameters';
import { isPublished } from './published-operations';
import type { Server } from './server';

function isOffered(server: Server, { only }: Operation): boolean {
  if (only === undefined) return true;
  return only === 'branches' ? hasPullRequests(server.settings) : only === server.settings.flavour;
}

function toResponse(answer: unknown): Response {
  if (answer === undefined) return new Response(null, { status: 204 });
  if (answer instanceof PlainText) {
    return new Response(answer.text, { headers: { 'Content-Type': 'text/plain;charset=utf-8' } });
  }
  return Response.json(answer);
}

function toErrorResponse(error: unknown): Response {
  if (!(error instanceof ApiError)) {
    console.error('The SonarQube stand-in failed:', error);
    return Response.json(
      { errors: [{ msg: 'An error has occurred. Please contact your administrator' }] },
      { status: 500 },
    );
  }
  if (error.message === '') return new Response(null, { status: error.status });
  return Response.json({ errors: [{ msg: error.message }] }, { status: error.status });
}

/** What a server answers where it has no such operation, and what the stand-in answers where it has only not got it yet. */
function absent(server: Server, path: string): ApiError {
  return isPublished(server.settings, path)
    ? new ApiError(501, `This stand-in does not emulate /api/${path}.`)
    : new ApiError(404, `Unknown url : /api/${path}`);
}

/** The Web API as a request handler; URLs carry the public base URL with its context path. */
export function createWebApi(server: Server): (request: Request) => Promise<Response> {
  const operations = new Map(
    [
      ...createSystemOperations(server),
      ...createProjectOperations(server),
      ...createQualityGateOperations(server),
      ...createBranchOperations(server),
      ...createMeasureOperations(server),
      ...createIssueOperations(server),
      ...createHotspotOperations(server),
      ...createTaskOperations(server),
      ...createWebhookOperations(server),
    ].map((operation) => [operation.path, operation]),
  );

  async function answer(path: string, request: Request, caller: Caller): Promise<Response> {
    const operation = operations.get(path);
    // A bad token is refused before anything is looked up, known or not.
    if (!operation?.judgesCredentials && caller.kind === 'rejected') throw new ApiError(401);
    if (!operation || !isOffered(server, operation)) throw absent(server, path);
    if (request.method !== operation.method) {
      throw new ApiError(405, `HTTP method ${operation.method} is required`);
    }
    if (!operation.judgesCredentials) requireAccess(caller, operation.access);
    const parameters = await readParameters(request);
    return toResponse(await operation.answer({ parameters, caller }));
  }

  const app = new Hono().basePath(new URL(server.settings.baseUrl).pathname);
  app.all('/api/v2/*', () =>
    Response.json({ message: 'This stand-in does not emulate the v2 API.' }, { status: 501 }),
  );
  app.all('/api/*', async ({ req }) => {
    const path = new URL(req.url).pathname.replace(/^.*?\/api\//u, '');
    const caller = findCaller(server, req.raw);
    const response = await answer(path, req.raw, caller).catch(toErrorResponse);
    if (caller.kind === 'token' && caller.token.expiresAt !== null) {
      const expiry = formatDate(caller.token.expiresAt);
      response.headers.set('SonarQube-Authentication-Token-Expiration', expiry);
    }
    return response;
  });
  // Any other path of the real server is its single-page app.
  app.all('*', (context) => context.html('<!doctype html><title>SonarQube</title>'));
  return async (request) => app.fetch(request);
}
