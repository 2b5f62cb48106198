/** Limits of the Forge platform that the host drives itself. Sizes in bytes, times in milliseconds or seconds. */
export const PlatformLimits = {
  /** UI resolver, merge check, product and life cycle event. */
  shortFunctionMs: 25_000,
  /** Consumer, scheduled trigger, web trigger, pre-uninstall. */
  longFunctionMs: 55_000,
  /** `timeoutSeconds` of consumers and scheduled triggers reaches up to here. */
  longestFunctionMs: 900_000,
  /** Request of a front-end `invoke`. */
  invokeRequestBytes: 500 * 1024,
  /** Any other payload of a function, and every answer of one. */
  payloadBytes: 5 * 1024 * 1024,
  /** Outside requests of one invocation in one minute of its run time. */
  outboundPerMinute: 100,
  outboundWindowMs: 60_000,
  /** Log lines of one invocation in one minute of its run time; more are dropped. */
  logLinesPerMinute: 100,
  logWindowMs: 60_000,
  /** Ports that egress may use. */
  egressPorts: [80, 8080, 443, 8443, 8444, 7990, 8089, 8090, 8085, 8060],
  /** Retries of one product event that the app asked for. */
  eventRetries: 4,
  longestRetryDelayMs: 900_000,
  scheduleIntervalMs: {
    fiveMinute: 5 * 60_000,
    hour: 3_600_000,
    day: 24 * 3_600_000,
    week: 7 * 24 * 3_600_000,
  },
} as const;
