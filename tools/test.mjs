// `npm test`: sets itself up (packages, builds, a browser), then runs the tests. Arguments go to Jest.
import { join } from 'node:path';
import {
  ensureBrowser,
  ensureBuilt,
  ensureInstalled,
  projectRoot,
  resultOption,
  run,
} from './set-up.mjs';

ensureInstalled();
ensureBuilt();
const browser = ensureBrowser();
const jest = join(projectRoot, 'node_modules/jest/bin/jest.js');
const results = ['--json', resultOption('test.json')];
process.exitCode = run(process.execPath, [jest, ...results, ...process.argv.slice(2)], {
  // Jest's JSON goes to the file; what people read goes to the error stream.
  env: { ...process.env, GATEHOUSE_CHROMIUM: browser },
});
