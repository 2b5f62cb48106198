import * as z from 'zod/mini';
import type { Clock } from '../domain/ports/clock';
import type { KeyValueStore } from '../domain/ports/key-value-store';
import type { Claim, LeaseStore } from '../domain/ports/stores';
import { entities } from './keys';
import { parseRecord } from './parse-record';

const StoredLease = z.object({ holder: z.string(), expiresAt: z.number() });

/** Forgotten leases clean themselves up; the time inside decides, as the store keeps expired values for days. */
const keptSeconds = 60 * 60;

/**
 * Leases in the entity `lease`: the first writer gets a free name, and of several that find an ended lease the one whose
 * conditional write comes first.
 */
export function createLeaseRepository(store: KeyValueStore, clock: Clock): LeaseStore {
  const options = { ttlSeconds: keptSeconds };

  async function find(name: string) {
    const stored = await store.getEntity(entities.lease, name);
    return stored === undefined ? undefined : parseRecord(StoredLease, name, stored);
  }

  return {
    async claim(name, holder, durationMs): Promise<Claim> {
      const nowMs = clock.nowMs();
      const lease = { holder, expiresAt: nowMs + durationMs };
      if (await store.addEntity(entities.lease, name, lease, options)) return { isClaimed: true };
      const other = await find(name);
      // Given back in between: the next one who asks gets it.
      if (!other) return { isClaimed: false };
      if (other.expiresAt > nowMs) return { isClaimed: false, expiresAtMs: other.expiresAt };
      return (await store.replaceEntity(entities.lease, name, lease, other, options))
        ? { isClaimed: true }
        : { isClaimed: false };
    },

    isFirstIn(name, durationMs) {
      const nowMs = clock.nowMs();
      // The stretch is part of the key, so that nobody has to read when an earlier one ended.
      const stretch = Math.floor(nowMs / durationMs);
      const lease = { holder: 'nobody', expiresAt: (stretch + 1) * durationMs };
      return store.tryAddEntity(entities.lease, `${name}:${stretch}`, lease, options);
    },

    async release(name, holder) {
      await store.deleteEntity(entities.lease, name, { holder });
    },
  };
}
