import * as z from 'zod/mini';
import type { KeyValueStore } from '../domain/ports/key-value-store';
import type { WorkspaceBindingStore } from '../domain/ports/stores';
import { entities, keys } from './keys';
import { parseRecord, withoutVersion } from './parse-record';
import { writeOnSequence } from './write-on-sequence';

const StoredBinding = z.object({
  sequence: z.int(),
  record: z.strictObject({
    version: z.literal(1),
    workspaceUuid: z.string(),
    connectionId: z.string(),
    organizationKey: z.string(),
    region: z.enum(['eu', 'us']),
    state: z.enum(['bound', 'unbinding']),
    boundAt: z.string(),
    boundBy: z.string(),
  }),
});

/** The one binding of the workspace to an organization. */
export function createWorkspaceBindingRepository(store: KeyValueStore): WorkspaceBindingStore {
  const key = keys.workspaceBinding;
  return {
    async find() {
      const stored = await store.getEntity(entities.workspaceBinding, key);
      if (stored === undefined) return undefined;
      const { sequence, record } = parseRecord(StoredBinding, key, stored);
      return { sequence, ...withoutVersion(record) };
    },

    save({ sequence, ...binding }, expectedSequence) {
      const value = { sequence, record: { version: 1, ...binding } };
      return writeOnSequence(store, entities.workspaceBinding, key, value, expectedSequence);
    },

    remove: (expectedSequence) =>
      store.deleteEntity(entities.workspaceBinding, key, { sequence: expectedSequence }),
  };
}
