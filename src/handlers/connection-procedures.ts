import type {
  connectionProcedures,
  ConnectionTest,
  ConnectionView,
} from '../contracts/connections';
import { toFieldChanges, type ChangeDraft, type Written } from '../domain/change';
import type { Connection } from '../domain/connection';
import { toOperationView } from '../domain/operation';
import type { Clock } from '../domain/ports/clock';
import type { ConnectionStore, DeliveryLog, SecretStore } from '../domain/ports/stores';
import { AppError } from '../errors/app-error';
import { requireConnection } from '../usecases/connections/change-connection';
import type { ListUses } from '../usecases/connections/list-uses';
import type { PreviewDisconnect } from '../usecases/connections/preview-disconnect';
import type { RemoveConnection } from '../usecases/connections/remove-connection';
import type { RotateWebhookSecret } from '../usecases/connections/rotate-webhook-secret';
import type { SaveConnection, SavedConnection } from '../usecases/connections/save-connection';
import type { StartDemo } from '../usecases/connections/start-demo';
import type { TestConnection } from '../usecases/connections/test-connection';
import type { ViewUsage } from '../usecases/connections/view-usage';
import { toConnectionView } from '../usecases/connections/to-connection-view';
import { toToken } from '../usecases/connections/to-token';
import type { StartDisconnect } from '../usecases/operations/start-disconnect';
import type { Implementations } from './procedure-resolver';

export interface ConnectionProceduresOptions {
  readonly connections: ConnectionStore;
  readonly secrets: SecretStore;
  readonly clock: Clock;
  readonly testConnection: TestConnection;
  readonly saveConnection: SaveConnection;
  readonly removeConnection: RemoveConnection;
  readonly rotateWebhookSecret: RotateWebhookSecret;
  readonly listUses: ListUses;
  readonly previewDisconnect: PreviewDisconnect;
  readonly startDemo: StartDemo;
  readonly viewUsage: ViewUsage;
  readonly deliveries: DeliveryLog;
  readonly startDisconnect: StartDisconnect;
}

const usesPerPage = 25;

/** The procedures about connections. */
export function createConnectionProcedures(
  options: ConnectionProceduresOptions,
): Implementations<keyof typeof connectionProcedures> {
  const { connections, secrets, clock, saveConnection } = options;

  /** The stored token is only ever sent to the address that it was stored for. */
  async function findToken(draft: { connectionId?: string | undefined; url: string }) {
    const stored = draft.connectionId && (await secrets.findToken(draft.connectionId));
    if (stored && draft.url.trim().replace(/\/+$/, '') === stored.url) return stored.token;
    throw new AppError(
      'INVALID_INPUT',
      'Enter the token for this address; a stored one is kept for its own.',
    );
  }

  function toSaved({ before, connection, test }: SavedConnection, hasNewToken: boolean) {
    const changes = toFieldChanges(toFields(before), toFields(connection));
    if (hasNewToken) changes.push({ field: 'token', after: 'changed' });
    return {
      output: { connection: toConnectionView(connection, clock.nowMs()), test },
      change: toChange(connection, changes),
    } satisfies Written<{ connection: ConnectionView; test: ConnectionTest }>;
  }

  return {
    async 'connection.list'() {
      const all = await connections.list();
      return { connections: all.map((each) => toConnectionView(each, clock.nowMs())) };
    },
    async 'connection.test'({ connectionId, token: typed, ...draft }) {
      const token =
        typed === undefined ? await findToken({ connectionId, ...draft }) : toToken(typed);
      return (await options.testConnection({ connectionId, ...draft, token })).test;
    },
    'connection.add': async (input) => toSaved(await saveConnection.add(input), true),
    async 'connection.startDemo'() {
      const started = await options.startDemo();
      return {
        output: { connection: toConnectionView(started, clock.nowMs()) },
        change: toChange(started, toFieldChanges({}, toFields(started))),
      };
    },
    'connection.update': async (input) =>
      toSaved(await saveConnection.update(input), input.token !== undefined),
    'connection.rotateToken': async (input) =>
      toSaved(await saveConnection.rotateToken(input), true),
    async 'connection.rotateWebhookSecret'({ connectionId }) {
      const connection = await requireConnection(connections, connectionId);
      await options.rotateWebhookSecret(connectionId);
      const changes = [{ field: 'webhook secret', after: 'changed' }];
      return { output: {}, change: toChange(connection, changes) };
    },
    async 'connection.messages'({ connectionId }) {
      const { state, lastMessageAtMs } = await options.deliveries.findWebhook(connectionId);
      return {
        ...(state !== undefined && { webhook: state }),
        ...(lastMessageAtMs !== undefined && {
          lastMessageAt: new Date(lastMessageAtMs).toISOString(),
        }),
      };
    },
    'connection.usage': ({ connectionId }) => options.viewUsage(connectionId),
    async 'connection.uses'({ connectionId, cursor }, { workspaceUuid }) {
      const wanted = { connectionId, cursor, workspaceUuid, limit: usesPerPage };
      const { items, nextCursor } = await options.listUses(wanted);
      return { uses: [...items], ...(nextCursor !== undefined && { nextCursor }) };
    },
    async 'connection.remove'(input) {
      const removed = await options.removeConnection(input);
      return { output: {}, change: toChange(removed, toFieldChanges(toFields(removed), {})) };
    },
    'connection.previewDisconnect': ({ connectionId }, { workspaceUuid }) =>
      options.previewDisconnect({ connectionId, workspaceUuid }),
    async 'connection.disconnect'(input, { accountId }) {
      const { before, after } = await options.startDisconnect({ ...input, accountId });
      const isNew = before?.sequence !== after.sequence;
      const subject = { kind: 'connection', id: input.connectionId, name: after.name } as const;
      return {
        output: { operation: toOperationView(after) },
        change: isNew
          ? { subject, changes: [{ field: 'state', before: 'active', after: 'disconnecting' }] }
          : undefined,
      };
    },
  };
}

function toChange(
  { connectionId, name }: Connection,
  changes: ChangeDraft['changes'],
): ChangeDraft | undefined {
  return changes.length === 0
    ? undefined
    : { subject: { kind: 'connection', id: connectionId, name }, changes };
}

/** What people decide about a connection; never its credentials. */
function toFields(connection: Connection | undefined): Record<string, string | undefined> {
  if (!connection) return {};
  const { name, kind, url, publicUrl, organizationKey, writesBindings } = connection;
  return {
    name,
    kind,
    url,
    'public url': publicUrl,
    organization: organizationKey,
    'writes bindings': writesBindings?.toString(),
  };
}
