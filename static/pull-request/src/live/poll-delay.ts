import type { PullRequestView } from '@contracts/verdict';
import type { CallFailure, FailureCode } from '../../../shared/bridge/call';

/** Pauses between two reads (features.md F4). The first is short because most analyses end within a minute. */
export const PollDelays = {
  firstMs: 5_000,
  growth: 1.5,
  longestMs: 60_000,
  firstAfterFailureMs: 5_000,
} as const;

/** Failures that asking again cannot cure: they wait for the person, not for a timer. */
const lasting: ReadonlySet<FailureCode> = new Set<FailureCode>([
  'FORBIDDEN',
  'INVALID_INPUT',
  'NOT_FOUND',
  'NOT_SIGNED_IN',
]);

/** Whether the failure says that this person may not see the pull request: nothing of it may stay on screen. */
export function isDenied(failure: CallFailure): boolean {
  return lasting.has(failure.code);
}

function isChanging(view: PullRequestView): boolean {
  return view.refreshing || view.state === 'pending' || view.state === 'outdated';
}

function grown(firstMs: number, round: number): number {
  return Math.min(firstMs * PollDelays.growth ** round, PollDelays.longestMs);
}

/**
 * Milliseconds until the next read; `undefined` when only the person can change something.
 * @param round reads in a row that brought nothing new.
 */
export function nextDelayMs(
  view: PullRequestView | undefined,
  failure: CallFailure | undefined,
  round: number,
): number | undefined {
  if (failure !== undefined) {
    if (isDenied(failure)) return undefined;
    return Math.max(
      grown(PollDelays.firstAfterFailureMs, round),
      (failure.retryAfterSeconds ?? 0) * 1000,
    );
  }
  return view !== undefined && isChanging(view)
    ? grown(PollDelays.firstMs, round)
    : PollDelays.longestMs;
}
