import { isSameCommit } from '../domain/commit-hash';
import type { PullRequestIdentity } from '../domain/identifiers';
import type { Clock } from '../domain/ports/clock';
import type { JobQueue, Realtime } from '../domain/ports/messaging';
import type { BindingStore, VerdictStore } from '../domain/ports/stores';
import type { VerdictRecord } from '../domain/project-truth';

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
 * every open page at once, and a re-read is queued. The same event twice, an edited title and an event that comes late do
 * nothing, as the re-read asks Bitbucket for the head of that moment.
 */
export function createPullRequestChanged(options: PullRequestChangedOptions): PullRequestChanged {
  const { bindings, verdicts, queue, realtime, clock } = options;
  return async ({ isOpen, headHash, updatedAt, ...identity }) => {
    const binding = await bindings.find(identity.repositoryUuid);
    if (!binding || binding.projects.length === 0) return 'ignored';
    const stored = await verdicts.find(identity);
    if (!isOpen) {
      // Pages learn that it was closed; there is nothing to read.
      if (stored) await realtime.announce(identity, stored.sequence);
      return 'ignored';
    }
    if (headHash === undefined || isSameCommit(stored?.head?.hash, headHash)) return 'ignored';

    // Queued before it is noted: after a crash in between, the repeated event finds the head still new.
    await queue.push({ kind: 'refresh', ...identity, trigger: 'push' });
    const now = new Date(clock.nowMs()).toISOString();
    const since = updatedAt !== undefined && updatedAt < now ? updatedAt : now;
    if (isLate(stored, since)) return 'queued';
    const marked: VerdictRecord = {
      projects: [],
      ...stored,
      ...identity,
      sequence: (stored?.sequence ?? 0) + 1,
      head: { hash: headHash, since },
      knownFrom: stored?.knownFrom ?? 'push',
    };
    if (await verdicts.save(marked, stored?.sequence)) {
      await realtime.announce(identity, marked.sequence);
    }
    return 'queued';
  };
}

/** An event about an older head than the stored one: only Bitbucket itself can tell what is true. */
function isLate(stored: VerdictRecord | undefined, since: string): boolean {
  return stored?.head !== undefined && since < stored.head.since;
}
