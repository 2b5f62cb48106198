import type { BoundProject } from '../domain/binding';
import type { Connection, ServerAccess } from '../domain/connection';
import type { OpenServer } from '../domain/ports/analysis-server';
import type { Clock } from '../domain/ports/clock';
import type { Log } from '../domain/ports/log';
import type { BindingStore, ConnectionStore, SecretStore } from '../domain/ports/stores';
import type { ServerBindingKeeper } from './bindings/server-binding';
import { findAccess } from './connections/find-access';
import { removeWebhooks } from './connections/forget-connection';

export interface PrepareUninstallOptions {
  readonly connections: ConnectionStore;
  readonly bindings: BindingStore;
  readonly secrets: SecretStore;
  readonly openServer: OpenServer;
  readonly serverBinding: ServerBindingKeeper;
  readonly clock: Clock;
  readonly log: Log;
}

export type PrepareUninstall = () => Promise<void>;

/** Of the 55 s and 100 outbound calls that the platform gives, with room for what is on its way. */
const longestMs = 40_000;
const mostCalls = 90;
const callsForEach = { webhooks: 3, binding: 2 };
const atOnce = 5;

/**
 * What would do harm after the app is gone goes first: webhooks on the servers, and stored credentials. One server that
 * fails or hangs does not keep the others from being cleaned up. Then the servers' own records of bindings go, as many as
 * fit; a later installation finds the rest by comparing.
 */
export function createPrepareUninstall(options: PrepareUninstallOptions): PrepareUninstall {
  const { connections, bindings, secrets, openServer, serverBinding, clock, log } = options;

  async function cleanUp({ connectionId }: Connection): Promise<ServerAccess | undefined> {
    const access = await findAccess(options, connectionId);
    // The token goes even when the server does not answer.
    await Promise.allSettled([
      access && removeWebhooks(openServer(access), connectionId, log),
      secrets.removeAll(connectionId),
    ]);
    return access;
  }

  async function removeBindings(
    accesses: ReadonlyMap<string, ServerAccess>,
    budget: { calls: number; readonly endsAtMs: number },
  ): Promise<void> {
    let cursor: string | undefined;
    do {
      const page = await bindings.list({ limit: 100, cursor });
      const written = page.items.flatMap(({ repositoryUuid, projects }) =>
        projects
          .filter(({ serverRecord }) => serverRecord !== undefined)
          .map((project) => ({ repositoryUuid, project })),
      );
      for (let from = 0; from < written.length; from += atOnce) {
        const some = written.slice(from, from + atOnce);
        budget.calls -= some.length * callsForEach.binding;
        if (budget.calls < 0 || clock.nowMs() >= budget.endsAtMs) return;
        await Promise.all(some.map((each) => removeBinding(each, accesses)));
      }
      cursor = page.nextCursor;
    } while (cursor !== undefined);
  }

  async function removeBinding(
    {
      repositoryUuid,
      project,
    }: { readonly repositoryUuid: string; readonly project: BoundProject },
    accesses: ReadonlyMap<string, ServerAccess>,
  ): Promise<void> {
    const access = accesses.get(project.connectionId);
    if (access) await serverBinding.remove({ ...project, repositoryUuid }, project, access);
  }

  return async () => {
    const endsAtMs = clock.nowMs() + longestMs;
    const known = await connections.list();
    const accesses = new Map<string, ServerAccess>();
    await Promise.all(
      known.map(async (connection) => {
        const access = await cleanUp(connection);
        if (access) accesses.set(connection.connectionId, access);
      }),
    );
    const calls = mostCalls - known.length * callsForEach.webhooks;
    await removeBindings(accesses, { calls, endsAtMs });
  };
}
