// `npm run test:contract -- FOLDER`: judges our clients and stand-ins by the published documents in that folder, which
// holds `bitbucket-openapi.json` and `sonarqube-samples/`. Further arguments go to Jest.
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ensureBuilt, ensureInstalled, projectRoot, resultOption, run } from './set-up.mjs';

const [folder, ...jestArguments] = process.argv.slice(2);

/** Ends with status 2: nothing was judged, which must not look like a failed test. */
function refuse(sentence) {
  console.error(sentence);
  process.exit(2);
}

if (folder === undefined) {
  refuse('Name the folder with the published documents: npm run test:contract -- FOLDER');
}
const shared = resolve(folder);
for (const name of ['bitbucket-openapi.json', 'sonarqube-samples']) {
  if (!existsSync(join(shared, name))) {
    refuse(
      `There is no "${name}" in ${shared}. Name the folder with the published documents: npm run test:contract -- FOLDER`,
    );
  }
}

ensureInstalled();
ensureBuilt();
const jest = join(projectRoot, 'node_modules/jest/bin/jest.js');
const options = [
  `--config=${join(projectRoot, 'jest.contract.config.cjs')}`,
  '--json',
  resultOption('contract.json'),
];
process.exitCode = run(process.execPath, [jest, ...options, ...jestArguments], {
  env: { ...process.env, GATEHOUSE_SHARED: shared },
});
