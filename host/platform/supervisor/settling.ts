import { setTimeout as realDelay } from 'node:timers/promises';
import type { FunctionThread } from './function-thread';

/** A thread that does not answer a probe for so long (real time) is taken for one in an endless loop. */
const unresponsiveMs = 3_000;
/** Real time between the two probes that must show the same picture. */
const betweenProbesMs = 8;
/** Work that is neither a call to the proxy nor a timer is waited for this long in all (real time). */
const longestSettleMs = 10_000;

/**
 * Waits until a running function has ended, or waits for time: no call is on its way except those that the proxy holds
 * back, and nothing changed between two probes.
 */
export async function settleRun(
  thread: FunctionThread,
  isOver: () => boolean,
  heldCalls: () => number,
): Promise<{ waiting: boolean; nextDueAt?: number }> {
  const giveUpAt = performance.now() + longestSettleMs;
  await thread.ready;
  let changesBefore: number | undefined;
  while (!isOver()) {
    const probe = await answerOrSilence(thread);
    if (probe === 'silent') return { waiting: true };
    if (!probe || isOver()) break;
    const { pendingCalls, changes, nextDueAt } = probe;
    const quiet = pendingCalls === heldCalls() && changes === changesBefore;
    if (quiet || performance.now() > giveUpAt) {
      return { waiting: true, ...(nextDueAt === undefined ? {} : { nextDueAt }) };
    }
    changesBefore = changes;
    await realDelay(betweenProbesMs);
  }
  return { waiting: false };
}

/** Threads whose last probe was not answered in time; they get less patience until one is. */
const silentThreads = new WeakSet<FunctionThread>();

async function answerOrSilence(thread: FunctionThread) {
  const silence = new AbortController();
  const patienceMs = silentThreads.has(thread) ? betweenProbesMs : unresponsiveMs;
  try {
    const answer = await Promise.race([
      thread.probe(),
      realDelay(patienceMs, 'silent' as const, { signal: silence.signal, ref: false }),
    ]);
    if (answer === 'silent') silentThreads.add(thread);
    else silentThreads.delete(thread);
    return answer;
  } finally {
    silence.abort();
  }
}

/** Calls `report` when the thread, after `afterMs` of real time, no longer answers. The answer cancels the watch. */
export function becomesUnresponsive(
  thread: FunctionThread,
  afterMs: number,
  report: () => void,
): () => void {
  const timer = setTimeout(() => {
    void answerOrSilence(thread).then((answer) => {
      if (answer === 'silent') report();
    });
  }, afterMs).unref();
  return () => clearTimeout(timer);
}
