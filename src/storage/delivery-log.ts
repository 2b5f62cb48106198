import * as z from 'zod/mini';
import { deliveryWindow } from '../domain/delivery';
import type { KeyValueStore } from '../domain/ports/key-value-store';
import type { DeliveryLog, WebhookSeen } from '../domain/ports/stores';
import { keys } from './keys';
import { parseRecord } from './parse-record';

const StoredWebhook = z.strictObject({
  version: z.literal(1),
  state: z.optional(z.enum(['there', 'unavailable'])),
  lastMessageAtMs: z.optional(z.number()),
});

/** Accepted signatures, kept for longer than a delivery may be old, and what is known of each webhook. */
export function createDeliveryLog(store: KeyValueStore): DeliveryLog {
  const ttlSeconds = deliveryWindow.rememberedMs / 1000;

  async function findWebhook(connectionId: string): Promise<WebhookSeen> {
    const key = keys.webhook(connectionId);
    const stored = await store.get(key);
    if (stored === undefined) return {};
    const { state, lastMessageAtMs } = parseRecord(StoredWebhook, key, stored);
    return { state, lastMessageAtMs };
  }

  return {
    claim: (connectionId, signature) =>
      store.add(keys.delivery(connectionId, signature), { version: 1 }, { ttlSeconds }),
    forget: (connectionId, signature) => store.delete(keys.delivery(connectionId, signature)),
    findWebhook,
    async noteWebhook(connectionId, seen) {
      const next = { ...(await findWebhook(connectionId)), ...seen };
      await store.set(keys.webhook(connectionId), StoredWebhook.parse({ version: 1, ...next }));
    },
    removeWebhook: (connectionId) => store.delete(keys.webhook(connectionId)),
  };
}
