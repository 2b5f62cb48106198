/** Epoch milliseconds as REST answers write them: microseconds and a numeric offset. */
export function restTimestamp(epochMs: number): string {
  return new Date(epochMs).toISOString().replace('Z', '000+00:00');
}

/** Epoch milliseconds as the `timestamp` of an event is written. */
export function eventTimestamp(epochMs: number): string {
  return new Date(epochMs).toISOString().replace('Z', '000Z');
}
