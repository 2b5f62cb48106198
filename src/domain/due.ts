import type { VerdictState } from '../contracts/verdict';
import { decideVerdict } from './decide-verdict';
import type { VerdictRecord } from './project-truth';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/**
 * After how long a verdict is read again although nobody looked and no message came. What waits for an analysis is read
 * soonest; an end state changes only by a decision on the server, of which a message usually tells.
 */
const intervalMs: Readonly<Record<Exclude<VerdictState, 'unreachable' | 'unbound'>, number>> = {
  pending: 5 * minuteMs,
  outdated: 10 * minuteMs,
  notAnalysed: 10 * minuteMs,
  notComputed: 30 * minuteMs,
  passed: 30 * minuteMs,
  failed: 30 * minuteMs,
  notSupported: 24 * hourMs,
};

/** How long the last verdict of a closed pull request is kept for people who open its page. */
export const keptMs = 30 * 24 * hourMs;

/** Epoch milliseconds at which a stored verdict wants to be looked at again by the schedule. */
export function toDueAtMs({ head, projects, insistOnCommit, retiredAt }: VerdictRecord): number {
  if (retiredAt !== undefined) return Date.parse(retiredAt) + keptMs;
  if (projects.length === 0) return Date.parse(head?.since ?? '') || 0;
  const judged = {
    headHash: head?.hash,
    headSince: head?.since,
    insistOnCommit: insistOnCommit ?? false,
  };
  const dues = projects.map((truth) => {
    if (truth.failure) return Date.parse(truth.failure.retryAt);
    const { state } = decideVerdict(truth, judged);
    const waitMs = state === 'unreachable' || state === 'unbound' ? hourMs : intervalMs[state];
    return Date.parse(truth.checkedAt) + waitMs;
  });
  return Math.min(...dues);
}
