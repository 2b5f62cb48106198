import { AsyncLocalStorage } from 'node:async_hooks';
import type { ServerResponse } from 'node:http';

const current = new AsyncLocalStorage<AbortSignal>();

/** Runs the work on one call; what is inside can ask whether the function still waits for the answer. */
export function whileAwaited<T>(outgoing: object, work: () => T): T {
  const gone = new AbortController();
  (outgoing as ServerResponse).once('close', () => gone.abort());
  return current.run(gone.signal, work);
}

/** Aborts when the function gave up the call that is being served here. */
export function abandonment(): AbortSignal | undefined {
  return current.getStore();
}
