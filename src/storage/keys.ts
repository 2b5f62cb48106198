import { createHash } from 'node:crypto';
import type { ProjectAddress } from '../domain/binding';
import type { PullRequestIdentity } from '../domain/identifiers';
import type { IssueAddress } from '../domain/ports/stores';

/**
 * Keys of the store. Forge allows 500 letters, digits and `: . _ - #` in them; whatever a person or a server named is
 * hashed.
 */
export const keys = {
  project: (connectionId: string, projectKey: string): string =>
    `${connectionId}:${toHash(projectKey)}`,
  connectionName: (name: string) => `connection-name:${toHash(name.trim().toLowerCase())}`,
  finding: (code: string, subjectId: string) => `${code}:${toHash(subjectId)}`,
  token: (connectionId: string) => `token:${connectionId}`,
  webhookSecrets: (connectionId: string) => `webhook-secrets:${connectionId}`,
  webhook: (connectionId: string) => `webhook:${connectionId}`,
  delivery: (connectionId: string, signature: string) => `delivery:${connectionId}:${signature}`,
  verdict: ({ repositoryUuid, pullRequestId }: PullRequestIdentity) =>
    `${repositoryUuid}:${pullRequestId}`,
  branch: ({ connectionId, projectKey }: ProjectAddress) =>
    `branch:${keys.project(connectionId, projectKey)}`,
  cardMetrics: (accountId: string) => `card-metrics:${toHash(accountId)}`,
  draft: (accountId: string, connectionId: string) => `${keys.draftsOf(accountId)}${connectionId}`,
  /** Beginning of the keys of a person's drafts. */
  draftsOf: (accountId: string): string => `draft:${toHash(accountId)}:`,
  mergeCheckRun: (repositoryUuid: string) => `merge-check-run:${repositoryUuid}`,
  issues: (address: IssueAddress, slot: string, chunk: number) => {
    const { repositoryUuid, pullRequestId, connectionId, projectKey } = address;
    const project = toHash(`${connectionId} ${projectKey}`);
    return `${keys.issuesOf({ repositoryUuid, pullRequestId })}${project}:${slot}:${chunk}`;
  },
  importPart: (runId: string, part: number) => `${runId}:${String(part).padStart(5, '0')}`,
  publication: (
    { repositoryUuid, pullRequestId }: PullRequestIdentity,
    { connectionId, projectKey }: ProjectAddress,
  ) => `${repositoryUuid}:${pullRequestId}:${toHash(`${connectionId} ${projectKey}`)}`,
  /** Beginning of the keys of all issues. */
  issuesOfAll: 'issues:',
  /** Beginning of the keys of a pull request's issues. */
  issuesOf: ({ repositoryUuid, pullRequestId }: PullRequestIdentity): string =>
    `issues:${repositoryUuid}:${pullRequestId}:`,
} as const;

export const entities = {
  verdict: 'verdict',
  lease: 'lease',
  connection: 'connection',
  binding: 'binding',
  projectClaim: 'project-claim',
  operation: 'operation',
  finding: 'finding',
  audit: 'audit',
  settings: 'settings',
  publication: 'publication',
  calls: 'calls',
  importRun: 'import-run',
  importPart: 'import-part',
} as const;

/** The index of every entity over its keys, and the ones of manifest.yml that a query names. */
export const indexes = {
  byKey: 'by-key',
  byRepository: 'by-repository',
  bySubject: 'by-subject',
  byConnection: 'by-connection',
  byState: 'by-state',
  byTime: 'atMs',
  bySince: 'sinceMs',
  byDue: 'dueAtMs',
  byStart: 'startedAtMs',
} as const;

/** 128 bits of SHA-256, enough to tell texts apart. */
export function toHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
