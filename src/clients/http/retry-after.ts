/** A service that asks for more is broken or hostile: it must not silence the app for years. */
export const longestRetryAfterSeconds = 3_600;

/**
 * Seconds that an answer asks to wait, at most an hour, from a `Retry-After` in either of its forms; absent when it says
 * nothing usable.
 */
export function toRetryAfterSeconds(header: string | null, nowMs: number): number | undefined {
  if (header === null) return undefined;
  const isCount = /^\d+$/.test(header.trim());
  const seconds = isCount ? Number(header) : Math.ceil((Date.parse(header) - nowMs) / 1000);
  if (Number.isNaN(seconds)) return undefined;
  return Math.min(Math.max(0, seconds), longestRetryAfterSeconds);
}
