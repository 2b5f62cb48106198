import * as z from 'zod/mini';
import { OrganizationDraft } from '../contracts/organizations';
import type { KeyValueStore } from '../domain/ports/key-value-store';
import type { DraftStore } from '../domain/ports/stores';
import { keys } from './keys';
import { parseRecord } from './parse-record';

const StoredDraft = z.strictObject({
  version: z.literal(1),
  savedAtMs: z.number(),
  draft: OrganizationDraft,
});
const listedAtOnce = 100;

/** What people are in the middle of entering, by account and connection. */
export function createDraftRepository(store: KeyValueStore): DraftStore {
  return {
    async find(accountId, connectionId) {
      const key = keys.draft(accountId, connectionId);
      const stored = await store.get(key);
      if (stored === undefined) return undefined;
      const { savedAtMs, draft } = parseRecord(StoredDraft, key, stored);
      return { savedAtMs, draft };
    },

    save: (accountId, connectionId, { savedAtMs, draft }, ttlSeconds) =>
      store.set(
        keys.draft(accountId, connectionId),
        StoredDraft.parse({ version: 1, savedAtMs, draft }),
        { ttlSeconds },
      ),

    remove: (accountId, connectionId) => store.delete(keys.draft(accountId, connectionId)),

    async list(accountId) {
      const beginning = keys.draftsOf(accountId);
      const { keys: found } = await store.listKeys(beginning, { limit: listedAtOnce });
      return found.map((key) => key.slice(beginning.length));
    },
  };
}
