import { setTimeout } from 'node:timers/promises';
import type { Clock } from '../domain/ports/clock';

export const systemClock: Clock = { nowMs: () => Date.now() };

/** Waits between two tries of a call; bounded by the caller. */
export async function sleep(delayMs: number): Promise<void> {
  await setTimeout(delayMs);
}
