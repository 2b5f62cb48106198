import type { Connection, ServerAccess } from '../domain/connection';
import type { OpenServer } from '../domain/ports/analysis-server';
import type { Log } from '../domain/ports/log';
import type { ConnectionStore, SecretStore } from '../domain/ports/stores';
import { findAccess } from './connections/find-access';
import { removeWebhooks } from './connections/forget-connection';

export interface PrepareUninstallOptions {
  readonly connections: ConnectionStore;
  readonly secrets: SecretStore;
  readonly openServer: OpenServer;
  readonly log: Log;
}

export type PrepareUninstall = () => Promise<void>;

/**
 * What would do harm after the app is gone goes first: webhooks on the servers, and stored credentials. One server that
 * fails or hangs does not keep the others from being cleaned up.
 */
export function createPrepareUninstall(options: PrepareUninstallOptions): PrepareUninstall {
  const { connections, secrets, openServer, log } = options;

  async function cleanUp({ connectionId }: Connection): Promise<void> {
    const access: ServerAccess | undefined = await findAccess(options, connectionId);
    // The token goes even when the server does not answer.
    await Promise.allSettled([
      access && removeWebhooks(openServer(access), connectionId, log),
      secrets.removeAll(connectionId),
    ]);
  }

  return async () => {
    await Promise.all((await connections.list()).map(cleanUp));
  };
}
