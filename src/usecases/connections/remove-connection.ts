import type { Connection } from '../../domain/connection';
import type { BindingStore, ConnectionStore } from '../../domain/ports/stores';
import { AppError } from '../../errors/app-error';
import { conflict, requireConnection } from './change-connection';
import type { ForgetConnection } from './forget-connection';

export interface RemoveConnectionOptions {
  readonly connections: ConnectionStore;
  readonly bindings: BindingStore;
  readonly forgetConnection: ForgetConnection;
}

export type RemoveConnection = (input: {
  readonly connectionId: string;
  readonly sequence: number;
}) => Promise<Connection>;

/**
 * Removes a connection that no repository uses, with its webhook and token, and answers what was removed.
 * @throws {AppError} CONFLICT while it is used, or when somebody changed it first.
 */
export function createRemoveConnection(options: RemoveConnectionOptions): RemoveConnection {
  const { connections, bindings, forgetConnection } = options;
  return async ({ connectionId, sequence }) => {
    const connection = await requireConnection(connections, connectionId);
    if (connection.sequence !== sequence) throw conflict();
    // From here on nobody binds through it (see `bindProject`), so that the look below stays true.
    const marked = { ...connection, sequence: sequence + 1, state: 'disconnecting' } as const;
    if (!(await connections.replace(marked, sequence))) throw conflict();
    const { items } = await bindings.listClaims(connectionId, { limit: 1 });
    if (items.length > 0) {
      const { state } = connection;
      await connections.replace({ ...marked, sequence: sequence + 2, state }, sequence + 1);
      throw new AppError(
        'CONFLICT',
        `Repositories are bound through "${connection.name}". Unbind them first, or disconnect it, which unbinds them all.`,
      );
    }
    await forgetConnection(connectionId);
    return connection;
  };
}
