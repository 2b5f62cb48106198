import type { Connection, ServerAccess } from '../../domain/connection';
import type { ConnectionStore, SecretStore } from '../../domain/ports/stores';

export interface FindAccessOptions {
  readonly connections: ConnectionStore;
  readonly secrets: SecretStore;
}

/** What it takes to call a server, with all that is known of its connection. */
export interface ConnectionAccess extends ServerAccess {
  readonly connection: Connection;
}

/**
 * What it takes to call the server of a connection; `undefined` without the connection, or without a token that was
 * entered for its present address: between the two writes of a changed address, no token goes to the wrong host.
 */
export async function findAccess(
  { connections, secrets }: FindAccessOptions,
  connectionId: string,
): Promise<ConnectionAccess | undefined> {
  const [connection, stored] = await Promise.all([
    connections.find(connectionId),
    secrets.findToken(connectionId),
  ]);
  if (connection?.kind === 'demo') return { connection, token: '' };
  if (!connection || stored?.url !== connection.url) return undefined;
  return { connection, token: stored.token };
}
