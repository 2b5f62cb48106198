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

  async function write(finding: Finding): Promise<void> {
    const value = { sinceMs: Date.parse(finding.since), record: { version: 1, ...finding } };
    await store.setEntity(entities.finding, finding.findingId, value);
  }

  return {
    find,

    async report(draft) {
      const findingId = keys.finding(draft.code, draft.subject.id);
      const lastSeenAt = new Date(clock.nowMs()).toISOString();
      const since = (await find(findingId))?.since ?? lastSeenAt;
      await write({ ...draft, findingId, since, lastSeenAt });
    },

    async touch(code, subjectId) {
      const known = await find(keys.finding(code, subjectId));
      if (known) await write({ ...known, lastSeenAt: new Date(clock.nowMs()).toISOString() });
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
