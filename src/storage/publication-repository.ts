import * as z from 'zod/mini';
import type { KeyValueStore } from '../domain/ports/key-value-store';
import type { PublicationStore } from '../domain/ports/publications';
import { entities, keys } from './keys';
import { parseRecord, withoutVersion } from './parse-record';
import { writeOnSequence } from './write-on-sequence';

const StoredPublication = z.object({
  sequence: z.int(),
  record: z.strictObject({
    version: z.literal(1),
    repositoryUuid: z.string(),
    pullRequestId: z.int(),
    connectionId: z.string(),
    projectKey: z.string(),
    commit: z.string(),
    state: z.enum(['writing', 'written']),
    reportDigest: z.optional(z.string()),
    annotations: z.record(z.string(), z.string()),
    buildStatus: z.optional(
      z.strictObject({
        key: z.string(),
        state: z.enum(['SUCCESSFUL', 'FAILED', 'INPROGRESS', 'STOPPED']),
        refname: z.string(),
        url: z.string(),
        name: z.string(),
        digest: z.string(),
      }),
    ),
    at: z.string(),
  }),
});

/** What was last written to Bitbucket. A thousand annotations take about 80 KB. */
export function createPublicationRepository(store: KeyValueStore): PublicationStore {
  return {
    async find(identity, project) {
      const key = keys.publication(identity, project);
      const stored = await store.getEntity(entities.publication, key);
      if (stored === undefined) return undefined;
      const { sequence, record } = parseRecord(StoredPublication, key, stored);
      return { ...withoutVersion(record), sequence };
    },

    save({ sequence, ...record }, expectedSequence) {
      const key = keys.publication(record, record);
      const value = { sequence, record: { version: 1, ...record } };
      return writeOnSequence(store, entities.publication, key, value, expectedSequence);
    },

    async remove(identity, project) {
      await store.removeEntity(entities.publication, keys.publication(identity, project));
    },
  };
}
