// What each command needs before it can run, done by itself: packages from the lockfile, builds, a browser for the tests.
// Nothing here may import a package: this file runs on a bare checkout.
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, join } from 'node:path';

export const projectRoot = join(import.meta.dirname, '..');

/** Ends the command with one sentence for the person who started it. */
export function giveUp(sentence) {
  console.error(sentence);
  process.exit(1);
}

/** Runs a program with the output shown; answers its exit code. */
export function run(program, args, options = {}) {
  const { status, error } = spawnSync(program, args, {
    cwd: projectRoot,
    stdio: 'inherit',
    ...options,
  });
  if (error)
    giveUp(
      `"${program}" could not be started (${error.message}). Install it and run the command again.`,
    );
  return status ?? 1;
}

export const resultsFolder = join(projectRoot, '.build/results');

/** Jest's option to leave its results in that folder, which Jest would not make. */
export function resultOption(name) {
  mkdirSync(resultsFolder, { recursive: true });
  return `--outputFile=${join(resultsFolder, name)}`;
}

function hashOf(paths) {
  const hash = createHash('sha256').update(process.version);
  function visit(path) {
    if (!existsSync(path)) return;
    if (statSync(path).isDirectory()) {
      for (const name of readdirSync(path).sort()) {
        if (name !== 'node_modules' && name !== 'dist') visit(join(path, name));
      }
    } else hash.update(path.slice(projectRoot.length)).update(readFileSync(path));
  }
  for (const path of paths) visit(path);
  return hash.digest('hex');
}

/** Does the work when the hash of `sources` differs from the one in `stampFile`, and writes the stamp only on success. */
function whenChanged(sources, stampFile, work) {
  const hash = hashOf(sources);
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === hash) return;
  work();
  mkdirSync(join(stampFile, '..'), { recursive: true });
  writeFileSync(stampFile, hash);
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    giveUp(
      `Gatehouse needs Node.js 20.19 or newer; this is ${process.versions.node}. Install a newer Node.js and try again.`,
    );
  }
}

/** Installs the packages of `folder` from its lockfile, when that changed since the last time. */
export function ensureInstalled(folder = projectRoot) {
  checkNode();
  // npm would empty the folder behind the link, which is another checkout's.
  if (lstatSync(join(folder, 'node_modules'), { throwIfNoEntry: false })?.isSymbolicLink()) return;
  const lockfile = join(folder, 'package-lock.json');
  whenChanged(
    [lockfile, join(folder, 'package.json')],
    join(folder, 'node_modules/.gatehouse-lock'),
    () => {
      console.error(
        `Installing packages for ${folder === projectRoot ? 'Gatehouse' : folder.slice(projectRoot.length + 1)} …`,
      );
      const status = run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
        cwd: folder,
      });
      if (status !== 0)
        giveUp(
          'The packages could not be installed: npm ci failed (see above). Is the npm registry reachable?',
        );
    },
  );
}

/** Builds the app, the host and the pages when a source changed. */
export function ensureBuilt() {
  const sources = ['src', 'static', 'host', 'tools/build.mjs', 'manifest.yml', 'package-lock.json'];
  whenChanged(
    sources.map((path) => join(projectRoot, path)),
    join(projectRoot, '.build/stamp'),
    () => {
      console.error('Building …');
      if (run(process.execPath, [join(projectRoot, 'tools/build.mjs')]) !== 0) {
        giveUp('The build failed (see above).');
      }
    },
  );
}

/** Chromium without windows: the same engine at two thirds of the processor time, measured over the walks. */
const headlessNames = ['chromium-headless-shell', 'chrome-headless-shell'];
const browserNames = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
];

function findProgram(names) {
  for (const name of names) {
    for (const folder of (process.env.PATH ?? '').split(delimiter)) {
      if (folder && existsSync(join(folder, name))) return join(folder, name);
    }
  }
  return undefined;
}

function mayInstallDebianPackages() {
  return (
    process.getuid?.() === 0 && existsSync('/etc/debian_version') && existsSync('/usr/bin/apt-get')
  );
}

/** Whether Debian's package is installed now; apt-get says on the error stream why it is not. */
function installDebianPackage(name) {
  console.error(`Installing Debian's ${name} …`);
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  try {
    for (const args of [
      ['update', '-qq'],
      ['install', '-y', '-qq', '--no-install-recommends', name],
    ]) {
      execFileSync('apt-get', args, { stdio: ['ignore', 'ignore', 'inherit'], env: environment });
    }
    return true;
  } catch {
    return false;
  }
}

/**
 * Path of the browser of the tests: what GATEHOUSE_CHROMIUM names, else Chromium without windows (as root on Debian its
 * package is installed for it), else any Chromium that is there.
 */
export function ensureBrowser() {
  const light = process.env.GATEHOUSE_CHROMIUM || findProgram(headlessNames);
  if (light) return light;
  if (mayInstallDebianPackages()) installDebianPackage('chromium-headless-shell');
  return (
    findProgram([...headlessNames, ...browserNames]) ??
    giveUp(
      'The tests need Chromium: install it (on Debian: apt-get install chromium-headless-shell), or name one in GATEHOUSE_CHROMIUM.',
    )
  );
}
