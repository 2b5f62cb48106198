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

/** What each level says: workspace, Bitbucket project, repository. */
export function createSettingsRepository(store: KeyValueStore): SettingsStore {
  return {
    async find(place) {
      const key = toKey(place);
      const stored = await store.getEntity(entities.settings, key);
      if (stored === undefined) return { sequence: 0, values: {}, locks: [] };
      const { sequence, record } = parseRecord(StoredSettings, key, stored);
      return { sequence, values: record.values, locks: record.locks };
    },

    save(place, { values, locks }, expectedSequence) {
      const value = { sequence: expectedSequence + 1, record: { version: 1, values, locks } };
      const expected = expectedSequence === 0 ? undefined : expectedSequence;
      return writeOnSequence(store, entities.settings, toKey(place), value, expected);
    },

    async remove(place) {
      await store.removeEntity(entities.settings, toKey(place));
    },
  };
}

function toKey(place: SettingsPlace): string {
  return keys.settings(place.level, place.level === 'workspace' ? '' : place.uuid);
}
