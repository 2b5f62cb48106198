import { toActive } from '../../domain/binding';
import type { Clock } from '../../domain/ports/clock';
import type { JobQueue } from '../../domain/ports/messaging';
import type { BindingStore } from '../../domain/ports/stores';
import { forgetPullRequest, type ForgetPullRequestOptions } from '../forget-pull-request';

export interface ReadDueOptions extends ForgetPullRequestOptions {
  readonly bindings: BindingStore;
  readonly queue: JobQueue;
  readonly clock: Clock;
}

export interface DueOutcome {
  readonly queued: number;
  readonly forgotten: number;
}

export type ReadDue = () => Promise<DueOutcome>;

/**
 * At most so many re-reads in one interval of five minutes: each costs one or two calls to Bitbucket, of which a workspace
 * has about 900 an hour for work that nobody waits for (bitbucket.md 7).
 */
export const mostDueAtOnce = 25;

/**
 * Asks for a re-read of the open pull requests whose verdict is due, the longest due first, and forgets those that were
 * closed long ago. What a lost message left wrong is put right so; what is right costs one call and no write.
 */
export function createReadDue(options: ReadDueOptions): ReadDue {
  const { bindings, verdicts, queue, clock } = options;
  return async () => {
    const nowMs = clock.nowMs();
    const due = (await verdicts.listDue(mostDueAtOnce)).filter(({ dueAtMs }) => dueAtMs <= nowMs);
    let forgotten = 0;
    for (const { repositoryUuid, pullRequestId, isRetired } of due) {
      // A binding that went while its verdicts were read may have left one behind.
      const isForgotten = isRetired || !toActive(await bindings.find(repositoryUuid));
      if (isForgotten) {
        await forgetPullRequest(options, { repositoryUuid, pullRequestId });
        forgotten += 1;
      } else {
        await queue.push({
          kind: 'refresh',
          repositoryUuid,
          pullRequestId,
          trigger: 'poll',
          isBackground: true,
        });
      }
    }
    return { queued: due.length - forgotten, forgotten };
  };
}
