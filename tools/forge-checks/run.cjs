// The official Forge tools over this app, without network or account. `run.mjs` installs what this needs.
const { mkdirSync } = require('node:fs');
const { join } = require('node:path');
const { writeBitbucketDescription } = require('./bitbucket-description.cjs');
const { bundleApp } = require('./bundle.cjs');
const { compareRunners } = require('./compare-runners.cjs');
const { lintApp, useLocalDescriptions } = require('./lint.cjs');
const { createLogger } = require('./logger.cjs');
const { createWrapperProvider } = require('./wrapper.cjs');

const projectRoot = join(__dirname, '../..');
const scratchDirectory = join(projectRoot, '.build/forge-checks');
const bundleDirectory = join(scratchDirectory, 'bundle');
const logger = createLogger();

/** What the linters must say about the app that is wrong on purpose: the proof that they read sources at all. */
const wrongAppProblems = [
  /requires "read:pullrequest:bitbucket" scope/,
  /undeclared\.example\.com/,
];

async function bundle() {
  process.chdir(projectRoot);
  const files = await bundleApp({
    wrapperProvider: createWrapperProvider(projectRoot),
    outDirectory: bundleDirectory,
    logger,
  });
  return `bundled into ${files.join(', ')}`;
}

async function lintWrongApp() {
  process.chdir(join(__dirname, 'fixtures/wrong-app'));
  // The linters of manifests read no sources, and take long to get ready.
  const { problems } = await lintApp(logger, ['PermissionLinter']);
  const unseen = wrongAppProblems.filter((text) => !problems.some((problem) => text.test(problem)));
  if (unseen.length > 0) {
    throw new Error(`The linters no longer find ${unseen.join(' and ')} in the wrong app.`);
  }
  return `found ${problems.length} problems in the app that is wrong on purpose`;
}

async function lintOurApp() {
  process.chdir(projectRoot);
  const { problems, filesRead } = await lintApp(logger);
  if (problems.length > 0) throw new Error(problems.join('\n'));
  return `read ${filesRead} source files and found nothing`;
}

async function sandbox() {
  process.chdir(projectRoot);
  const { executed, functions, stored, calls } = await compareRunners({
    projectRoot,
    scratchDirectory,
    bundleDirectory,
  });
  return `ran ${executed} invocations of ${functions.join(', ')}; our own runner gives the same answers, ${stored} stored entries and ${calls} calls`;
}

async function main() {
  mkdirSync(scratchDirectory, { recursive: true });
  const bitbucketDescription = await writeBitbucketDescription(projectRoot, scratchDirectory);
  useLocalDescriptions({ bitbucketDescription, scratchDirectory });
  const steps = [
    ['bundler', bundle],
    ['linters, wrong app', lintWrongApp],
    ['linters', lintOurApp],
    ['sandbox', sandbox],
  ];
  for (const [name, step] of steps) {
    const startedAt = performance.now();
    try {
      const result = await step();
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
      console.log(`ok     official ${name}: ${result} (${seconds} s)`);
    } catch (error) {
      process.exitCode = 1;
      console.error(`FAILED official ${name}: ${error.message}`);
    }
  }
}

void main();
