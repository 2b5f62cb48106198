import * as z from 'zod/mini';
import { LevelSettings } from '../contracts/settings';
import type { KeyValueStore } from '../domain/ports/key-value-store';
import type { SettingsPlace, SettingsStore } from '../domain/ports/stores';
import { entities, keys } from './keys';
import { parseRecord } from './parse-record';
import { writeOnSequence } from './write-on-sequence';

const StoredSettings = z.object({
  sequence: z.int(),
  record: z.extend(LevelSettings, { version: z.literal(1) }),
});
const StoredRun = z.strictObject({ version: z.literal(1), atMs: z.number() });

/** What each level says, and when the merge check ran. */
export function createSettingsRepository(store: KeyValueStore): SettingsStore {
  return {
    async find(place) {
      const key = toKey(place);
      const stored = await store.getEntity(entities.settings, key);
      if (stored === undefined) return undefined;
      const { sequence, record } = parseRecord(StoredSettings, key, stored);
      return { sequence, own: { values: record.values, locks: record.locks } };
    },

    save(place, { sequence, own }, expectedSequence) {
      const value = { sequence, record: { version: 1, ...own } };
      return writeOnSequence(store, entities.settings, toKey(place), value, expectedSequence);
    },

    async remove(place) {
      await store.removeEntity(entities.settings, toKey(place));
      if (place.level === 'repository') await store.delete(keys.mergeCheckRun(place.uuid));
    },

    async findMergeCheckRun(repositoryUuid) {
      const key = keys.mergeCheckRun(repositoryUuid);
      const stored = await store.get(key);
      return stored === undefined ? undefined : parseRecord(StoredRun, key, stored).atMs;
    },

    saveMergeCheckRun: (repositoryUuid, atMs) =>
      store.set(keys.mergeCheckRun(repositoryUuid), { version: 1, atMs }),
  };
}

function toKey(place: SettingsPlace): string {
  return place.level === 'workspace' ? 'workspace' : `${place.level}:${place.uuid}`;
}
