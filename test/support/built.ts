import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmdirSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from './project-root';

const buildFolder = join(projectRoot, '.build');
const shared = ['tools/build.mjs', 'package-lock.json'];

/** What each build target reads, and a file that shows when it was built last. */
const targets = {
  app: { sources: ['src', 'host/set-up'], output: 'app/index.cjs', folder: 'app' },
  host: { sources: ['host', 'src'], output: 'host/main.cjs', folder: 'host' },
  worker: {
    sources: ['host/platform/runtime'],
    output: 'host/function-worker.cjs',
    folder: 'host',
  },
  shell: { sources: ['host/shell', 'src/contracts'], output: 'host/shell.js', folder: 'host' },
  pages: {
    sources: ['static', 'src/contracts'],
    output: '../static/settings/dist/index.html',
    folder: '../static/settings/dist',
  },
} as const;

export type BuildTarget = keyof typeof targets;

/** How long another process may take over the same build before its lock counts as left behind. */
const longestBuildMs = 120_000;

function newestChangeIn(path: string): number {
  if (!existsSync(path)) return 0;
  const { mtimeMs } = statSync(path);
  if (!statSync(path).isDirectory()) return mtimeMs;
  const names = readdirSync(path).filter((name) => name !== 'node_modules' && name !== 'dist');
  return Math.max(mtimeMs, ...names.map((name) => newestChangeIn(join(path, name))));
}

function isFresh(target: BuildTarget): boolean {
  const output = join(buildFolder, targets[target].output);
  if (!existsSync(output)) return false;
  const sources = [...shared, ...targets[target].sources];
  const newest = Math.max(...sources.map((source) => newestChangeIn(join(projectRoot, source))));
  return statSync(output).mtimeMs >= newest;
}

function takeLock(path: string): boolean {
  try {
    mkdirSync(path, { recursive: false });
    return true;
  } catch {
    if (existsSync(path) && Date.now() - statSync(path).mtimeMs > longestBuildMs) rmdirSync(path);
    return false;
  }
}

function pause(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

/**
 * Builds a target when a source is newer than its output, once for all test processes. Answers the folder of the output.
 * @throws {Error} with the builder's words when the build fails.
 */
export function ensureBuilt(target: BuildTarget): string {
  mkdirSync(buildFolder, { recursive: true });
  const lock = join(buildFolder, `lock-${target}`);
  for (;;) {
    if (isFresh(target)) break;
    if (takeLock(lock)) {
      try {
        // Somebody else may have built it between the look and the lock.
        if (!isFresh(target)) build(target);
        break;
      } finally {
        rmdirSync(lock);
      }
    }
    pause(50);
  }
  return join(buildFolder, targets[target].folder);
}

function build(target: BuildTarget): void {
  const { status, stderr } = spawnSync(process.execPath, ['tools/build.mjs', target], {
    cwd: projectRoot,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`The build of "${target}" failed:\n${stderr}`);
  const output = join(buildFolder, targets[target].output);
  if (!existsSync(output)) throw new Error(`The build of "${target}" left no ${output}.`);
  // An unchanged output may keep its old time.
  utimesSync(output, new Date(), new Date());
}
