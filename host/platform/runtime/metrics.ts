function nothing(): void {
  // Metrics go nowhere on one machine.
}

/** What the SDK calls in every product call: without it the calls would fail. */
export const metrics = {
  counter: () => ({ incr: nothing, incrBy: nothing, decr: nothing, decrBy: nothing }),
  timing: () => ({ measure: () => ({ stop: nothing }) }),
  gauge: () => ({ set: nothing }),
} as const;
