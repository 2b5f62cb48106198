/** The host's only source of time, so that tests and the control panel can move it. Times are epoch milliseconds. */
export interface HostClock {
  now(): number;
  /** Runs `task` once `delayMs` of host time have passed; the answer cancels it. */
  schedule(delayMs: number, task: () => void | Promise<void>): () => void;
  /** Moves time forward; runs what falls due, in order, and resolves when those tasks have settled. */
  advance(ms: number): Promise<void>;
  /** Told of every `advance`, so that timers inside function workers can follow. */
  onAdvance(listener: (now: number) => void): () => void;
  /** `manual`: time stands still between advances (tests). `real`: it flows, and can be moved forward as well. */
  readonly mode: 'real' | 'manual';
  /** Cancels everything that is scheduled. */
  stop(): void;
}
