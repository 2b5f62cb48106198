type Stop = () => void | Promise<void>;

/**
 * Starts something made of parts: each part says with `onStop` how it ends. `stop` ends the parts in the opposite
 * order, once; when a start fails, what was started is ended and the failure passed on.
 */
export async function startUp<T extends object>(
  start: (onStop: (stop: Stop) => void) => Promise<T>,
): Promise<T & { stop(): Promise<void> }> {
  const stops: Stop[] = [];
  let stopping: Promise<void> | undefined;
  const stop = () => (stopping ??= endAll(stops));
  try {
    const started = await start((stop) => stops.push(stop));
    return Object.assign(started, { stop });
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Every part is ended, even when one before it fails; the first failure is passed on at the end. */
async function endAll(stops: Stop[]): Promise<void> {
  const failures: unknown[] = [];
  for (const stop of stops.reverse()) {
    try {
      await stop();
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}
