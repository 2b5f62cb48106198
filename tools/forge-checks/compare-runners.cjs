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

/** A new repository in the folder, with one pull request of one commit; commits are the same in each. */
function createRepository(folder) {
  const path = join(folder, 'shop');
  rmSync(path, { recursive: true, force: true });
  mkdirSync(path);
  const branches = new Set(['main']);
  let commits = 0;
  const git = (...args) => {
    const moment = `2026-01-01T00:00:${String(commits).padStart(2, '0')}Z`;
    execFileSync(
      'git',
      ['-C', path, '-c', 'user.name=Dora', '-c', 'user.email=dora@example.org', ...args],
      {
        stdio: 'ignore',
        env: { ...process.env, GIT_AUTHOR_DATE: moment, GIT_COMMITTER_DATE: moment },
      },
    );
  };
  /** One more commit on a branch, which starts at the main branch when it is new. */
  function commit(branch) {
    commits += 1;
    git('checkout', ...(branches.has(branch) ? [branch] : ['-b', branch]));
    branches.add(branch);
    writeFileSync(join(path, 'cart.js'), `export const total = ${commits};\ndebugger;\n`);
    git('add', '.');
    git('commit', '--message', `Change ${commits}`);
    git('checkout', 'main');
  }
  git('init', '--initial-branch=main');
  git('commit', '--allow-empty', '--message', 'Start');
  commit('main');
  commit('feature/first');
  return { path, commit };
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

/** Lines that one has and the other has not, each as often as it is missing. */
function missingIn(lines, others) {
  const left = [...others];
  return lines.filter((line) => {
    const at = left.indexOf(line);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

/** @throws with the lines in which the two differ. */
function requireSame(what, ours, official) {
  const differences = [
    ...missingIn(ours, official).map((line) => `  only in our own runner: ${line}`),
    ...missingIn(official, ours).map((line) => `  only in the official sandbox: ${line}`),
  ];
  if (differences.length > 0) throw new Error(`${what} differ:\n${differences.join('\n')}`);
}

/** @throws when answers, storage or calls of the two differ, or when the scenario did not show a verdict at all. */
async function compareRunners(options) {
  const { startHost } = await loadHost(options.projectRoot, options.scratchDirectory);
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-scenario-'));
  const run = (projectRoot, what) => {
    const repository = createRepository(folder);
    return withTimeout(runScenario({ startHost, projectRoot, repository }), what);
  };
  const sandbox = startSandbox(options.bundleDirectory);
  try {
    const ours = await run(options.projectRoot, 'The scenario in our own runner');
    const official = await run(
      createOfficialProject(options),
      'The scenario in the official sandbox',
    );
    if (sandbox.executed === 0) throw new Error('Nothing ran in the official sandbox.');
    const { opened, pushed } = ours.seen;
    if (opened.owner?.data?.state !== 'failed' || pushed?.data?.state !== 'failed') {
      throw new Error(`The scenario shows no verdict: ${JSON.stringify(ours.seen)}`);
    }
    requireSame('The stored entries', ours.stored, official.stored);
    requireSame('The calls', ours.calls, official.calls);
    deepStrictEqual(official, ours, 'The official sandbox answers otherwise than our own runner.');
    return {
      executed: sandbox.executed,
      functions: ours.functions,
      stored: ours.stored.length,
      calls: ours.calls.length,
    };
  } finally {
    sandbox.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

module.exports = { compareRunners };
