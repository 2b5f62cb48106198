import * as z from 'zod';
import { PlatformLimits } from '../limits';
import type { Manifest } from '../manifest';
import type { DeliveredEvent, QueueConsumer } from '../queue/queue';
import type { DeliveryOutcome } from '../queue/retries';
import type { Invoke } from '../supervisor/invoker';
import { failureText } from '../supervisor/invoker';
import type { Installation } from '../types';
import { callOf } from './functions';

/** What `new InvocationError(…)` of the events package becomes when it is returned. */
const RetryRequest = z.object({
  _retry: z.literal(true),
  retryOptions: z
    .object({
      retryAfter: z.number().optional(),
      retryReason: z.string().optional(),
      retryData: z.unknown().optional(),
    })
    .default({}),
});

export interface AskedRetry {
  readonly retryAfterSeconds: number;
  readonly retryReason?: string;
  readonly retryData?: unknown;
}

/** The retry that a function asked for by its answer, if it did; the delay is brought into the allowed range. */
export function askedRetry(result: unknown): AskedRetry | undefined {
  const parsed = RetryRequest.safeParse(result);
  if (!parsed.success) return undefined;
  const { retryAfter = 1, retryReason, retryData } = parsed.data.retryOptions;
  const longest = PlatformLimits.longestRetryDelayMs / 1_000;
  return {
    retryAfterSeconds: Math.min(Math.max(retryAfter, 1), longest),
    ...(retryReason === undefined ? {} : { retryReason }),
    ...(retryData === undefined ? {} : { retryData }),
  };
}

/** Hands one queue event to its consumer. */
export function createConsumerIngress(
  invoke: Invoke,
  manifest: Manifest,
  { workspaceUuid }: Installation,
): (consumer: QueueConsumer, event: DeliveredEvent) => Promise<DeliveryOutcome> {
  return async (consumer, event) => {
    const { key, functionKey, method } = consumer;
    const { body: payload, jobId, eventId } = event;
    const context = { workspaceId: `{${workspaceUuid}}`, moduleKey: key };
    const body =
      method === undefined ? event : { call: { functionKey: method, payload, jobId }, context };
    const call = callOf(manifest, { type: 'consumer', key, functionKey }, body);
    const outcome = await invoke({ ...call, eventId });
    if (outcome.kind !== 'success') {
      return { outcome: 'error', message: failureText(outcome) ?? '' };
    }
    const retry = askedRetry(outcome.body);
    return retry ? { outcome: 'retry', ...retry } : { outcome: 'done' };
  };
}
