import { Hono } from 'hono';
import { compress } from 'hono/compress';
import { BitbucketUnavailableError } from '../bitbucket/remote/remote-api';
import { controlRoutes } from '../control/routes';
import { createAssets } from './assets';
import { frameRoutes } from './routes/frame-routes';
import { createPageRenderer } from './routes/page-context';
import { pullRequestRoutes } from './routes/pull-request-routes';
import { repositoryRoutes } from './routes/repository-routes';
import { settingsRoutes } from './routes/settings-routes';
import { workspaceRoutes } from './routes/workspace-routes';
import { onlyFromOwnPages } from './server/same-origin';
import { currentUser } from './session';
import type { ShellServices } from './shell-options';

/** The pages that look like Bitbucket, and what their scripts ask for. */
export function createShellApp(
  services: ShellServices,
): (request: Request) => Response | Promise<Response> {
  const { registry, live, bitbucket, frameOrigin } = services;
  const assets = createAssets(services.projectRoot);
  const renderer = createPageRenderer(services, assets);
  const app = new Hono();

  app.use(compress());
  app.use(onlyFromOwnPages(services.origin));
  app.use(async (context, next) => {
    await next();
    context.header('content-security-policy', shellPolicy(frameOrigin));
    context.header('x-content-type-options', 'nosniff');
    // Without a referrer the browser would send "Origin: null" with forms, and they would be refused.
    context.header('referrer-policy', 'same-origin');
  });

  app.get('/-/health', (context) => context.text('ok'));
  app.route('/-/assets', assets.routes);
  app.route('/-/frames', frameRoutes(services));
  app.get('/-/events/:pageId', (context) => {
    const page = registry.findPage(context.req.param('pageId'));
    const user = currentUser(context, bitbucket.users);
    // Realtime belongs to the workspace: a page of a person outside it hears nothing.
    if (!page || page.accountId !== user.accountId) return context.body(null, 404);
    return live.open(page);
  });
  app.route('/', controlRoutes(services, renderer));
  app.route('/', workspaceRoutes(services, renderer));
  app.route('/', settingsRoutes(services, renderer));
  app.route('/', pullRequestRoutes(services, renderer));
  app.route('/', repositoryRoutes(services, renderer));
  app.notFound((context) => renderer.denied(context));
  app.onError((error, context) => {
    if (error instanceof BitbucketUnavailableError) {
      return renderer.unreachable(context, error.message);
    }
    throw error;
  });
  return (request) => app.fetch(request);
}

/** The shell's own pages need nothing but themselves and the app's frames. */
function shellPolicy(frameOrigin: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "connect-src 'self'",
    `img-src 'self' data: ${frameOrigin}`,
    `frame-src ${frameOrigin}`,
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
