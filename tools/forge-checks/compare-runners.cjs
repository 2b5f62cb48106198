// The scenario in the official sandbox with the official bundle, and in our own runner: both must answer the same.
const { deepStrictEqual } = require('node:assert');
const { execFileSync } = require('node:child_process');
const {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { build } = require('esbuild');
const { startSandbox } = require('./sandbox.cjs');
const { runScenario } = require('./scenario.cjs');

/** Nothing in the sandbox ends a function that hangs, so the whole run has an end. */
const longestRunMs = 120_000;

/** The host as a module: its build is a program. */
async function loadHost(projectRoot, scratchDirectory) {
  const outfile = join(scratchDirectory, 'host.cjs');
  await build({
    entryPoints: [join(projectRoot, 'host/host.ts')],
    absWorkingDir: projectRoot,
    outfile,
    bundle: true,
    packages: 'external',
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    logLevel: 'warning',
  });
  return require(outfile);
}

/** Links every entry of a folder into another, but for those that differ. */
function linkEntries(from, to, except) {
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(from)) {
    if (!except.includes(name)) symlinkSync(join(from, name), join(to, name));
  }
}

/** A project folder that differs from ours in the app's bundle and the worker alone. */
function createOfficialProject({ projectRoot, scratchDirectory, bundleDirectory }) {
  const folder = join(scratchDirectory, 'project');
  rmSync(folder, { recursive: true, force: true });
  linkEntries(projectRoot, folder, ['.build', '.git', '.gatehouse']);
  const builds = join(projectRoot, '.build');
  linkEntries(join(builds, 'host'), join(folder, '.build/host'), ['function-worker.cjs']);
  writeFileSync(
    join(folder, '.build/host/function-worker.cjs'),
    `require(${JSON.stringify(join(__dirname, 'sandbox-worker.cjs'))});\n`,
  );
  // The host's own set-up code is no part of the app, so the official bundler does not know it.
  copyFileSync(join(builds, 'app/host-setup.cjs'), join(bundleDirectory, 'host-setup.cjs'));
  symlinkSync(bundleDirectory, join(folder, '.build/app'));
  return folder;
}

/** A repository with one pull request of one commit. */
function createRepository() {
  const path = mkdtempSync(join(tmpdir(), 'gatehouse-scenario-'));
  const git = (...args) =>
    execFileSync(
      'git',
      ['-C', path, '-c', 'user.name=Dora', '-c', 'user.email=dora@example.org', ...args],
      {
        stdio: 'ignore',
      },
    );
  git('init', '--initial-branch=main');
  writeFileSync(join(path, 'cart.js'), 'export const total = 0;\n');
  git('add', '.');
  git('commit', '--message', 'Start');
  git('checkout', '-b', 'feature/cart');
  writeFileSync(join(path, 'cart.js'), 'export const total = 0;\ndebugger;\n');
  git('commit', '--all', '--message', 'Fill the cart');
  git('checkout', 'main');
  return path;
}

function withTimeout(promise, what) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`${what} did not end within ${longestRunMs / 1000} s.`)),
      longestRunMs,
    );
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** @throws when the two answers differ, or when the scenario did not show a verdict at all. */
async function compareRunners(options) {
  const { startHost } = await loadHost(options.projectRoot, options.scratchDirectory);
  const repositoryPath = createRepository();
  const run = (projectRoot, what) =>
    withTimeout(runScenario({ startHost, projectRoot, repositoryPath }), what);
  const sandbox = startSandbox(options.bundleDirectory);
  try {
    const ours = await run(options.projectRoot, 'The scenario in our own runner');
    const official = await run(
      createOfficialProject(options),
      'The scenario in the official sandbox',
    );
    if (sandbox.executed === 0) throw new Error('Nothing ran in the official sandbox.');
    if (ours.seen.owner?.data?.state !== 'failed') {
      throw new Error(`The scenario shows no verdict: ${JSON.stringify(ours.seen.owner)}`);
    }
    deepStrictEqual(official, ours, 'The official sandbox answers otherwise than our own runner.');
    return { executed: sandbox.executed, functions: ours.functions };
  } finally {
    sandbox.stop();
    rmSync(repositoryPath, { recursive: true, force: true });
  }
}

module.exports = { compareRunners };
