import type { AnalysisServer, OpenServer } from '../../domain/ports/analysis-server';
import type { CallRecordStore } from '../../domain/ports/call-budget';
import type { Log } from '../../domain/ports/log';
import type {
  ConnectionStore,
  DeliveryLog,
  FindingStore,
  SecretStore,
} from '../../domain/ports/stores';
import { RemoteError } from '../../errors/remote-errors';
import { isOwn } from '../ensure-webhook';
import { findAccess } from './find-access';

export interface ForgetConnectionOptions {
  readonly connections: ConnectionStore;
  readonly secrets: SecretStore;
  readonly findings: FindingStore;
  readonly callRecords: CallRecordStore;
  readonly deliveries: DeliveryLog;
  readonly openServer: OpenServer;
  readonly log: Log;
}

const connectionFindings = [
  'connectionFailing',
  'baseUrlDiffers',
  'tokenExpiring',
  'organizationUnbound',
  'webhookRestored',
] as const;

export type ForgetConnection = (connectionId: string) => Promise<void>;

/**
 * Takes a connection away that nothing is bound through any more: its webhook, its token, its record. The record goes
 * last, so that a crash leaves something to repeat it by; a server that does not answer keeps a webhook that is refused.
 */
export function createForgetConnection(options: ForgetConnectionOptions): ForgetConnection {
  const { connections, secrets, findings, openServer, log } = options;
  return async (connectionId) => {
    const access = await findAccess(options, connectionId);
    if (access) await removeWebhooks(openServer(access), connectionId, log);
    await secrets.removeAll(connectionId);
    for (const code of connectionFindings) await findings.clear(code, connectionId);
    await options.callRecords.remove(connectionId);
    await options.deliveries.removeWebhook(connectionId);
    const connection = await connections.find(connectionId);
    if (connection) await connections.remove(connection);
  };
}

/** Removes the webhooks of a connection on its server, as far as the server lets us. */
export async function removeWebhooks(
  server: AnalysisServer,
  connectionId: string,
  log?: Log,
): Promise<void> {
  try {
    for (const hook of await server.listWebhooks()) {
      if (isOwn(hook, connectionId)) await server.deleteWebhook(hook.key);
    }
  } catch (error) {
    if (!(error instanceof RemoteError)) throw error;
    log?.warn('a webhook stays on the server', { connectionId, status: error.status });
  }
}
