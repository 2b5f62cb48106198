import type { Connection } from '../../domain/connection';
import { bindingOnlyOnServer, toFinding, toProjectSubject } from '../../domain/drift';
import type { Clock } from '../../domain/ports/clock';
import type { Log } from '../../domain/ports/log';
import type { OpenOrganizations } from '../../domain/ports/organizations';
import type { ConnectionStore, FindingStore, SecretStore } from '../../domain/ports/stores';
import { RemoteError } from '../../errors/remote-errors';
import { findAccess } from '../connections/find-access';
import {
  keepsServerBindings,
  type FindServerOnly,
  type ListPosition,
  type ServerOnlyPage,
} from './find-server-only';

export interface ReconcileConnectionOptions {
  readonly connections: ConnectionStore;
  readonly secrets: SecretStore;
  readonly findings: FindingStore;
  readonly openOrganizations: OpenOrganizations;
  readonly findServerOnly: FindServerOnly;
  readonly clock: Clock;
  readonly log: Log;
}

export type ReconcileConnection = (connection: Connection, workspaceUuid: string) => Promise<void>;

/** Pages of the server's own list that are looked at: 1,000 projects. */
const mostPages = 10;
/** Unknown ones that become findings in one comparison; all of them at once are taken over by an operation of its own. */
const mostUnknown = 20;
/** For them, however slow the server is. */
const longestMs = 15_000;

/** What only the server says: bindings that we have not, and an organization that is gone. */
export function createReconcileConnection(
  options: ReconcileConnectionOptions,
): ReconcileConnection {
  const { findings, openOrganizations, findServerOnly, clock, log } = options;

  async function look(connection: Connection, workspaceUuid: string): Promise<void> {
    const { connectionId, organizationKey } = connection;
    const access = await findAccess(options, connectionId);
    if (!access) return;
    if (keepsServerBindings(access)) {
      let from: ListPosition | undefined = { page: 1, index: 0 };
      let left = mostUnknown;
      const endsAtMs = clock.nowMs() + longestMs;
      while (from && from.page <= mostPages && left > 0 && clock.nowMs() < endsAtMs) {
        const page: ServerOnlyPage = await findServerOnly({
          access,
          workspaceUuid,
          from,
          most: left,
          endsAtMs,
        });
        for (const { repositoryName, repositoryUuid, projectKey } of page.found) {
          const place = { repositoryUuid, connectionId, projectKey };
          const subject = toProjectSubject(place, repositoryName);
          await findings.report(bindingOnlyOnServer(subject));
        }
        left -= page.asked;
        from = page.next;
      }
    }
    if (connection.kind !== 'sonarqube-cloud' || organizationKey === undefined) return;
    if (await openOrganizations(access).find(organizationKey)) return;
    const subject = { kind: 'connection', id: connectionId, name: organizationKey } as const;
    await findings.report(toFinding('organizationUnbound', subject));
  }

  return async (connection, workspaceUuid) => {
    try {
      await look(connection, workspaceUuid);
    } catch (error) {
      if (!(error instanceof RemoteError)) throw error;
      const { connectionId } = connection;
      log.warn('a connection could not be compared', { connectionId, status: error.status });
      await findings.touch('organizationUnbound', connectionId);
    }
  };
}
