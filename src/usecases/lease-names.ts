import type { ProjectAddress } from '../domain/binding';
import { toDigest } from '../domain/digest';
import type { PullRequestIdentity } from '../domain/identifiers';

const secondMs = 1_000;

/** How long each lease lasts when nobody gives it back. */
export const leaseMs = {
  /** Between two requests for a re-read of the same head. */
  request: 15 * secondMs,
  /** Longer than a consumer may run, so that a reader that was killed does not block for long. */
  read: 60 * secondMs,
  /** features.md F5: a refresh by hand at most once per 10 s and pull request. */
  manual: 10 * secondMs,
  /** Longer than a consumer may run. */
  publish: 60 * secondMs,
} as const;

export const leaseNames = {
  request: (identity: PullRequestIdentity, headHash: string | undefined) =>
    `request:${toName(identity)}:${headHash?.slice(0, 12) ?? 'none'}`,
  read: (identity: PullRequestIdentity) => `read:${toName(identity)}`,
  manual: (identity: PullRequestIdentity) => `manual:${toName(identity)}`,
  doctor: (identity: PullRequestIdentity) => `doctor:${toName(identity)}`,
  branch: ({ connectionId, projectKey }: ProjectAddress) =>
    `branch:${connectionId}:${toDigest(projectKey)}`,
  publish: (identity: PullRequestIdentity) => `publish:${toName(identity)}`,
} as const;

function toName({ repositoryUuid, pullRequestId }: PullRequestIdentity): string {
  return `${repositoryUuid}:${pullRequestId}`;
}
