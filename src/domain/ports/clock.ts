/** The only source of time of rules and use cases. */
export interface Clock {
  /** Epoch milliseconds. */
  nowMs(): number;
}

/** The outcome of the work, or `undefined` when it takes longer than so many milliseconds; the work is not stopped. */
export type WithDeadline = <T>(work: Promise<T>, deadlineMs: number) => Promise<T | undefined>;
