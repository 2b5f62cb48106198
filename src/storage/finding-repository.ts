import * as z from 'zod/mini';
import { Finding } from '../contracts/health';
import type { Clock } from '../domain/ports/clock';
import type { KeyValueStore } from '../domain/ports/key-value-store';
import type { FindingStore } from '../domain/ports/stores';
import { entities, indexes, keys } from './keys';
import { parseRecord, withoutVersion } from './parse-record';

const StoredFinding = z.object({ record: z.extend(Finding, { version: z.literal(1) }) });

/** Findings, one for each code and subject, so that a fault that is seen again is not listed twice. */
export function createFindingRepository(store: KeyValueStore, clock: Clock): FindingStore {
  async function find(findingId: string): Promise<Finding | undefined> {
    const stored = await store.getEntity(entities.finding, findingId);
    return stored === undefined ? undefined : toFinding(findingId, stored);
  }

  return {
    find,

    async report(draft) {
      const findingId = keys.finding(draft.code, draft.subject.id);
      const lastSeenAt = new Date(clock.nowMs()).toISOString();
      const since = (await find(findingId))?.since ?? lastSeenAt;
      const finding: Finding = { ...draft, findingId, since, lastSeenAt };
      const value = { sinceMs: Date.parse(since), record: { version: 1, ...finding } };
      await store.setEntity(entities.finding, findingId, value);
    },

    async clear(code, subjectId) {
      await store.removeEntity(entities.finding, keys.finding(code, subjectId));
    },

    async list(page) {
      const { items, nextCursor } = await store.queryEntities(entities.finding, {
        index: indexes.bySince,
        isDescending: true,
        ...page,
      });
      return { items: items.map(({ key, value }) => toFinding(key, value)), nextCursor };
    },
  };
}

function toFinding(key: string, stored: unknown): Finding {
  return withoutVersion(parseRecord(StoredFinding, key, stored).record);
}
