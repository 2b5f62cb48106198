import type { Connection } from '../../domain/connection';
import type { ConnectionStore } from '../../domain/ports/stores';
import { AppError } from '../../errors/app-error';

/** Tries of a change that others' changes of the same connection get in the way of. */
const mostTries = 5;

/** @throws {AppError} NOT_FOUND when the connection is gone. */
export async function requireConnection(
  connections: ConnectionStore,
  connectionId: string,
): Promise<Connection> {
  const connection = await connections.find(connectionId);
  if (connection) return connection;
  throw new AppError(
    'NOT_FOUND',
    'There is no such connection any more. Reload the page to see those that there are.',
  );
}

/**
 * Changes what the app itself knows of a connection, on top of whatever is stored at the moment; `change` answers
 * `undefined` when there is nothing to do. `undefined` when the connection is gone.
 * @throws {AppError} CONFLICT when others are first again and again.
 */
export async function changeConnection(
  connections: ConnectionStore,
  connectionId: string,
  change: (current: Connection) => Connection | undefined,
): Promise<Connection | undefined> {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const current = await connections.find(connectionId);
    const changed = current && change(current);
    if (!current || !changed) return current;
    const next = { ...changed, sequence: current.sequence + 1 };
    if (await connections.replace(next, current.sequence)) return next;
  }
  throw conflict();
}

/** Somebody else was first. */
export function conflict(): AppError {
  return new AppError(
    'CONFLICT',
    'Somebody else changed this connection at the same moment. Reload it, look, and save again.',
  );
}
