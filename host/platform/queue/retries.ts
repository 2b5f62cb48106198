import type { StoredEvent } from './event-store';
import { QueueLimits } from './limits';
import { Unverified } from './unverified';

/** How a delivery ended. A throw, a time-out and a crash of the function are all `error`. */
export type DeliveryOutcome =
  | { readonly outcome: 'done' }
  | {
      readonly outcome: 'retry';
      readonly retryAfterSeconds: number;
      readonly retryReason?: string;
      readonly retryData?: unknown;
    }
  | { readonly outcome: 'error'; readonly message: string };

/** What becomes of an event after a delivery. */
export type NextStep =
  | { readonly kind: 'end' }
  | { readonly kind: 'again'; readonly event: StoredEvent; readonly delayMs: number }
  | { readonly kind: 'giveUp'; readonly reason: string };

/** The app may ask for four retries; exceptions are repeated with growing delay until the event is a day old. */
export function decideNextStep(
  event: StoredEvent,
  outcome: DeliveryOutcome,
  now: number,
): NextStep {
  switch (outcome.outcome) {
    case 'done':
      return { kind: 'end' };
    case 'retry':
      return afterRetryRequest(event, outcome);
    case 'error':
      return afterError(event, outcome.message, now);
    default:
      return outcome satisfies never;
  }
}

function afterRetryRequest(
  event: StoredEvent,
  outcome: Extract<DeliveryOutcome, { outcome: 'retry' }>,
): NextStep {
  const { retryAfterSeconds, retryReason = Unverified.retryReason, retryData = null } = outcome;
  const appRetries = event.appRetries + 1;
  if (appRetries > QueueLimits.appRetries) {
    return {
      kind: 'giveUp',
      reason: `The app asked for more than ${QueueLimits.appRetries} retries.`,
    };
  }
  if (Buffer.byteLength(JSON.stringify(retryData)) > QueueLimits.retryDataBytes) {
    return {
      kind: 'giveUp',
      reason: `The retryData is larger than ${QueueLimits.retryDataBytes / 1024} KB.`,
    };
  }
  const retryCount = appRetries + event.repeats;
  const delaySeconds = Math.min(Math.max(retryAfterSeconds, 1), QueueLimits.retryAfterSeconds);
  return {
    kind: 'again',
    event: { ...event, appRetries, retryContext: { retryCount, retryReason, retryData } },
    delayMs: delaySeconds * 1000,
  };
}

function afterError(event: StoredEvent, message: string, now: number): NextStep {
  const repeats = event.repeats + 1;
  const delayMs = Math.min(
    Unverified.firstRepeatDelayMs * 2 ** (repeats - 1),
    Unverified.longestRepeatDelayMs,
  );
  if (now + delayMs >= event.publishedAt + QueueLimits.retentionMs) {
    return { kind: 'giveUp', reason: `The last delivery failed: ${message}` };
  }
  const retryContext = {
    retryCount: event.appRetries + repeats,
    retryReason: Unverified.repeatReason,
    // What the app gave with its own retry still helps the next attempt.
    retryData: event.retryContext?.retryData ?? null,
  };
  return { kind: 'again', event: { ...event, repeats, retryContext }, delayMs };
}
