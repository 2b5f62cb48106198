import { toActive } from '../../domain/binding';
import { isSameCommit } from '../../domain/commit-hash';
import type { BitbucketAsApp } from '../../domain/ports/bitbucket';
import type { Log } from '../../domain/ports/log';
import type { JobQueue } from '../../domain/ports/messaging';
import type { BindingStore, LeaseStore, VerdictStore } from '../../domain/ports/stores';
import type { PullRequest } from '../../domain/pull-request';
import { RemoteError, RemoteRateLimitedError } from '../../errors/remote-errors';

export interface ListOpenOptions {
  readonly bitbucket: BitbucketAsApp;
  readonly bindings: BindingStore;
  readonly verdicts: VerdictStore;
  readonly leases: LeaseStore;
  readonly queue: JobQueue;
  readonly log: Log;
}

export interface ListOpen {
  /** Begins a walk, unless one was begun within the hour. */
  start(): Promise<void>;
  /** Looks at one stretch of the bindings and asks for the next. @throws {RemoteRateLimitedError} after a 429. */
  stretch(workspaceUuid: string, cursor: string | undefined): Promise<void>;
}

/** One call to Bitbucket each, and a minute between two stretches: at most 720 calls in an hour. */
const bindingsAtOnce = 12;
const pauseSeconds = 60;
const hourMs = 3_600_000;
/** Of a repository with more open pull requests the newest are looked at; the others come with their own events. */
const mostPages = 2;

/**
 * Finds pull requests of bound repositories whose event never came: those without a stored verdict, or with one of
 * another head. Each is read by a job of its own. It goes on by itself until every binding was looked at.
 */
export function createListOpen(options: ListOpenOptions): ListOpen {
  const { bitbucket, bindings, verdicts, leases, queue, log } = options;

  async function lookAt(workspaceUuid: string, repositoryUuid: string): Promise<void> {
    for (let page = 1; page <= mostPages; page += 1) {
      const listed = await bitbucket.listOpenPullRequests({ workspaceUuid, repositoryUuid }, page);
      if (!listed) return;
      for (const pullRequest of listed.pullRequests) {
        if (await isKnown(repositoryUuid, pullRequest)) continue;
        const { pullRequestId } = pullRequest;
        await queue.push({
          kind: 'refresh',
          repositoryUuid,
          pullRequestId,
          trigger: 'push',
          isBackground: true,
        });
      }
      if (!listed.hasMore) return;
    }
  }

  async function isKnown(
    repositoryUuid: string,
    { pullRequestId, headHash, isFork }: PullRequest,
  ): Promise<boolean> {
    if (isFork || headHash === undefined) return true;
    const record = await verdicts.find({ repositoryUuid, pullRequestId });
    return record?.retiredAt === undefined && isSameCommit(record?.head?.hash, headHash);
  }

  return {
    async start() {
      if (await leases.isFirstIn('list-open', hourMs)) await queue.push({ kind: 'listOpen' });
    },
    async stretch(workspaceUuid, cursor) {
      const { items, nextCursor } = await bindings.list({ limit: bindingsAtOnce, cursor });
      for (const binding of items) {
        if (!toActive(binding)) continue;
        try {
          await lookAt(workspaceUuid, binding.repositoryUuid);
        } catch (error) {
          if (!(error instanceof RemoteError) || error instanceof RemoteRateLimitedError) {
            throw error;
          }
          // One repository that cannot be listed keeps no other from being looked at.
          log.error('the open pull requests of a repository could not be listed', error);
        }
      }
      if (nextCursor !== undefined) {
        await queue.push({ kind: 'listOpen', cursor: nextCursor }, pauseSeconds);
      }
    },
  };
}
