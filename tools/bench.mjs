// `npm run bench`: sets itself up, then measures what the app costs beside the least it could cost. Run it alone: what
// else the machine does changes the times (never the counts and bytes).
import { join } from 'node:path';
import { ensureBrowser, ensureBuilt, ensureInstalled, projectRoot, run } from './set-up.mjs';

ensureInstalled();
ensureBuilt();
const browser = ensureBrowser();

const { build } = await import('esbuild');
const folder = join(projectRoot, '.build/bench');
await build({
  absWorkingDir: projectRoot,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
  packages: 'external',
  sourcemap: 'linked',
  logLevel: 'warning',
  entryPoints: { main: 'bench/main.ts', 'analysis-process': 'bench/analysis-process.ts' },
  outdir: folder,
});
process.exitCode = run(process.execPath, [
  '--enable-source-maps',
  join(folder, 'main.cjs'),
  projectRoot,
  browser,
  ...process.argv.slice(2),
]);
