import { setTimeout as realDelay } from 'node:timers/promises';
import type { HostClock, TimeParticipant } from './clock';
import { createScheduleList } from './schedule-list';

/** How long a pending task is left alone (real time) before the participants are asked again whether it waits for time. */
const askAgainMs = 5;

/**
 * The clock of the tests: time stands still and moves only by `advance`. A task that fails makes the advance that ran
 * it reject; a task that hangs on work that waits for time does not hold `advance` up.
 */
export function createManualClock(startMs: number): HostClock {
  const tasks = createScheduleList();
  const listeners = new Set<(now: number) => void>();
  const participants = new Set<TimeParticipant>();
  const open = new Set<Promise<void>>();
  const failures: Error[] = [];
  let nowMs = startMs;

  function moveTo(time: number): void {
    if (time <= nowMs) return;
    nowMs = time;
    for (const listener of listeners) listener(nowMs);
  }

  async function settle(): Promise<{ waiting: boolean; nextDueAt: number }> {
    const answers = await Promise.all([...participants].map((participant) => participant.settle()));
    return {
      waiting: answers.some(({ waiting }) => waiting),
      nextDueAt: Math.min(...answers.map(({ nextDueAt }) => nextDueAt ?? Infinity)),
    };
  }

  function start(run: () => void | Promise<void>): Promise<void> {
    const running = (async () => run())().catch((error: unknown) => {
      failures.push(error instanceof Error ? error : new Error(String(error)));
    });
    open.add(running);
    void running.then(() => open.delete(running));
    return running;
  }

  /** Resolves when the task has settled, or when it hangs on work that needs time to pass. */
  async function settledOrWaiting(running: Promise<void>): Promise<void> {
    while (open.has(running)) {
      const { waiting } = await Promise.race([running.then(() => ({ waiting: true })), settle()]);
      if (waiting) return;
      await Promise.race([running, realDelay(askAgainMs)]);
    }
  }

  async function advance(ms: number): Promise<void> {
    const target = nowMs + ms;
    for (;;) {
      const { nextDueAt } = await settle();
      const next = Math.min(tasks.nextDueAt ?? Infinity, Math.max(nextDueAt, nowMs + 1));
      if (next > target && nowMs >= target) break;
      moveTo(Math.min(next, target));
      for (let task = tasks.takeDue(nowMs); task; task = tasks.takeDue(nowMs)) {
        await settledOrWaiting(start(task.run));
      }
    }
    for (const running of open) await settledOrWaiting(running);
    const [failure] = failures.splice(0);
    if (failure) throw failure;
  }

  function runDue(): void {
    for (let task = tasks.takeDue(nowMs); task; task = tasks.takeDue(nowMs)) void start(task.run);
  }

  return {
    mode: 'manual',
    now: () => nowMs,
    schedule(delayMs, run) {
      const remove = tasks.add({ dueAt: nowMs + Math.max(delayMs, 0), run });
      // What is due at the present time needs no advance.
      if (delayMs <= 0) setImmediate(runDue);
      return remove;
    },
    advance,
    onAdvance(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    join(participant) {
      participants.add(participant);
      return () => participants.delete(participant);
    },
    stop: () => tasks.clear(),
  };
}
