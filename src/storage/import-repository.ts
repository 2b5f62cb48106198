import * as z from 'zod/mini';
import {
  ImportCounts,
  ImportItem,
  ImportOptions,
  ImportRunView,
  ImportSelection,
} from '../contracts/imports';
import type { ImportPart, ImportRun } from '../domain/import/run';
import type { ImportStore } from '../domain/ports/imports';
import type { KeyValueStore } from '../domain/ports/key-value-store';
import { entities, indexes, keys } from './keys';
import { parseRecord, withoutVersion } from './parse-record';
import { writeOnSequence } from './write-on-sequence';

const StoredRun = z.object({
  sequence: z.int(),
  record: z.strictObject({
    version: z.literal(1),
    connectionId: z.string(),
    connectionName: z.string(),
    state: ImportRunView.shape.state,
    selection: ImportSelection,
    options: ImportOptions,
    parts: z.array(
      z.strictObject({ counts: ImportCounts, bytes: z.number(), unknownSizes: z.number() }),
    ),
    nextListing: z.optional(z.number()),
    listedTotal: z.optional(z.number()),
    listed: z.number(),
    target: z.optional(
      z.strictObject({
        recordKey: z.optional(z.string()),
        usage: z.optional(
          z.strictObject({
            plan: z.optional(z.string()),
            lines: z.optional(z.number()),
            limit: z.optional(z.number()),
            problem: z.optional(z.string()),
          }),
        ),
      }),
    ),
    notices: z.array(z.string()),
    parallel: z.number(),
    attempts: z.number(),
    refusals: z.number(),
    startedAt: z.string(),
    startedBy: z.string(),
    importedSince: z.optional(z.string()),
    doneBefore: z.number(),
    endedAt: z.optional(z.string()),
  }),
});
const StoredPart = z.object({
  sequence: z.int(),
  record: z.strictObject({
    version: z.literal(1),
    checkedAt: z.string(),
    items: z.array(ImportItem),
  }),
});

/** Results are kept for at least 90 days (import-semantics.md B1). */
const ttlSeconds = 120 * 24 * 60 * 60;

/** Import runs, and their items in parts that fit into one value. */
export function createImportRepository(store: KeyValueStore): ImportStore {
  return {
    async findRun(runId) {
      const stored = await store.getEntity(entities.importRun, runId);
      return stored === undefined ? undefined : toRun(runId, stored);
    },

    saveRun({ runId, sequence, ...record }, expectedSequence) {
      const startedAtMs = Date.parse(record.startedAt);
      const value = { sequence, startedAtMs, record: { version: 1, ...record } };
      return writeOnSequence(store, entities.importRun, runId, value, expectedSequence, {
        ttlSeconds,
      });
    },

    async listRuns(limit) {
      const { items } = await store.queryEntities(entities.importRun, {
        index: indexes.byStart,
        isDescending: true,
        limit,
      });
      return items.map(({ key, value }) => toRun(key, value));
    },

    async findPart(runId, part) {
      const key = keys.importPart(runId, part);
      const stored = await store.getEntity(entities.importPart, key);
      if (stored === undefined) return undefined;
      const { sequence, record } = parseRecord(StoredPart, key, stored);
      return { runId, part, sequence, ...withoutVersion(record) };
    },

    putPart: (part) =>
      store.setEntity(
        entities.importPart,
        keys.importPart(part.runId, part.part),
        toStoredPart(part),
        { ttlSeconds },
      ),

    savePart: (part, expectedSequence) =>
      writeOnSequence(
        store,
        entities.importPart,
        keys.importPart(part.runId, part.part),
        toStoredPart(part),
        expectedSequence,
        { ttlSeconds },
      ),

    async removeRun({ runId, parts }) {
      for (const part of parts.keys()) {
        await store.removeEntity(entities.importPart, keys.importPart(runId, part));
      }
      await store.removeEntity(entities.importRun, runId);
    },
  };
}

function toStoredPart({ sequence, checkedAt, items }: ImportPart) {
  return { sequence, record: { version: 1, checkedAt, items } };
}

function toRun(runId: string, stored: unknown): ImportRun {
  const { sequence, record } = parseRecord(StoredRun, runId, stored);
  return { runId, sequence, ...withoutVersion(record) };
}
