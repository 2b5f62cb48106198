import type { Traffic } from '../traffic';

/** Something whose work can start work elsewhere. */
interface Busy {
  idle(): Promise<void>;
}

/** Waits until all are idle in one round in which nothing crossed the border: work of one starts work of another. */
export async function settleAll(parts: readonly Busy[], traffic: Traffic): Promise<void> {
  let calls = 0;
  const stopCounting = traffic.onCall(() => {
    calls += 1;
  });
  try {
    let before: number;
    do {
      before = calls;
      for (const part of parts) await part.idle();
      // Twice, so that what the last part started in the first one is seen.
      for (const part of parts) await part.idle();
    } while (calls !== before);
  } finally {
    stopCounting();
  }
}
