import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createManualClock } from '../../../host/manual-clock';
import type { CspViolation } from '../../../host/shell/frame/csp-violations';
import { createFrameApp } from '../../../host/shell/frame/frame-app';
import type { ShellManifest } from '../../../host/shell/manifest';

const shellOrigin = 'http://127.0.0.1:4000';
const frameOrigin = 'http://127.0.0.1:4001';
const page =
  '<!doctype html><html><head><title>t</title></head><body><script>var a = 1;</script></body></html>';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gatehouse-frame-'));
  mkdirSync(join(folder, 'page'));
  writeFileSync(join(folder, 'page/index.html'), page);
  writeFileSync(join(folder, 'page/main.js'), 'void 0;');
  writeFileSync(join(folder, 'bridge.js'), 'var bridge;');
  writeFileSync(join(folder, 'resizer.js'), 'var resizer;');
  writeFileSync(join(folder, 'secret.txt'), 'secret');
});
afterEach(() => rmSync(folder, { recursive: true }));

function setUp(permissions: Readonly<Record<string, unknown>> = {}) {
  const manifest: ShellManifest = {
    appId: 'app',
    frameModules: [],
    resourceFolders: new Map([['page', join(folder, 'page')]]),
    scopes: [],
    permissions,
  };
  const violations: CspViolation[] = [];
  const app = createFrameApp({
    manifest,
    environmentId: 'environment',
    shellOrigin,
    frameOrigin,
    bridgeFile: join(folder, 'bridge.js'),
    resizerFile: join(folder, 'resizer.js'),
    clock: createManualClock(5_000),
    violations,
  });
  const get = async (url: string) => app.fetch(new Request(url));
  return { app, get, violations, indexUrl: app.urlOf('page', 'index.html') };
}

describe('the origin of frames', () => {
  it('puts the bridge first in the head, blocking, and tells it the only origin to talk to', async () => {
    const { get, indexUrl } = setUp();

    const html = await (await get(indexUrl)).text();

    expect(html).toMatch(
      /<head><script src="\/platform\/[0-9a-f]{16}\/bridge\.js" data-shell-origin="http:\/\/127\.0\.0\.1:4000"/,
    );
    expect(html.indexOf('bridge.js')).toBeLessThan(html.indexOf('<title>'));
    expect(html).toMatch(/<script src="\/platform\/[0-9a-f]{16}\/resizer\.js" async>/);
  });

  it('sends the production policy: no inline styles, inline scripts by hash, framed by the shell only', async () => {
    const { get, indexUrl } = setUp();

    const policy = (await get(indexUrl)).headers.get('content-security-policy') ?? '';

    const directive = (name: string) =>
      policy.split('; ').find((part) => part.startsWith(`${name} `)) ?? '';
    expect(directive('style-src')).not.toContain('unsafe-inline');
    expect(directive('script-src')).toMatch(/'self'.*'sha256-/);
    expect(directive('script-src')).not.toContain('unsafe');
    expect(directive('frame-ancestors')).toContain(shellOrigin);
    expect(directive('sandbox')).not.toContain('top-navigation');
    expect(directive('report-uri')).toBe(`report-uri ${frameOrigin}/csp-report`);
    expect(policy).not.toContain('localhost');
  });

  it('follows the permissions of the manifest', async () => {
    const { get, indexUrl } = setUp({
      content: { styles: ['unsafe-inline'] },
      external: { fetch: { client: [{ address: 'https://stats.example' }] } },
    });

    const policy = (await get(indexUrl)).headers.get('content-security-policy') ?? '';

    expect(policy).toMatch(/style-src [^;]*'unsafe-inline'/);
    expect(policy).toMatch(/connect-src [^;]*https:\/\/stats\.example/);
  });

  it('refuses an index.html that Forge refuses to deploy', async () => {
    writeFileSync(join(folder, 'page/index.html'), '<p>no html element</p>');
    const { get, indexUrl } = setUp();

    const answer = await get(indexUrl);

    expect(answer.status).toBe(500);
    expect(await answer.text()).toContain('has no html element');
  });

  it('gives assets under a version that changes with them, to be kept for good', async () => {
    const { app, get, indexUrl } = setUp();

    const asset = await get(indexUrl.replace('index.html', 'main.js'));
    writeFileSync(join(folder, 'page/main.js'), 'void 0; // built anew');
    const stale = await get(indexUrl);

    expect(asset.headers.get('cache-control')).toContain('immutable');
    expect(app.urlOf('page', 'index.html')).not.toBe(indexUrl);
    expect(stale.status).toBe(404);
  });

  it.each([
    '..%2Fsecret.txt',
    '%2e%2e/secret.txt',
    '..%5Csecret.txt',
    '%00',
    '%E0%A4',
    'missing.js',
  ])('gives nothing for the path %s', async (path) => {
    const { get, indexUrl } = setUp();

    const answer = await get(indexUrl.replace('index.html', path));

    expect(answer.status).toBe(404);
    expect(await answer.text()).not.toContain('secret');
  });

  it('keeps what the policy stopped, and drops what is no report', async () => {
    const { app, violations } = setUp();
    const report = (body: string) =>
      app.fetch(new Request(`${frameOrigin}/csp-report`, { method: 'POST', body }));

    await report('not json');
    await report(
      JSON.stringify({
        'csp-report': {
          'document-uri': 'http://frame/index.html',
          'effective-directive': 'style-src-elem',
          'blocked-uri': 'inline',
          'line-number': 3,
        },
      }),
    );

    expect(violations).toEqual([
      {
        at: 5_000,
        documentUrl: 'http://frame/index.html',
        directive: 'style-src-elem',
        blocked: 'inline',
        line: 3,
      },
    ]);
  });
});
