import * as z from 'zod/mini';
import { AuditEntry } from '../contracts/audit';
import type { Scalar, KeyValueStore } from '../domain/ports/key-value-store';
import type { AuditLog } from '../domain/ports/stores';
import { entities, indexes } from './keys';
import { parseRecord, withoutVersion } from './parse-record';

const StoredEntry = z.object({ record: z.extend(AuditEntry, { version: z.literal(1) }) });

/** Kept for as long as the store keeps anything with an end: a year. */
const keptSeconds = 365 * 24 * 60 * 60;

/** Entries of the audit log: added once, never written again. */
export function createAuditRepository(store: KeyValueStore): AuditLog {
  return {
    async append(entry) {
      const { entryId, at, actor, action, subject } = entry;
      await store.addEntity(
        entities.audit,
        entryId,
        {
          atMs: Date.parse(at),
          actor,
          action,
          subjectId: subject.id,
          record: { version: 1, ...entry },
        },
        { ttlSeconds: keptSeconds },
      );
    },

    async list(filter, page) {
      const filters = Object.fromEntries(
        Object.entries(filter).filter(
          (each): each is [string, Scalar] => each[1] !== undefined && each[1] !== '',
        ),
      );
      const { items, nextCursor } = await store.queryEntities(entities.audit, {
        index: indexes.atMs,
        isDescending: true,
        filters,
        ...page,
      });
      const entries = items.map(({ key, value }) => {
        return withoutVersion(parseRecord(StoredEntry, key, value).record);
      });
      return { items: entries, nextCursor };
    },
  };
}
