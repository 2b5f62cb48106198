import type { Connection } from '../../domain/connection';
import { usedByOtherInstallation } from '../../domain/organization';
import type { AnalysisServer, OpenServer } from '../../domain/ports/analysis-server';
import type { Clock } from '../../domain/ports/clock';
import type { WebTriggerUrls } from '../../domain/ports/messaging';
import { AppError } from '../../errors/app-error';
import { RemoteError } from '../../errors/remote-errors';
import { conflict } from '../connections/change-connection';
import { isOwn, webhookName, type EnsureWebhook } from '../ensure-webhook';
import type { ListOrganizations } from './list-organizations';
import { asking, openCloud, type OpenOrganizationsOptions } from './open-organizations';

export interface BindOrganizationOptions extends OpenOrganizationsOptions {
  readonly listOrganizations: ListOrganizations;
  readonly openServer: OpenServer;
  readonly webTriggerUrls: WebTriggerUrls;
  readonly ensureWebhook: EnsureWebhook;
  readonly clock: Clock;
}

export interface BindOrganizationInput {
  readonly connectionId: string;
  readonly organizationKey: string;
  readonly takeOver: boolean;
  readonly accountId: string;
  readonly workspaceUuid: string;
}

export type BindOrganization = (
  input: BindOrganizationInput,
) => Promise<{ readonly before: Connection; readonly after: Connection }>;

/**
 * Binds the workspace to an organization that is there: one record says so, and nothing of the organization changes but
 * its webhook. Safe to repeat after a crash.
 * @throws {AppError} INVALID_INPUT with the refusal, NOT_FOUND without the organization, CONFLICT when the connection has
 * another one, another installation uses it, or somebody was first.
 */
export function createBindOrganization(options: BindOrganizationOptions): BindOrganization {
  const { connections, openServer, webTriggerUrls, ensureWebhook, clock } = options;

  /** Webhooks of ours in name that lead to another installation. */
  async function findForeign(server: AnalysisServer, connectionId: string) {
    const own = await webTriggerUrls.getDeliveryUrl();
    const hooks = await server.listWebhooks();
    return hooks.filter(
      (hook) =>
        hook.name === webhookName && !isOwn(hook, connectionId) && !hook.url.startsWith(`${own}/`),
    );
  }

  return (input) =>
    asking(async () => {
      const { connectionId, organizationKey } = input;
      const opened = await openCloud(options, connectionId);
      const { connection, access } = opened;
      const { listOrganizations } = options;
      const found = await listOrganizations.judge(opened, organizationKey, input.workspaceUuid);
      if (!found) {
        throw new AppError(
          'NOT_FOUND',
          `There is no organization "${organizationKey}", or the token may not see it. Check the key.`,
        );
      }
      if (found.refusal) throw refused(found.refusal);
      if (connection.state === 'disconnecting') throw conflict();
      if (
        connection.organizationKey !== undefined &&
        connection.organizationKey !== organizationKey
      ) {
        throw new AppError(
          'CONFLICT',
          `"${connection.name}" is bound to "${connection.organizationKey}". Unbind that organization first, or add another connection.`,
        );
      }
      const bound = { ...access.connection, ...connection, organizationKey };
      const server = openServer({ connection: bound, token: access.token });
      const foreign = await findForeign(server, connectionId);
      if (foreign.length > 0 && !input.takeOver)
        throw refused(usedByOtherInstallation(organizationKey));
      for (const hook of foreign) await server.deleteWebhook(hook.key);
      const after: Connection = {
        ...connection,
        organizationKey,
        organizationBound: connection.organizationBound ?? {
          at: new Date(clock.nowMs()).toISOString(),
          by: input.accountId,
        },
        sequence: connection.sequence + 1,
      };
      if (!(await connections.replace(after, connection.sequence))) throw conflict();
      // One that the server refuses now is put back by the hourly check.
      await ensureWebhook(connectionId, server).catch((error: unknown) => {
        if (!(error instanceof RemoteError)) throw error;
      });
      return { before: connection, after };
    });
}

function refused({
  code,
  message,
  nextStep,
}: ReturnType<typeof usedByOtherInstallation>): AppError {
  return new AppError(
    code === 'usedByOtherInstallation' ? 'CONFLICT' : 'INVALID_INPUT',
    `${message} ${nextStep}`,
  );
}
