import type { Connection } from '../../domain/connection';
import type { OpenServer } from '../../domain/ports/analysis-server';
import type { Clock } from '../../domain/ports/clock';
import type { Log } from '../../domain/ports/log';
import type {
  ConnectionStore,
  DeliveryLog,
  FindingDraft,
  FindingStore,
  SecretStore,
} from '../../domain/ports/stores';
import { toDiagnosis } from '../../errors/diagnose';
import { RemoteError } from '../../errors/remote-errors';
import type { EnsureWebhook } from '../ensure-webhook';
import { changeConnection } from './change-connection';
import { findAccess } from './find-access';
import { reportHealth } from './report-health';
import type { TestConnection, TestedConnection } from './test-connection';

export interface CheckConnectionsOptions {
  readonly connections: ConnectionStore;
  readonly secrets: SecretStore;
  readonly findings: FindingStore;
  readonly openServer: OpenServer;
  readonly testConnection: TestConnection;
  readonly ensureWebhook: EnsureWebhook;
  readonly deliveries: DeliveryLog;
  readonly clock: Clock;
  readonly log: Log;
}

export type CheckConnections = () => Promise<void>;

/** A check makes about eight calls, and a function may make 100 in a minute. */
const mostAtOnce = 10;

/**
 * Tries the connections that were not tried for the longest time with their stored tokens, keeps what was found with
 * each, and puts webhooks back that went missing. One that fails does not keep the others from being tried.
 */
export function createCheckConnections(options: CheckConnectionsOptions): CheckConnections {
  const { connections, openServer, testConnection, ensureWebhook, clock, log } = options;

  async function keep(
    connectionId: string,
    change: (current: Connection) => Connection | undefined,
  ): Promise<void> {
    const kept = await changeConnection(connections, connectionId, change);
    if (kept) await reportHealth(options.findings, kept, clock.nowMs());
  }

  async function check({ connectionId }: Connection): Promise<void> {
    const access = await findAccess(options, connectionId);
    const checkedAt = new Date(clock.nowMs()).toISOString();
    if (!access) {
      const health = {
        state: 'failing',
        checkedAt,
        diagnosis: toDiagnosis('unauthorized'),
      } as const;
      await keep(connectionId, (current) => ({ ...current, health }));
      return;
    }
    const { connection, token } = access;
    const { kind } = connection;
    if (kind === 'demo') return;
    const tested = await testConnection({ ...connection, kind, token });
    await keep(connectionId, (current) =>
      // Somebody who changed the address has tested the new one.
      current.url === connection.url ? withResult(current, tested, checkedAt) : undefined,
    );
    const hasOwner = connection.kind === 'sonarqube-server' || connection.organizationKey;
    if (!tested.test.isUsable || !hasOwner || connection.state !== 'active') return;
    const before = await options.deliveries.findWebhook(connectionId);
    const outcome = await ensureWebhook(connectionId, openServer({ connection, token })).catch(
      (error: unknown) => {
        if (!(error instanceof RemoteError)) throw error;
        log.warn('the webhook could not be looked after', { connectionId, status: error.status });
        return undefined;
      },
    );
    const wasGone = outcome === 'created' && before.state === 'there';
    if (wasGone) await options.findings.report(webhookRestored(connection));
  }

  return async () => {
    const all = await connections.list();
    const due = [...all]
      .sort((one, other) =>
        (one.health.checkedAt ?? '').localeCompare(other.health.checkedAt ?? ''),
      )
      .slice(0, mostAtOnce);
    await Promise.all(
      due.map((connection) =>
        check(connection).catch((error: unknown) => {
          log.error('a connection could not be checked', error, {
            connectionId: connection.connectionId,
          });
        }),
      ),
    );
  };
}

/** Somebody who removes it on purpose should know that it comes back. */
function webhookRestored({ connectionId, name }: Connection): FindingDraft {
  return {
    code: 'webhookRestored',
    severity: 'info',
    subject: { kind: 'connection', id: connectionId, name },
    message: `The webhook of "${name}" was gone from the server and was made again. What came in between was found by asking.`,
    nextStep: 'If somebody removes it on purpose, disconnect the server instead.',
    repair: 'Understood',
  };
}

/** What the server said of itself is kept while it does not answer. */
function withResult(
  current: Connection,
  { test, facts }: TestedConnection,
  checkedAt: string,
): Connection {
  const diagnosis = test.checks.find(({ outcome }) => outcome === 'failed')?.diagnosis;
  if (diagnosis) return { ...current, health: { state: 'failing', checkedAt, diagnosis } };
  const warned = test.checks.find(({ outcome }) => outcome === 'warning')?.diagnosis;
  const { tokenExpiresAt, ...known } = facts;
  return {
    ...current,
    ...known,
    ...(current.token && { token: { ...current.token, expiresAt: tokenExpiresAt } }),
    health: { state: 'ok', checkedAt, ...(warned && { diagnosis: warned }) },
  };
}
