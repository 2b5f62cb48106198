import type { ConnectionStore } from '../../domain/ports/stores';
import { AppError } from '../../errors/app-error';
import { requireConnection } from '../connections/change-connection';
import type { ChangedOperation, ChangeOperation } from './change-operation';

export interface StartDisconnectOptions {
  readonly connections: ConnectionStore;
  readonly changeOperation: ChangeOperation;
}

export type StartDisconnect = (input: {
  readonly connectionId: string;
  /** The name of the connection, typed by a person as the confirmation. */
  readonly typedName: string;
  readonly accountId: string;
}) => Promise<ChangedOperation>;

/** Starts the unbinding of everything that a connection has. @throws {AppError} INVALID_INPUT for another name. */
export function createStartDisconnect(options: StartDisconnectOptions): StartDisconnect {
  const { connections, changeOperation } = options;
  return async ({ connectionId, typedName, accountId }) => {
    const { name } = await requireConnection(connections, connectionId);
    if (typedName.trim() !== name) {
      throw new AppError(
        'INVALID_INPUT',
        `Nothing was changed. Type "${name}", the name of the connection, to confirm.`,
      );
    }
    return changeOperation.start({ kind: 'disconnect', connectionId, name, startedBy: accountId });
  };
}
