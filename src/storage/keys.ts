import { createHash } from 'node:crypto';
import type { PullRequestIdentity } from '../domain/identifiers';
import type { IssueAddress } from '../domain/ports/stores';

/**
 * Keys of the store. Forge allows 500 letters, digits and `: . _ - #` in them; whatever a person or a server named is
 * hashed.
 */
export const keys = {
  binding: (repositoryUuid: string) => `binding:${repositoryUuid}`,
  project: (connectionId: string, projectKey: string) =>
    `project:${connectionId}:${toHash(projectKey)}`,
  connection: (connectionId: string) => `connection:${connectionId}`,
  connectionAddress: (address: string) => `connection-address:${toHash(address)}`,
  token: (connectionId: string) => `token:${connectionId}`,
  webhookSecrets: (connectionId: string) => `webhook-secrets:${connectionId}`,
  delivery: (connectionId: string, signature: string) => `delivery:${connectionId}:${signature}`,
  verdict: ({ repositoryUuid, pullRequestId }: PullRequestIdentity) =>
    `${repositoryUuid}:${pullRequestId}`,
  issues: (address: IssueAddress, slot: string, chunk: number) => {
    const { repositoryUuid, pullRequestId, connectionId, projectKey } = address;
    const project = toHash(`${connectionId} ${projectKey}`);
    return `issues:${repositoryUuid}:${pullRequestId}:${project}:${slot}:${chunk}`;
  },
} as const;

export const entities = { verdict: 'verdict', lease: 'lease' } as const;

/** 128 bits of SHA-256, enough to tell texts apart. */
export function toHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
