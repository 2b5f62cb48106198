import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Hono } from 'hono';
import { shellTokens } from './style/tokens';

export interface Assets {
  readonly urls: { readonly script: string; readonly tokens: string; readonly style: string };
  readonly routes: Hono;
}

/** The shell's own script and style sheets, under addresses that change with their content. */
export function createAssets(projectRoot: string): Assets {
  const files = [
    ['script', 'shell.js', readFileSync(join(projectRoot, '.build/host/shell.js'), 'utf8')],
    ['tokens', 'tokens.css', shellTokens()],
    ['style', 'shell.css', readFileSync(join(projectRoot, 'host/shell/style/shell.css'), 'utf8')],
  ] as const;
  const routes = new Hono();
  const urls = { script: '', tokens: '', style: '' };
  for (const [key, name, body] of files) {
    const hash = createHash('sha256').update(body).digest('hex').slice(0, 16);
    urls[key] = `/-/assets/${hash}/${name}`;
    routes.get(`/${hash}/${name}`, (context) => {
      context.header('cache-control', 'public, max-age=31536000, immutable');
      context.header('content-type', name.endsWith('.css') ? 'text/css' : 'text/javascript');
      return context.body(body);
    });
  }
  return { urls, routes };
}
