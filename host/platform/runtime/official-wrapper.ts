// The wrapper as the official runner loads it (`main(lambdaEvent, context)`): the same code as in our own workers,
// which is how the contract test proves that it keeps the runner's protocol.
import { createMain } from './wrapper';

export const main = createMain({
  // Set by the runner before it loads the wrapper.
  appCodeDirectory: process.env['FORGE_EFS_RUNTIME_PATH'] ?? process.cwd(),
  writeLog: (line) => process.stdout.write(`${JSON.stringify(line)}\n`),
});
