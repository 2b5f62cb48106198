import type { DevOpsRecord, DevOpsRecordInput } from '../contracts/devops-platforms';

/** Lengths and forms of the server (sonarqube.md 12). */
const longest = {
  key: 200,
  workspace: 80,
  clientId: 80,
  clientSecret: 160,
  url: 2000,
  personalAccessToken: 2000,
} as const;

const names: Readonly<Record<keyof typeof longest, string>> = {
  key: 'The configuration name',
  workspace: 'The workspace ID',
  clientId: 'The OAuth key',
  clientSecret: 'The OAuth secret',
  url: 'The address',
  personalAccessToken: 'The personal access token',
};

/**
 * What is wrong with a record, in a sentence; `undefined` when the server will take it. `known` is the record as it is,
 * absent for a new one. Credentials are passed on as they are typed, encrypted ones (`{aes-gcm}…`) as well, so only their
 * length is looked at.
 */
export function findRecordProblem(
  record: DevOpsRecordInput,
  known: DevOpsRecord | undefined,
): string | undefined {
  const problem = Object.entries(longest)
    .map(([field, length]) => findFieldProblem(field as keyof typeof longest, length, record))
    .find((sentence) => sentence !== undefined);
  if (problem !== undefined) return problem;
  if (known && known.kind !== record.kind) {
    return 'A record keeps its kind. Create another record for the other kind of Bitbucket.';
  }
  return record.kind === 'bitbucket-cloud'
    ? findCloudProblem(record, known)
    : findDataCenterProblem(record, known);
}

function findFieldProblem(
  field: keyof typeof longest,
  length: number,
  record: DevOpsRecordInput,
): string | undefined {
  if (!(field in record)) return undefined;
  const value = (record as Readonly<Record<string, string | undefined>>)[field];
  if (value === undefined) return undefined;
  if (value.trim() === '') return `${names[field]} is missing. Enter it.`;
  return value.length > length
    ? `${names[field]} is ${value.length} characters long; the server takes at most ${length}.`
    : undefined;
}

function findCloudProblem(
  record: DevOpsRecordInput & { kind: 'bitbucket-cloud' },
  known: DevOpsRecord | undefined,
): string | undefined {
  if (!/^[a-z0-9\-_]+$/.test(record.workspace)) {
    return 'The workspace ID has only lowercase letters, digits, dashes and underscores. It is the part of the address after bitbucket.org/.';
  }
  if (!known && record.clientSecret === undefined) {
    return 'The OAuth secret is missing. Enter that of a private consumer with the permission to read pull requests.';
  }
  return undefined;
}

function findDataCenterProblem(
  record: DevOpsRecordInput & { kind: 'bitbucket-data-center' },
  known: DevOpsRecord | undefined,
): string | undefined {
  if (!URL.canParse(record.url) || !/^https?:$/.test(new URL(record.url).protocol)) {
    return 'The address is that of Bitbucket Data Center, such as https://bitbucket.example.com.';
  }
  if (record.personalAccessToken !== undefined) return undefined;
  if (!known) return 'The personal access token is missing. Enter one that may read repositories.';
  return known.kind === 'bitbucket-data-center' && known.url !== record.url
    ? // The server's own sentence (sonarqube.md 12), which people find in its documentation.
      'Please provide the Personal Access Token to update the URL.'
    : undefined;
}

/** Only these editions take more than one record for Bitbucket; a real Community Build counts both kinds together. */
const manyRecords = new Set(['enterprise', 'datacenter']);

/** Why no further record can be added; `undefined` when it can. */
export function findAddingRule(
  edition: string | undefined,
  records: readonly DevOpsRecord[],
): string | undefined {
  if (records.length === 0 || manyRecords.has(edition ?? '')) return undefined;
  return 'This edition keeps one record for Bitbucket. Change or delete the one that is there; Enterprise Edition takes several.';
}
