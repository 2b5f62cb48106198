import * as z from 'zod/mini';
import type { CallRecordStore } from '../domain/ports/call-budget';
import type { KeyValueStore } from '../domain/ports/key-value-store';
import { entities } from './keys';
import { parseRecord } from './parse-record';
import { writeOnSequence } from './write-on-sequence';

const StoredCalls = z.object({
  sequence: z.int(),
  record: z.strictObject({
    version: z.literal(1),
    slots: z.array(z.strictObject({ startMs: z.number(), calls: z.number() })),
    failures: z.number(),
    closedUntilMs: z.optional(z.number()),
    limit: z.optional(z.number()),
  }),
});

/** After a day without calls there is nothing left to count. */
const keptSeconds = 24 * 3600;

/** The calls of each credential. */
export function createCallRecordRepository(store: KeyValueStore): CallRecordStore {
  return {
    async find(credential) {
      const stored = await store.getEntity(entities.calls, credential);
      if (stored === undefined) return undefined;
      const { sequence, record } = parseRecord(StoredCalls, credential, stored);
      const { slots, failures, closedUntilMs, limit } = record;
      return { sequence, slots, failures, closedUntilMs, limit };
    },
    save(credential, { sequence, ...record }, expectedSequence) {
      const value = { sequence, record: { version: 1, ...record } };
      return writeOnSequence(store, entities.calls, credential, value, expectedSequence, {
        ttlSeconds: keptSeconds,
      });
    },
    remove: (credential) => store.removeEntity(entities.calls, credential),
  };
}
