import type { CallLimits } from '../http/limits';

/** A page waits for these calls, and a resolver has 25 s in all. */
export const bitbucketLimits: CallLimits = {
  timeoutMs: 5_000,
  maxAnswerBytes: 2 * 1024 * 1024,
  maxTries: 2,
  longestWaitMs: 1_000,
};
