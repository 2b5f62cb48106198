// `npm test`: sets itself up (packages, builds, a browser), then runs the tests in two lanes. Arguments go to one Jest.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, constants, setPriority } from 'node:os';
import { join } from 'node:path';
import {
  ensureBrowser,
  ensureBuilt,
  ensureInstalled,
  projectRoot,
  resultOption,
  resultsFolder,
  run,
} from './set-up.mjs';

ensureInstalled();
ensureBuilt();
const jest = join(projectRoot, 'node_modules/jest/bin/jest.js');
const env = { ...process.env, GATEHOUSE_CHROMIUM: ensureBrowser() };
const jestArguments = process.argv.slice(2);

/** What a walk waits for must not wait for a rule's thousand cases: walks run one by one, the others at lower priority. */
const lanes = [
  { name: 'walks', projects: ['walks'], workers: 1, priority: constants.priority.PRIORITY_NORMAL },
  {
    name: 'others',
    projects: ['node', 'pages'],
    workers: Math.max(1, availableParallelism() - 1),
    priority: constants.priority.PRIORITY_BELOW_NORMAL,
  },
];

/** Runs one lane; its exit code. Jest's JSON goes to a file; what people read goes to the error stream. */
function runLane({ name, projects, workers, priority }) {
  const options = [
    ...['--json', resultOption(`test-${name}.json`)],
    `--maxWorkers=${workers}`,
    ...['--selectProjects', ...projects],
  ];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [jest, ...options], {
      cwd: projectRoot,
      env,
      stdio: 'inherit',
    });
    child.once('error', reject).once('exit', (code) => resolve(code ?? 1));
    setPriority(child.pid, priority);
  });
}

/** One line for both lanes, each of which ended with its own. */
function printTotals() {
  const files = lanes.map(({ name }) => join(resultsFolder, `test-${name}.json`));
  // A lane that was killed leaves none; its exit code says so.
  const results = files
    .filter((file) => existsSync(file))
    .map((file) => JSON.parse(readFileSync(file, 'utf8')));
  const total = (key) => results.reduce((sum, result) => sum + result[key], 0);
  const failed = total('numFailedTests') + total('numRuntimeErrorTestSuites');
  console.error(`All lanes: ${total('numPassedTests')} passed, ${failed} failed.`);
}

if (jestArguments.length > 0) {
  process.exitCode = run(
    process.execPath,
    [jest, '--json', resultOption('test-named.json'), ...jestArguments],
    { env },
  );
} else {
  // What an earlier run left must not count for this one.
  for (const { name } of lanes) rmSync(join(resultsFolder, `test-${name}.json`), { force: true });
  const codes = await Promise.all(lanes.map(runLane));
  printTotals();
  process.exitCode = codes.find((code) => code !== 0) ?? 0;
}
