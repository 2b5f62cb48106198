// The Bitbucket API as the permission linter wants it described, limited to the operations that the stand-in emulates.
const { writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { build } = require('esbuild');

/** Reads the operations and their scopes from the stand-in's own table, so that there is one list of them. */
async function readOperationScopes(projectRoot, scratchDirectory) {
  const outfile = join(scratchDirectory, 'operations.cjs');
  await build({
    entryPoints: [join(projectRoot, 'host/bitbucket/operations.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    logLevel: 'warning',
  });
  return require(outfile).operationScopes;
}

/** Writes the description and answers its file. Paths begin with `/2.0`, as `requestBitbucket` takes them. */
async function writeBitbucketDescription(projectRoot, scratchDirectory) {
  const operations = Object.entries(await readOperationScopes(projectRoot, scratchDirectory));
  if (operations.length === 0) throw new Error('host/bitbucket/operations.ts names no operation.');
  const paths = {};
  for (const [operation, scopes] of operations) {
    const [method, path] = operation.split(' ');
    paths[`/2.0${path}`] = {
      ...paths[`/2.0${path}`],
      [method.toLowerCase()]: { 'x-atlassian-oauth2-scopes': [{ state: 'Current', scopes }] },
    };
  }
  const file = join(scratchDirectory, 'bitbucket-description.json');
  writeFileSync(file, JSON.stringify({ paths }, undefined, 2));
  return file;
}

module.exports = { writeBitbucketDescription };
