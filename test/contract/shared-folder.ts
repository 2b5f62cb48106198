import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isRecord, type OpenApiDocument } from './openapi-document';

/** Folder with the published documents and samples, as `tools/test-contract.mjs` names it. They belong to others. */
function sharedFolder() {
  const folder = process.env.GATEHOUSE_SHARED;
  if (folder === undefined) throw new Error('Run this by: npm run test:contract -- FOLDER');
  return folder;
}

export function readBitbucketDocument(): OpenApiDocument {
  const text = readFileSync(join(sharedFolder(), 'bitbucket-openapi.json'), 'utf8');
  const document: unknown = JSON.parse(text);
  if (!isRecord(document) || !isRecord(document.paths) || !isRecord(document.components)) {
    throw new Error('bitbucket-openapi.json is not an OpenAPI 3 document.');
  }
  return document as unknown as OpenApiDocument;
}

/** Text of a sample, by its path below `sonarqube-samples`. */
export function readSampleText(name: string): string {
  return readFileSync(join(sharedFolder(), 'sonarqube-samples', name), 'utf8');
}

export function readSample(name: string): unknown {
  return JSON.parse(readSampleText(name)) as unknown;
}

/** Paths of all samples of an operation, such as `issues.search`, in every group. */
export function listSamples(operation: string): readonly string[] {
  const folder = join(sharedFolder(), 'sonarqube-samples');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => /(^|\/)([^/]+)$/.exec(file)?.[2]?.startsWith(`${operation}.`))
    .sort();
}
