import * as z from 'zod/mini';
import { LevelSettings } from '../contracts/settings';
import type { KeyValueStore } from '../domain/ports/key-value-store';
import type { MergeCheckSeen, SettingsPlace, SettingsStore } from '../domain/ports/stores';
import { entities, keys } from './keys';
import { parseRecord } from './parse-record';
import { writeOnSequence } from './write-on-sequence';

const StoredSettings = z.object({
  sequence: z.int(),
  record: z.extend(LevelSettings, { version: z.literal(1) }),
});
const StoredRun = z.strictObject({
  version: z.literal(1),
  ranAtMs: z.optional(z.number()),
  missed: z.number(),
});
/** More are not told apart, and not written any more. */
const mostMissed = 1_000;

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

    findMergeCheck,

    async noteMergeCheckRun(repositoryUuid, ranAtMs) {
      const { missed } = await findMergeCheck('workspace');
      const ran = { version: 1, ranAtMs, missed: 0 };
      await Promise.all([
        store.set(keys.mergeCheckRun(repositoryUuid), ran),
        store.set(keys.mergeCheckRun('workspace'), ran),
      ]);
      return missed;
    },

    async noteMergeCheckMissed(repositoryUuid) {
      const [, missed] = await Promise.all([addMissed(repositoryUuid), addMissed('workspace')]);
      return missed;
    },
  };

  async function findMergeCheck(place: string): Promise<MergeCheckSeen> {
    const key = keys.mergeCheckRun(place);
    const stored = await store.get(key);
    if (stored === undefined) return { missed: 0 };
    const { ranAtMs, missed } = parseRecord(StoredRun, key, stored);
    return { ranAtMs, missed };
  }

  async function addMissed(place: string): Promise<number> {
    const known = await findMergeCheck(place);
    if (known.missed >= mostMissed) return known.missed;
    const missed = known.missed + 1;
    await store.set(keys.mergeCheckRun(place), { version: 1, ...known, missed });
    return missed;
  }
}

function toKey(place: SettingsPlace): string {
  return place.level === 'workspace' ? 'workspace' : `${place.level}:${place.uuid}`;
}
