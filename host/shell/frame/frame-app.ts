import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Hono, type Context } from 'hono';
import { compress } from 'hono/compress';
import type { HostClock } from '../../clock';
import type { ShellManifest } from '../manifest';
import { frameTokens } from '../style/tokens';
import { contentSecurityPolicy } from './content-security-policy';
import { keepViolation, type CspViolation } from './csp-violations';
import { injectPlatformScripts, ResourceHtmlError } from './frame-html';
import { readResourceFile, versionOf } from './resource';

export interface FrameAppOptions {
  readonly manifest: ShellManifest;
  readonly environmentId: string;
  readonly shellOrigin: string;
  readonly frameOrigin: string;
  /** The built bridge, and the child script of iframe-resizer. */
  readonly bridgeFile: string;
  readonly resizerFile: string;
  readonly clock: HostClock;
  readonly violations: CspViolation[];
}

export interface FrameApp {
  readonly fetch: (request: Request) => Response | Promise<Response>;
  /** URL of a file of a resource, with the resource's present version in it. */
  urlOf(resourceKey: string, path: string): string;
}

const forGood = 'public, max-age=31536000, immutable';

/** Serves the Custom UI resources on an origin of their own, in the way and under the policy of the real platform. */
export function createFrameApp(options: FrameAppOptions): FrameApp {
  const { manifest, environmentId, shellOrigin, frameOrigin } = options;
  const platformFiles = {
    'bridge.js': platformFile(readFileSync(options.bridgeFile, 'utf8')),
    'resizer.js': platformFile(readFileSync(options.resizerFile, 'utf8')),
    'tokens.css': platformFile(frameTokens()),
  };
  const platformUrl = (name: keyof typeof platformFiles) =>
    `/platform/${platformFiles[name].hash}/${name}`;
  const app = new Hono();
  app.use(compress());

  app.get('/platform/:hash/:name', (context) => {
    const { hash, name } = context.req.param();
    const file = Object.entries(platformFiles).find(([known]) => known === name)?.[1];
    if (file?.hash !== hash) return context.notFound();
    context.header('cache-control', forGood);
    context.header('content-type', name.endsWith('.css') ? 'text/css' : 'text/javascript');
    return context.body(file.body);
  });

  app.post('/csp-report', async (context) => {
    const report: unknown = await context.req.json().catch(() => undefined);
    keepViolation(options.violations, report, options.clock.now());
    return context.body(null, 204);
  });

  app.get('/:environment/:version/:resource/*', (context) => {
    const { environment, version, resource } = context.req.param();
    const folder = manifest.resourceFolders.get(resource);
    if (environment !== environmentId || !folder) return context.notFound();
    if (version !== versionOf(folder)) {
      return context.text('The resource was built anew since the page was loaded; reload it.', 404);
    }
    const prefix = `/${environment}/${version}/${resource}/`;
    const path = decodePath(new URL(context.req.url).pathname.slice(prefix.length));
    const file = path === undefined ? undefined : readResourceFile(folder, path || 'index.html');
    if (!file) return context.notFound();
    context.header('content-type', file.type);
    if (file.type.startsWith('text/html')) return sendPage(context, file.body.toString('utf8'));
    context.header('cache-control', forGood);
    return context.body(new Uint8Array(file.body));
  });

  function sendPage(context: Context, source: string): Response {
    try {
      const html = injectPlatformScripts(source, {
        bridgeUrl: platformUrl('bridge.js'),
        resizerUrl: platformUrl('resizer.js'),
        tokensUrl: platformUrl('tokens.css'),
        shellOrigin,
      });
      const reportUrl = `${frameOrigin}/csp-report`;
      const { permissions } = manifest;
      context.header(
        'content-security-policy',
        contentSecurityPolicy({ html, permissions, shellOrigin, reportUrl }),
      );
      context.header('cache-control', 'no-store');
      return context.body(html);
    } catch (error) {
      if (error instanceof ResourceHtmlError) return context.text(error.message, 500);
      throw error;
    }
  }

  return {
    fetch: (request) => app.fetch(request),
    urlOf(resourceKey, path) {
      const folder = manifest.resourceFolders.get(resourceKey);
      if (!folder) throw new Error(`manifest.yml names no resource "${resourceKey}".`);
      return `${frameOrigin}/${environmentId}/${versionOf(folder)}/${resourceKey}/${path}`;
    },
  };
}

/** `undefined` for what is no path: a broken escape or a null byte. */
function decodePath(encoded: string): string | undefined {
  try {
    const path = decodeURIComponent(encoded);
    return path.includes('\0') ? undefined : path;
  } catch {
    return undefined;
  }
}

function platformFile(body: string): { readonly body: string; readonly hash: string } {
  return { body, hash: createHash('sha256').update(body).digest('hex').slice(0, 16) };
}
