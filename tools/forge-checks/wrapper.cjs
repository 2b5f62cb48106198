// Our Node runtime wrapper as one script. Atlassian's own is only on a CDN, so the bundler is given this one.
const { join } = require('node:path');
const { build } = require('esbuild');

const sourceFile = 'host/platform/runtime/official-wrapper.ts';

/** A wrapper provider in the form that the official bundler takes; it never touches the network. */
function createWrapperProvider(projectRoot) {
  return {
    async getNodeRuntimeWrapper() {
      const { outputFiles } = await build({
        entryPoints: [join(projectRoot, sourceFile)],
        absWorkingDir: projectRoot,
        bundle: true,
        write: false,
        platform: 'node',
        target: 'node20',
        format: 'cjs',
        logLevel: 'warning',
      });
      return { script: outputFiles[0].text, source: sourceFile, version: 'gatehouse' };
    },
    // Without a loader the bundler makes the wrapper itself the entry point.
    getNodeRuntimeLoader: async () => undefined,
  };
}

module.exports = { createWrapperProvider };
