// Builds what runs: the app's bundle, the host and its workers, and the pages. `node tools/build.mjs app host` builds a part.
import { build } from 'esbuild';
import { join } from 'node:path';
import { build as buildPage } from 'vite';

const root = join(import.meta.dirname, '..');
const node = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
  sourcemap: 'linked',
  logLevel: 'warning',
};
const browser = {
  bundle: true,
  platform: 'browser',
  target: 'es2022',
  format: 'iife',
  minify: true,
  logLevel: 'warning',
};

const targets = {
  /** The app as Forge would bundle it: everything inside. */
  app: () =>
    build({
      ...node,
      entryPoints: { index: 'src/index.ts', 'host-setup': 'host/set-up/entry.ts' },
      outdir: '.build/app',
    }),
  /** The host and its workers: packages stay outside, so that they are found in node_modules. */
  host: () =>
    build({
      ...node,
      packages: 'external',
      entryPoints: {
        main: 'host/main.ts',
        'function-worker': 'host/platform/runtime/function-worker.ts',
        'analysis-worker': 'host/sonarqube/analysis/worker.ts',
      },
      outdir: '.build/host',
    }),
  /** The function worker alone, for tests that need no more of the host. */
  worker: () =>
    build({
      ...node,
      packages: 'external',
      entryPoints: { 'function-worker': 'host/platform/runtime/function-worker.ts' },
      outdir: '.build/host',
    }),
  /** Scripts of the host that run in the browser: the bridge inside frames and the shell's own page script. */
  shell: () =>
    build({
      ...browser,
      // iframe-resizer advertises its successor on every page.
      drop: ['console'],
      entryPoints: { bridge: 'host/shell/frame/bridge.ts', shell: 'host/shell/page/main.ts' },
      outdir: '.build/host',
    }),
  /** The Custom UI resources that the manifest names. */
  pages: async () => {
    for (const resource of ['pull-request', 'settings']) {
      const configFile = join(root, 'static', resource, 'vite.config.mjs');
      await buildPage({ configFile, logLevel: 'warn' });
    }
  },
};

process.chdir(root);
const wanted = process.argv.slice(2);
const everything = ['app', 'host', 'shell', 'pages'];
for (const name of wanted.length > 0 ? wanted : everything) {
  const target = targets[name];
  if (!target)
    throw new Error(
      `There is no build target "${name}"; there are: ${Object.keys(targets).join(', ')}.`,
    );
  await target();
}
