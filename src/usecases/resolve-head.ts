import { isFullHash, isSameCommit } from '../domain/commit-hash';
import type { BitbucketAsApp, RepositoryAddress } from '../domain/ports/bitbucket';
import type { Clock } from '../domain/ports/clock';
import type { Log } from '../domain/ports/log';
import type { VerdictRecord } from '../domain/project-truth';
import type { Head, PullRequest } from '../domain/pull-request';

export interface ResolveHeadOptions {
  readonly bitbucket: BitbucketAsApp;
  readonly clock: Clock;
  readonly log: Log;
}

/** The head with its full hash, and a time at or after its push: the earliest that was seen (decision 0008). */
export async function resolveHead(
  { bitbucket, clock, log }: ResolveHeadOptions,
  { workspaceUuid, repositoryUuid }: RepositoryAddress,
  { headHash, updatedAt }: PullRequest,
  stored: VerdictRecord | undefined,
): Promise<Head | undefined> {
  if (headHash === undefined) return undefined;
  const known = isSameCommit(stored?.head?.hash, headHash) ? stored?.head : undefined;
  if (known && isFullHash(known.hash)) return known;
  const full = isFullHash(headHash)
    ? headHash
    : await bitbucket.findCommitHash({ workspaceUuid, repositoryUuid, hash: headHash });
  if (full === undefined) log.warn('the head commit could not be expanded');
  const now = new Date(clock.nowMs()).toISOString();
  const since = known?.since ?? (updatedAt !== undefined && updatedAt < now ? updatedAt : now);
  return { hash: full ?? headHash, since };
}
