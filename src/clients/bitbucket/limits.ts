import type { CallLimits } from '../http/limits';

/** A page waits for these calls: two of them and three of the server's in a row end inside the 25 s of a resolver. */
export const bitbucketLimits: CallLimits = {
  timeoutMs: 4_000,
  maxAnswerBytes: 2 * 1024 * 1024,
  maxTries: 2,
  longestWaitMs: 1_000,
};
