import { toDueAtMs } from '../domain/due';
import type { KeyValueStore } from '../domain/ports/key-value-store';
import type { VerdictStore } from '../domain/ports/stores';
import type { VerdictRecord } from '../domain/project-truth';
import { entities, indexes, keys } from './keys';
import { StorageLimits } from './limits';
import { parseRecord, withoutVersion } from './parse-record';
import { VerdictEntity } from './verdict-schema';
import { writeOnSequence } from './write-on-sequence';

/** Verdicts in the entity `verdict`, written only on top of the sequence that was read. */
export function createVerdictRepository(store: KeyValueStore): VerdictStore {
  return {
    async find(identity) {
      const key = keys.verdict(identity);
      const stored = await store.getEntity(entities.verdict, key);
      return stored === undefined ? undefined : toRecord(key, stored);
    },

    save(record, expectedSequence) {
      const { sequence, ...rest } = fitIntoRecord(record);
      const key = keys.verdict(record);
      const { repositoryUuid } = record;
      const dueAtMs = toDueAtMs(record);
      const value = { sequence, repositoryUuid, dueAtMs, record: { version: 1, ...rest } };
      return writeOnSequence(store, entities.verdict, key, value, expectedSequence);
    },

    async remove(identity) {
      await store.removeEntity(entities.verdict, keys.verdict(identity));
    },

    async listDue(limit) {
      const { items } = await store.queryEntities(entities.verdict, {
        index: indexes.byDue,
        limit,
      });
      return items.map(({ key, value }) => {
        const record = toRecord(key, value);
        return {
          repositoryUuid: record.repositoryUuid,
          pullRequestId: record.pullRequestId,
          dueAtMs: toDueAtMs(record),
          isRetired: record.retiredAt !== undefined,
        };
      });
    },

    async listSome(limit) {
      const { items } = await store.queryEntities(entities.verdict, {
        index: indexes.byKey,
        limit,
      });
      return items.map(({ key, value }) => toRecord(key, value));
    },

    async listByRepository(repositoryUuid, page) {
      const { items, nextCursor } = await store.queryEntities(entities.verdict, {
        index: indexes.byRepository,
        partition: [repositoryUuid],
        ...page,
      });
      const identities = items.map(({ key, value }) => {
        const { record } = parseRecord(VerdictEntity, key, value);
        return { repositoryUuid, pullRequestId: record.pullRequestId };
      });
      return { items: identities, nextCursor };
    },
  };
}

function toRecord(key: string, stored: unknown): VerdictRecord {
  const { sequence, record } = parseRecord(VerdictEntity, key, stored);
  return { ...withoutVersion(record), sequence };
}

/** Issues give way when the many projects of a monorepo fill the record; their counts and the gate stay. */
function fitIntoRecord(record: VerdictRecord): VerdictRecord {
  for (const kept of [Infinity, 1, 0]) {
    const fitting = {
      ...record,
      projects: record.projects.map((truth) => ({ ...truth, issues: truth.issues.slice(0, kept) })),
    };
    if (Buffer.byteLength(JSON.stringify(fitting)) <= StorageLimits.recordBytes) return fitting;
  }
  throw new RangeError(
    `The verdict of pull request ${record.pullRequestId} does not fit into one record.`,
  );
}
