import { setImmediate as nextTurn } from 'node:timers/promises';
import type { HostClock, TimeParticipant } from '../../clock';
import type { RunnerLogLine } from '../runtime/log-lines';
import type { HostTime } from '../runtime/worker-time';
import type { FunctionThread } from './function-thread';
import { startThread } from './function-thread';
import type { Outcome } from './outcome';
import { becomesUnresponsive, settleRun } from './settling';

export interface PoolOptions {
  readonly workerFile: string;
  readonly bundleDirectory: string;
  readonly proxyUrl: string;
  readonly memoryMB: number;
  readonly clock: HostClock;
  /** Threads at most; more invocations wait for one. */
  readonly size?: number;
  /** Calls of this invocation that the proxy holds back until time passes. */
  readonly heldCalls: (invocationId: string) => number;
  readonly onLog: (line: RunnerLogLine) => void;
}

export interface PoolRun {
  readonly invocationId: string;
  /** Makes the invocation event as JSON, when a thread is free and the time limit starts to run. */
  readonly start: () => string;
  /** In host time. */
  readonly limitMs: number;
}

/** Threads for functions: one invocation at a time in each, reused, replaced after a kill or a crash. */
export interface Pool extends TimeParticipant {
  /** Runs a function; resolves by the time limit at the latest, whatever the function does. Never rejects. */
  run(run: PoolRun): Promise<Outcome>;
  /** Ends the thread that runs this invocation, in the middle of whatever it does. */
  crash(invocationId: string): Promise<void>;
  readonly running: number;
  stop(): Promise<void>;
}

interface Slot {
  readonly thread: FunctionThread;
  run: PoolRun | undefined;
}

const defaultSize = 8;

export function createPool(options: PoolOptions): Pool {
  const { clock, size = defaultSize } = options;
  const slots = new Set<Slot>();
  const waiting: { run: PoolRun; resolve: (slot: Slot | undefined) => void }[] = [];
  let stopped = false;
  let started = 0;
  const leaveClock = clock.onAdvance(() => {
    for (const slot of slots) if (slot.run) slot.thread.tick(hostTime());
  });

  function hostTime(): HostTime {
    const now = clock.now();
    return { now, offsetMs: now - Date.now() };
  }

  function open(): Slot {
    const { workerFile, bundleDirectory, proxyUrl, memoryMB, onLog } = options;
    const slot: Slot = {
      run: undefined,
      thread: startThread({
        workerFile,
        memoryMB,
        start: { bundleDirectory, proxyUrl, mode: clock.mode, time: hostTime() },
        onLog,
        onText(text) {
          const invocationId = slot.run?.invocationId ?? '';
          onLog({ invocationId, logLevel: 30, logArguments: [text.trimEnd()] });
        },
      }),
    };
    slots.add(slot);
    return slot;
  }

  async function take(run: PoolRun): Promise<Slot | undefined> {
    for (const slot of slots) if (slot.thread.ended) slots.delete(slot);
    const free = [...slots].find((slot) => !slot.run) ?? (slots.size < size ? open() : undefined);
    if (free) {
      free.run = run;
      return free;
    }
    return new Promise((resolve) => waiting.push({ run, resolve }));
  }

  function giveBack(slot: Slot): void {
    slot.run = undefined;
    const next = waiting.shift();
    if (!next) return;
    if (slot.thread.ended) slots.delete(slot);
    const free = slot.thread.ended ? open() : slot;
    free.run = next.run;
    next.resolve(free);
  }

  async function run(poolRun: PoolRun): Promise<Outcome> {
    const slot = stopped ? undefined : await take(poolRun);
    if (!slot) return { kind: 'crash', message: 'The platform was stopped.' };
    started += 1;
    const { thread } = slot;
    await thread.ready;
    const deadline = clock.now() + poolRun.limitMs;
    let reachLimit: () => void = () => undefined;
    const timeout = new Promise<Outcome>((resolve) => {
      reachLimit = () => resolve({ kind: 'timeout' });
    });
    const cancelLimit = clock.schedule(poolRun.limitMs, reachLimit);
    // Nobody may be there to move a manual clock while a function spins in a loop.
    const cancelGuard =
      clock.mode === 'manual'
        ? becomesUnresponsive(thread, poolRun.limitMs, reachLimit)
        : undefined;
    const outcome = await Promise.race([
      thread.run(poolRun.start(), hostTime(), deadline),
      timeout,
    ]);
    cancelLimit();
    cancelGuard?.();
    if (outcome.kind === 'timeout') await thread.kill();
    giveBack(slot);
    return outcome;
  }

  async function settle() {
    for (;;) {
      const before = started;
      const answers = await Promise.all([...slots].map(settleSlot));
      // What ended may start something else right away.
      await nextTurn();
      if (started !== before) continue;
      const dues = answers.flatMap(({ nextDueAt }) => (nextDueAt === undefined ? [] : [nextDueAt]));
      return {
        waiting: answers.some((answer) => answer.waiting),
        ...(dues.length > 0 ? { nextDueAt: Math.min(...dues) } : {}),
      };
    }
  }

  async function settleSlot(slot: Slot): Promise<{ waiting: boolean; nextDueAt?: number }> {
    const { run: current, thread } = slot;
    if (!current) return { waiting: false };
    const isOver = () => slot.run !== current;
    return settleRun(thread, isOver, () => options.heldCalls(current.invocationId));
  }

  return {
    run,
    async crash(invocationId) {
      const slot = [...slots].find((one) => one.run?.invocationId === invocationId);
      await slot?.thread.kill();
    },
    get running() {
      return [...slots].filter((slot) => slot.run).length + waiting.length;
    },
    settle,
    async stop() {
      stopped = true;
      leaveClock();
      for (const { resolve } of waiting.splice(0)) resolve(undefined);
      await Promise.all([...slots].map(({ thread }) => thread.kill()));
    },
  };
}
