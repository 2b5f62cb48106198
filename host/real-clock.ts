import type { HostClock } from './clock';
import { createScheduleList } from './schedule-list';

/** `setTimeout` overflows above this and would fire at once; longer waits are taken in steps. */
const longestTimerMs = 2 ** 31 - 1;

/** The clock of a running host: time flows, and `advance` adds an offset that stays. */
export function createRealClock(): HostClock {
  const tasks = createScheduleList();
  const listeners = new Set<(now: number) => void>();
  let offsetMs = 0;
  let timer: NodeJS.Timeout | undefined;

  function now(): number {
    return Date.now() + offsetMs;
  }

  function arm(): void {
    clearTimeout(timer);
    const { nextDueAt } = tasks;
    if (nextDueAt === undefined) return;
    const delayMs = Math.min(Math.max(nextDueAt - now(), 0), longestTimerMs);
    // A scheduled task alone is no reason for the process to live on.
    timer = setTimeout(runFromTimer, delayMs).unref();
  }

  function runFromTimer(): void {
    void runDue().then(undefined, (error: unknown) => {
      console.error('A scheduled task of the host failed.', error);
    });
  }

  async function runDue(): Promise<void> {
    const running: Promise<void>[] = [];
    for (let task = tasks.takeDue(now()); task; task = tasks.takeDue(now())) {
      const { run } = task;
      // Not one after the other: a slow task must not hold back the time limit of another.
      running.push((async () => run())());
    }
    arm();
    await Promise.all(running);
  }

  return {
    mode: 'real',
    now,
    schedule(delayMs, run) {
      const remove = tasks.add({ dueAt: now() + delayMs, run });
      arm();
      return remove;
    },
    async advance(ms) {
      offsetMs += ms;
      for (const listener of listeners) listener(now());
      await runDue();
    },
    onAdvance(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop() {
      clearTimeout(timer);
      tasks.clear();
    },
  };
}
