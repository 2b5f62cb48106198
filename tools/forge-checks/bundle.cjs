// The app as `forge deploy` would bundle it, by the official bundler: webpack, with the types checked on the way.
const { copyFileSync, cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } = require('node:fs');
const { dirname, join } = require('node:path');
const { getEntryPoints, getNodeBundler } = require('@forge/bundler');
const { ConfigFile, FileSystemReader, FileSystemWriter } = require('@forge/cli-shared');

/**
 * Bundles the app of the working directory into `outDirectory`, replacing what was there; answers the file names.
 * @throws when a source does not compile, or when a handler's bundle is missing.
 */
async function bundleApp({ wrapperProvider, outDirectory, logger }) {
  const configFile = new ConfigFile(new FileSystemReader(), new FileSystemWriter());
  const handlers = await configFile.getAppHandlers();
  const bundler = getNodeBundler(logger, wrapperProvider, configFile, {
    isTypescriptBundlerEnabled: async () => true,
  });
  const { outputDir, additionalOutputs } = await bundler.bundle({
    appDirectory: process.cwd(),
    entryPoints: getEntryPoints(handlers),
  });

  rmSync(outDirectory, { recursive: true, force: true });
  mkdirSync(outDirectory, { recursive: true });
  cpSync(outputDir, outDirectory, { recursive: true });
  for (const [name, content] of additionalOutputs ?? []) {
    const file = join(outDirectory, name);
    mkdirSync(dirname(file), { recursive: true });
    if (typeof content === 'string') copyFileSync(content, file);
    else writeFileSync(file, content);
  }

  const files = readdirSync(outDirectory);
  const expected = [...handlers.map(({ module }) => `${module}.cjs`), '__forge__.cjs'];
  const missing = expected.filter((name) => !files.includes(name));
  if (missing.length > 0) throw new Error(`The official bundle lacks ${missing.join(', ')}.`);
  return files;
}

module.exports = { bundleApp };
