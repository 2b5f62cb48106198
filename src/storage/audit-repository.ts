import * as z from 'zod/mini';
import { AuditEntry } from '../contracts/audit';
import type { KeyValueStore } from '../domain/ports/key-value-store';
import type { AuditLog } from '../domain/ports/stores';
import { entities, indexes } from './keys';
import { parseRecord, withoutVersion } from './parse-record';

const StoredEntry = z.object({ record: z.extend(AuditEntry, { version: z.literal(1) }) });

/** The store keeps nothing that has an end for longer than a year. */
const keptSeconds = 365 * 24 * 60 * 60;

/** Entries of the audit log: added once, never written again. */
export function createAuditRepository(store: KeyValueStore): AuditLog {
  return {
    async append(entry) {
      const value = {
        atMs: Date.parse(entry.at),
        actor: entry.actor,
        action: entry.action,
        subjectId: entry.subject.id,
        record: { version: 1, ...entry },
      };
      await store.addEntity(entities.audit, entry.entryId, value, { ttlSeconds: keptSeconds });
    },

    async list({ subjectId, actor, action }, page) {
      const filters = {
        ...(actor !== undefined && { actor }),
        ...(action !== undefined && { action }),
      };
      const { items, nextCursor } = await store.queryEntities(entities.audit, {
        ...(subjectId === undefined
          ? { index: indexes.byTime }
          : { index: indexes.bySubject, partition: [subjectId] }),
        filters,
        isDescending: true,
        ...page,
      });
      const entries = items.map(({ key, value }) =>
        withoutVersion(parseRecord(StoredEntry, key, value).record),
      );
      return { items: entries, nextCursor };
    },
  };
}
