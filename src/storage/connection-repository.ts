import * as z from 'zod/mini';
import type { KeyValueStore } from '../domain/ports/key-value-store';
import type { ConnectionStore } from '../domain/ports/stores';
import { keys } from './keys';
import { parseRecord } from './parse-record';

const StoredConnection = z.strictObject({
  version: z.literal(1),
  connectionId: z.string(),
  name: z.string(),
  kind: z.enum(['sonarqube-cloud', 'sonarqube-server']),
  url: z.string(),
  organizationKey: z.optional(z.string()),
  serverVersion: z.optional(z.string()),
});
const StoredAddress = z.strictObject({ version: z.literal(1), connectionId: z.string() });

/** Connections without their secrets. */
export function createConnectionRepository(store: KeyValueStore): ConnectionStore {
  return {
    async find(connectionId) {
      const key = keys.connection(connectionId);
      const stored = await store.get(key);
      if (stored === undefined) return undefined;
      const { name, kind, url, organizationKey, serverVersion } = parseRecord(
        StoredConnection,
        key,
        stored,
      );
      return { connectionId, name, kind, url, organizationKey, version: serverVersion };
    },

    async save({ version: serverVersion, ...connection }) {
      const record = { version: 1, ...connection, serverVersion };
      await store.set(keys.connection(connection.connectionId), record);
    },

    async claimId({ url, organizationKey = '' }, proposedId) {
      const key = keys.connectionAddress(`${url} ${organizationKey}`);
      if (await store.add(key, { version: 1, connectionId: proposedId })) return proposedId;
      return parseRecord(StoredAddress, key, await store.get(key)).connectionId;
    },
  };
}
