import { setTimeout } from 'node:timers/promises';
import type { Clock, WithDeadline } from '../domain/ports/clock';

export const systemClock: Clock = { nowMs: () => Date.now() };

/** Waits between two tries of a call; bounded by the caller. */
export async function sleep(delayMs: number): Promise<void> {
  await setTimeout(delayMs);
}

export const withDeadline: WithDeadline = async (work, deadlineMs) => {
  const timer = new AbortController();
  try {
    return await Promise.race([work, setTimeout(deadlineMs, undefined, { signal: timer.signal })]);
  } finally {
    timer.abort();
  }
};
