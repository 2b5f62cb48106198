import { toActive } from '../domain/binding';
import { isFullHash, isSameCommit } from '../domain/commit-hash';
import type { PullRequestIdentity } from '../domain/identifiers';
import type { Clock } from '../domain/ports/clock';
import type { JobQueue, Realtime } from '../domain/ports/messaging';
import type { BindingStore, VerdictStore } from '../domain/ports/stores';
import type { VerdictRecord } from '../domain/project-truth';
import type { Head } from '../domain/pull-request';

export interface PullRequestChange extends PullRequestIdentity {
  readonly isOpen: boolean;
  /** Short, as events carry it. */
  readonly headHash: string | undefined;
  /** ISO 8601. */
  readonly updatedAt: string | undefined;
}

export interface PullRequestChangedOptions {
  readonly bindings: BindingStore;
  readonly verdicts: VerdictStore;
  readonly queue: JobQueue;
  readonly realtime: Realtime;
  readonly clock: Clock;
}

export type PullRequestChanged = (change: PullRequestChange) => Promise<'queued' | 'ignored'>;

/**
 * Bitbucket said that a pull request changed. A new head is noted, which makes the verdicts of older commits outdated on
 * every open page at once, and a re-read is queued. An edited title does nothing, and an event that comes late or twice
 * at most a re-read, which asks Bitbucket for the head of that moment.
 */
export function createPullRequestChanged(options: PullRequestChangedOptions): PullRequestChanged {
  const { bindings, verdicts, queue, realtime, clock } = options;

  async function note(
    identity: PullRequestIdentity,
    head: Head,
    stored: VerdictRecord | undefined,
  ): Promise<void> {
    const marked: VerdictRecord = {
      projects: [],
      knownFrom: 'push',
      ...stored,
      retiredAt: undefined,
      ...identity,
      sequence: (stored?.sequence ?? 0) + 1,
      head,
    };
    // Whoever wrote first has read the pull request and knows better.
    if (await verdicts.save(marked, stored?.sequence)) {
      await realtime.announce(identity, marked.sequence);
    }
  }

  return async ({ isOpen, headHash, updatedAt, ...identity }) => {
    if (!toActive(await bindings.find(identity.repositoryUuid))) return 'ignored';
    const stored = await verdicts.find(identity);
    if (!isOpen) {
      // Pages learn that it was closed; there is nothing to read.
      if (!stored || stored.retiredAt !== undefined) return 'ignored';
      const closed = {
        ...stored,
        sequence: stored.sequence + 1,
        retiredAt: new Date(clock.nowMs()).toISOString(),
      };
      await verdicts.save(closed, stored.sequence);
      await realtime.announce(identity, closed.sequence);
      return 'ignored';
    }
    if (headHash === undefined) return 'ignored';
    const now = new Date(clock.nowMs()).toISOString();
    const head = {
      hash: headHash,
      since: updatedAt !== undefined && updatedAt < now ? updatedAt : now,
    };
    if (!isSameCommit(stored?.head?.hash, headHash)) {
      if (!isLate(head, stored)) await note(identity, head, stored);
    } else if (stored?.head && isFullHash(stored.head.hash)) {
      // Only a reader knows the full hash: this head was read. A short one was noted, and may still wait for its reader.
      return 'ignored';
    }
    await queue.push({ kind: 'refresh', ...identity, trigger: 'push' });
    return 'queued';
  };
}

/** About an older head than the stored one: only Bitbucket itself can tell what is true. */
function isLate(head: Head, stored: VerdictRecord | undefined): boolean {
  return stored?.head !== undefined && head.since < stored.head.since;
}
