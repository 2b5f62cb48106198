/**
 * What Atlassian does not document and this emulation had to decide. Code of the app must not depend on any of it;
 * each line is a question for a real workspace. Decided by the shape of the code, so without a constant:
 * - A second push with the id of an earlier job adds nothing and succeeds (`queue.ts`).
 * - Cancelled events count neither as success nor as failed, and cancelling twice succeeds (`event-store.ts`).
 * - An event over its concurrency limit waits for a free place; Forge postpones it for up to 15 minutes (`event-store.ts`).
 * - A retry with more `retryData` than allowed is not made (`retries.ts`; so seen in ECO-759).
 */
export const Unverified = {
  /** Answer to a push to a queue that no consumer of the manifest reads. */
  unknownQueue: { status: 404, code: 'QUEUE_NOT_FOUND' },
  /** Answer to a body of the wrong form. */
  invalidRequest: { status: 400, code: 'INVALID_REQUEST' },
  /** First delay after an exception, a time-out or a crash; it doubles up to the documented 15 minutes. */
  firstRepeatDelayMs: 30_000,
  longestRepeatDelayMs: 15 * 60_000,
  /** Reason in the retry context after an exception, a time-out or a crash. */
  repeatReason: 'FUNCTION_PLATFORM_UNKNOWN_ERROR',
  /** Reason when the app asks for a retry and names none. */
  retryReason: 'FUNCTION_RETRY_REQUEST',
  /** Events delivered at the same time, where no concurrency limit is lower. */
  parallelDeliveries: 8,
} as const;
