/** The only source of time of rules and use cases. */
export interface Clock {
  /** Epoch milliseconds. */
  nowMs(): number;
}
