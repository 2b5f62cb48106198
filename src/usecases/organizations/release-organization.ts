import type { OpenServer } from '../../domain/ports/analysis-server';
import type { Log } from '../../domain/ports/log';
import type { ConnectionStore, SecretStore } from '../../domain/ports/stores';
import { changeConnection } from '../connections/change-connection';
import { findAccess } from '../connections/find-access';
import { removeWebhooks } from '../connections/forget-connection';

export interface ReleaseOrganizationOptions {
  readonly connections: ConnectionStore;
  readonly secrets: SecretStore;
  readonly openServer: OpenServer;
  readonly log: Log;
}

export type ReleaseOrganization = (connectionId: string) => Promise<void>;

/** Lets go of the organization of a connection that nothing is bound through any more: its webhook, then our record. */
export function createReleaseOrganization(
  options: ReleaseOrganizationOptions,
): ReleaseOrganization {
  const { connections, openServer, log } = options;
  return async (connectionId) => {
    const access = await findAccess(options, connectionId);
    if (access?.connection.organizationKey !== undefined) {
      await removeWebhooks(openServer(access), connectionId, log);
    }
    await changeConnection(connections, connectionId, (current) => ({
      ...current,
      organizationKey: undefined,
      organizationBound: undefined,
      state: 'active',
    }));
  };
}
