import type { VerdictState } from '../contracts/verdict';
import { isSameCommit } from './commit-hash';
import type { ServerFailure, VerdictRecord } from './project-truth';

const secondMs = 1_000;
const minuteMs = 60 * secondMs;

/**
 * How old an answer may be before a view asks the server again. Webhooks tell of most changes, so an end state lasts
 * minutes; a running analysis seconds. `unreachable` follows its own back-off.
 */
export const maxAgeMs: Readonly<Record<Exclude<VerdictState, 'unreachable' | 'unbound'>, number>> =
  {
    passed: 2 * minuteMs,
    failed: 2 * minuteMs,
    pending: 10 * secondMs,
    outdated: 20 * secondMs,
    notAnalysed: 20 * secondMs,
    notComputed: minuteMs,
    notSupported: 60 * minuteMs,
  };

/** An unchanged answer that comes this soon after the last one is not worth a write. */
export const quietMs = 15 * secondMs;

/** Shortest and longest wait between two questions to a server that cannot be asked. */
export const backOff = { firstMs: 30 * secondMs, longestMs: 15 * minuteMs } as const;

/** Whether the record says nothing about this head, or what it says of a project is older than it should be. */
export function isStale(
  record: VerdictRecord | undefined,
  wanted: {
    readonly headHash: string | undefined;
    readonly projects: readonly {
      readonly connectionId: string;
      readonly projectKey: string;
      readonly state: VerdictState;
    }[];
    readonly nowMs: number;
  },
): boolean {
  const { headHash, projects, nowMs } = wanted;
  if (!record) return true;
  const isHeadKnown = headHash === undefined || isSameCommit(record.head?.hash, headHash);
  if (!isHeadKnown) return true;
  return projects.some(({ connectionId, projectKey, state }) => {
    const truth = record.projects.find(
      (each) => each.connectionId === connectionId && each.projectKey === projectKey,
    );
    if (!truth) return true;
    if (truth.failure) return nowMs >= Date.parse(truth.failure.retryAt);
    if (state === 'unreachable' || state === 'unbound') return false;
    return nowMs - Date.parse(truth.checkedAt) >= maxAgeMs[state];
  });
}

/** The failure after one more failed try: the wait doubles, and is never shorter than the server asked for. */
export function toFailure(
  earlier: ServerFailure | undefined,
  failed: {
    readonly nowMs: number;
    readonly message: string;
    readonly retryAfterSeconds?: number | undefined;
    readonly needsPerson: boolean;
  },
): ServerFailure {
  const attempts = (earlier?.attempts ?? 0) + 1;
  const grownMs = failed.needsPerson
    ? backOff.longestMs
    : Math.min(backOff.firstMs * 2 ** Math.min(attempts - 1, 10), backOff.longestMs);
  const waitMs = Math.max(grownMs, (failed.retryAfterSeconds ?? 0) * secondMs);
  return {
    since: earlier?.since ?? new Date(failed.nowMs).toISOString(),
    message: failed.message,
    attempts,
    retryAt: new Date(failed.nowMs + waitMs).toISOString(),
  };
}
