/** Something whose work may itself wait for the clock, such as a function that runs with a time-out. */
export interface TimeParticipant {
  /**
   * Resolves when nothing of its own moves any more at the present time. `waiting` says that work is still open and
   * needs time to pass; `nextDueAt` is when it goes on by itself, where that is known.
   */
  settle(): Promise<{ readonly waiting: boolean; readonly nextDueAt?: number }>;
}

/** The host's only source of time, so that tests and the control panel can move it. Times are epoch milliseconds. */
export interface HostClock {
  now(): number;
  /** Runs `task` once `delayMs` of host time have passed; the answer cancels it. */
  schedule(delayMs: number, task: () => void | Promise<void>): () => void;
  /** Moves time forward; runs what falls due, in order, and resolves when those tasks have settled. */
  advance(ms: number): Promise<void>;
  /** Told of every `advance`, so that timers inside function workers can follow. */
  onAdvance(listener: (now: number) => void): () => void;
  /**
   * Manual clocks only: before time moves they let every participant settle, so that what was started at one moment
   * is not overtaken by the next, and stop at its `nextDueAt` on the way. The answer leaves again.
   */
  join?(participant: TimeParticipant): () => void;
  /** `manual`: time stands still between advances (tests). `real`: it flows, and can be moved forward as well. */
  readonly mode: 'real' | 'manual';
  /** Cancels everything that is scheduled. */
  stop(): void;
}
