/** Limits of Forge async events, from "Async events limits". */
export const QueueLimits = {
  queueNameCharacters: 36,
  eventsPerPush: 50,
  eventsPerMinute: 500,
  /** All events of one push together, as JSON. */
  pushBytes: 200 * 1024,
  /** One event, as JSON, for a consumer that may run longer than `longRunningAfterSeconds`. */
  longRunningEventBytes: 100 * 1024,
  longRunningAfterSeconds: 55,
  delaySeconds: 900,
  retryDataBytes: 4 * 1024,
  /** Retries that the app may ask for, per event. */
  appRetries: 4,
  retryAfterSeconds: 900,
  /** Pushes in one causal chain of consumers that push. */
  pushesPerChain: 1_000,
  /** An event that was not processed in this time is given up. */
  retentionMs: 24 * 60 * 60 * 1000,
  /** What became of a job can be asked for this long after its push. */
  jobRetentionMs: (24 + 72) * 60 * 60 * 1000,
} as const;
