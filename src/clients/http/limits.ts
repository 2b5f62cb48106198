/** Bounds of one call. All tries together have to fit into the time. */
export interface CallLimits {
  readonly timeoutMs: number;
  readonly maxAnswerBytes: number;
  readonly maxTries: number;
  /** A longer wait is not waited for: the error carries it instead. */
  readonly longestWaitMs: number;
}
