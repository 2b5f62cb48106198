import { Hono } from 'hono';
import { formatDate } from '../dates';
import { hasPullRequests } from '../settings';
import { isSince } from '../versions';
import { ApiError } from './api-error';
import { findCaller, openToAnybody, requireAccess, type Caller } from './authentication';
import { PlainText, type Operation } from './operation';
import { createDevOpsBindingOperations } from './operations/devops-bindings';
import { createDevOpsPlatformOperations } from './operations/devops-platforms';
import { createTaskOperations } from './operations/background-tasks';
import { createBranchOperations } from './operations/branches';
import { createHotspotOperations } from './operations/hotspots';
import { createIssueOperations } from './operations/issues';
import { createMeasureOperations } from './operations/measures';
import { createNavigationOperations } from './operations/navigation';
import { createOrganizationBindingOperations } from './operations/organization-binding';
import { createOrganizationOperations } from './operations/organizations';
import { createProjectAdministration } from './operations/project-administration';
import { createProjectOperations } from './operations/projects';
import { createQualityGateOperations } from './operations/quality-gates';
import { createSystemOperations } from './operations/system';
import { createUserTokenOperations } from './operations/user-tokens';
import { createWebhookOperations } from './operations/webhooks';
import { readParameters } from './parameters';
import { isPublished } from './published-operations';
import { createCloudApi } from './rest/cloud-api';
import { createServerApi } from './rest/server-api';
import type { Server } from './server';

function isOffered(server: Server, { only }: Operation): boolean {
  const { settings } = server;
  switch (only) {
    case undefined:
      return true;
    case 'branches':
      return hasPullRequests(settings);
    case 'commercial':
      return settings.flavour === 'server' && hasPullRequests(settings);
    default:
      return only === settings.flavour;
  }
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
  if (error.body !== undefined) return Response.json(error.body, { status: error.status });
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
      ...createProjectAdministration(server),
      ...createNavigationOperations(server),
      ...createUserTokenOperations(server),
      ...createOrganizationOperations(server),
      ...createOrganizationBindingOperations(server),
      ...createDevOpsPlatformOperations(server),
      ...createDevOpsBindingOperations(server),
    ].map((operation) => [operation.path, operation]),
  );

  async function answer(path: string, request: Request, caller: Caller): Promise<Response> {
    const operation = operations.get(path);
    if (server.settings.status !== 'UP' && !operation?.worksWhileDown) throw notUp();
    // A bad token is refused before anything is looked up, known or not.
    if (!operation?.judgesCredentials && caller.kind === 'rejected') throw new ApiError(401);
    const isForced = server.settings.flavour === 'server' && !openToAnybody.includes(path);
    if (isForced && caller.kind === 'anonymous') throw new ApiError(401);
    if (!operation || !isOffered(server, operation)) throw absent(server, path);
    if (request.method !== operation.method) {
      throw new ApiError(405, `HTTP method ${operation.method} is required`);
    }
    if (!operation.judgesCredentials) requireAccess(caller, operation.access);
    const parameters = await readParameters(request);
    return toResponse(await operation.answer({ parameters, caller }));
  }

  const { settings, writeLog } = server;
  const base = new URL(settings.baseUrl).pathname.replace(/\/$/u, '');
  const app = new Hono().basePath(base === '' ? '/' : base);
  const api = settings.apiBaseUrl === undefined ? undefined : createCloudApi(server);
  if (settings.flavour === 'cloud') {
    // On the web host of Cloud the newer paths are its single-page app.
    app.all('/api/v2/*', (context) => context.html(PAGE));
  } else if (isSince(settings, '10.5')) {
    const serverApi = createServerApi(server, `${base}/api/v2`);
    app.all('/api/v2/*', ({ req }) => serverApi(req.raw));
  }
  app.all('/api/*', async ({ req }) => {
    const path = new URL(req.url).pathname.slice(`${base}/api/`.length);
    const caller = findCaller(server, req.raw);
    const response = await answer(path, req.raw, caller).catch(toErrorResponse);
    if (caller.kind === 'token' && caller.token.expiresAt !== null) {
      const expiry = formatDate(caller.token.expiresAt);
      response.headers.set('SonarQube-Authentication-Token-Expiration', expiry);
    }
    return response;
  });
  // Any other path of the real server is its single-page app.
  app.all('*', (context) => context.html(PAGE));
  const isForApi = ({ url }: Request) =>
    settings.apiBaseUrl !== undefined &&
    new URL(url).origin === new URL(settings.apiBaseUrl).origin;
  return async (request) => {
    const copy = request.clone();
    const response = await (api && isForApi(request) ? api(request) : app.fetch(request));
    await writeLog.record(copy, response.status);
    return response;
  };
}

const PAGE = '<!doctype html><title>SonarQube</title>';

/** The words are the stand-in's own: only status and form are documented. */
function notUp(): ApiError {
  return new ApiError(503, 'SonarQube is not up yet. Please try again later.');
}
