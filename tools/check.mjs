// `npm run check`: everything that can be judged without running the app's tests. Reports each step, fails if one fails.
import { join } from 'node:path';
import { ensureBuilt, ensureInstalled, projectRoot, run } from './set-up.mjs';

ensureInstalled();
ensureBuilt();

const node = process.execPath;
const bin = (name) => join(projectRoot, 'node_modules/.bin', name);
const steps = [
  ['types of the app', bin('tsc'), ['-p', 'tsconfig.json', '--noEmit']],
  ['types of host and tests', bin('tsc'), ['-p', 'tsconfig.node.json', '--noEmit']],
  ['types of the pages', bin('tsc'), ['-p', 'static/tsconfig.json', '--noEmit']],
  ['lint', bin('eslint'), ['.']],
  ['format', bin('prettier'), ['--check', '--log-level', 'warn', '.']],
  ['manifest', node, ['tools/check-manifest.cjs']],
  ['rows', node, ['tools/rows.mjs', '--check']],
  ['official bundler, linter and sandbox', node, ['tools/forge-checks/run.mjs']],
];

const failed = [];
for (const [name, program, args] of steps) {
  const startedAt = performance.now();
  const status = run(program, args);
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(`${status === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`);
  if (status !== 0) failed.push(name);
}
if (failed.length > 0) {
  console.error(`Check failed: ${failed.join(', ')}.`);
  process.exitCode = 1;
}
