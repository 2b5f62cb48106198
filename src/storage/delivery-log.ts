import { deliveryWindow } from '../domain/delivery';
import type { KeyValueStore } from '../domain/ports/key-value-store';
import type { DeliveryLog } from '../domain/ports/stores';
import { keys } from './keys';

/** Accepted signatures, kept for longer than a delivery may be old. */
export function createDeliveryLog(store: KeyValueStore): DeliveryLog {
  const ttlSeconds = deliveryWindow.rememberedMs / 1000;
  return {
    claim: (connectionId, signature) =>
      store.add(keys.delivery(connectionId, signature), { version: 1 }, { ttlSeconds }),
    forget: (connectionId, signature) => store.delete(keys.delivery(connectionId, signature)),
  };
}
