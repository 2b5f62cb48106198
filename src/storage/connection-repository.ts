import * as z from 'zod/mini';
import { ConnectionKind, ConnectionView, TokenFacts } from '../contracts/connections';
import type { Connection } from '../domain/connection';
import type { KeyValueStore } from '../domain/ports/key-value-store';
import type { ConnectionStore } from '../domain/ports/stores';
import { entities, indexes, keys } from './keys';
import { parseRecord, withoutVersion } from './parse-record';

const StoredConnection = z.object({
  sequence: z.int(),
  record: z.strictObject({
    version: z.literal(1),
    name: z.string(),
    kind: ConnectionKind,
    url: z.string(),
    publicUrl: z.optional(z.string()),
    organizationKey: z.optional(z.string()),
    organizationBound: z.optional(z.strictObject({ at: z.string(), by: z.string() })),
    serverVersion: z.optional(z.string()),
    edition: z.optional(z.string()),
    actsAs: z.optional(z.string()),
    capabilities: ConnectionView.shape.capabilities,
    writesBindings: z.optional(z.boolean()),
    token: z.optional(z.omit(TokenFacts, { warning: true })),
    state: ConnectionView.shape.state,
    health: ConnectionView.shape.health,
  }),
});
const StoredName = z.strictObject({ version: z.literal(1), connectionId: z.string() });

const mostConnections = 100;

/** Connections without their secrets, and the names that only one of them may have. */
export function createConnectionRepository(store: KeyValueStore): ConnectionStore {
  /** A name that was claimed by a connection that never came to be, or is gone, is free again. */
  async function claimName(name: string, connectionId: string): Promise<boolean> {
    const key = keys.connectionName(name);
    const claim = { version: 1, connectionId };
    if (await store.add(key, claim)) return true;
    const owner = parseRecord(StoredName, key, await store.get(key)).connectionId;
    if (owner === connectionId) return true;
    const other = await find(owner);
    if (other && keys.connectionName(other.name) === key) return false;
    await store.set(key, claim);
    return true;
  }

  async function find(connectionId: string): Promise<Connection | undefined> {
    const stored = await store.getEntity(entities.connection, connectionId);
    return stored === undefined ? undefined : toConnection(connectionId, stored);
  }

  return {
    find,

    async add(connection) {
      const { connectionId, name } = connection;
      if (!(await claimName(name, connectionId))) return false;
      return store.addEntity(entities.connection, connectionId, toValue(connection));
    },

    async replace(connection, expectedSequence) {
      const { connectionId, name } = connection;
      const before = await find(connectionId);
      if (before?.sequence !== expectedSequence) return false;
      if (!(await claimName(name, connectionId))) return false;
      const isWritten = await store.replaceEntity(
        entities.connection,
        connectionId,
        toValue(connection),
        { sequence: expectedSequence },
      );
      const isRenamed = keys.connectionName(before.name) !== keys.connectionName(name);
      if (isWritten && isRenamed) await store.delete(keys.connectionName(before.name));
      return isWritten;
    },

    async remove({ connectionId, name }) {
      await store.removeEntity(entities.connection, connectionId);
      const key = keys.connectionName(name);
      const claim = StoredName.safeParse(await store.get(key));
      if (claim.data?.connectionId === connectionId) await store.delete(key);
    },

    async list() {
      const { items } = await store.queryEntities(entities.connection, {
        index: indexes.byKey,
        limit: mostConnections,
      });
      return items.map(({ key, value }) => toConnection(key, value));
    },
  };
}

/** The version of the form is apart from the server's. */
function toValue({ connectionId, sequence, version: serverVersion, ...facts }: Connection) {
  return { sequence, record: { version: 1, ...facts, serverVersion } };
}

function toConnection(connectionId: string, stored: unknown): Connection {
  const { sequence, record } = parseRecord(StoredConnection, connectionId, stored);
  const { serverVersion, ...facts } = withoutVersion(record);
  return { connectionId, sequence, ...facts, version: serverVersion };
}
