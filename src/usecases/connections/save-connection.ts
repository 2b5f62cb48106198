import type { ConnectionTest } from '../../contracts/connections';
import type { Connection, ServerKind } from '../../domain/connection';
import type { OpenServer } from '../../domain/ports/analysis-server';
import type { Clock } from '../../domain/ports/clock';
import type { Randomness } from '../../domain/ports/randomness';
import type { ConnectionStore, SecretStore } from '../../domain/ports/stores';
import { AppError } from '../../errors/app-error';
import { RemoteError } from '../../errors/remote-errors';
import type { EnsureWebhook, WebhookOutcome } from '../ensure-webhook';
import { changeConnection, conflict, requireConnection } from './change-connection';
import { removeWebhooks } from './forget-connection';
import { requireUsable } from './require-usable';
import type { ConnectionDraft, TestConnection, TestedConnection } from './test-connection';
import { toToken } from './to-token';

export interface SaveConnectionOptions {
  readonly connections: ConnectionStore;
  readonly secrets: SecretStore;
  readonly openServer: OpenServer;
  readonly testConnection: TestConnection;
  readonly ensureWebhook: EnsureWebhook;
  readonly randomness: Randomness;
  readonly clock: Clock;
}

export interface AddConnectionInput extends Omit<ConnectionDraft, 'token'> {
  readonly name: string;
  readonly token?: string | undefined;
}

export interface UpdateConnectionInput {
  readonly connectionId: string;
  /** The one that the page saw. */
  readonly sequence: number;
  readonly name: string;
  readonly url: string;
  readonly publicUrl?: string | undefined;
  readonly writesBindings?: boolean | undefined;
  /** Absent keeps the stored one, which is allowed as long as the address stays. */
  readonly token?: string | undefined;
}

export interface SavedConnection {
  readonly before: Connection | undefined;
  readonly connection: Connection;
  readonly test: ConnectionTest;
  readonly webhook: WebhookOutcome;
}

export interface SaveConnection {
  /**
   * Adds a connection that passed its test. @throws {AppError} INVALID_INPUT or UNAVAILABLE with the diagnosis,
   * CONFLICT for a name or server that is connected already.
   */
  add(input: AddConnectionInput): Promise<SavedConnection>;
  /** Changes name, addresses and token after a test. @throws {AppError} as `add`, and CONFLICT when somebody was first. */
  update(input: UpdateConnectionInput): Promise<SavedConnection>;
  /** Puts a new token in the place of the old one, which stays when the new one does not work. @throws {AppError} as `add`. */
  rotateToken(input: {
    readonly connectionId: string;
    readonly token: string;
  }): Promise<SavedConnection>;
}

/** Saves connections. The right to do so is the caller's to prove; tokens go to the secret store and nowhere else. */
export function createSaveConnection(options: SaveConnectionOptions): SaveConnection {
  const { connections, secrets, openServer, testConnection, ensureWebhook, clock } = options;

  /** Stores the token and what is known of it, and makes sure of the webhook. */
  async function saveToken(
    connection: Connection,
    token: string,
    tested: TestedConnection,
  ): Promise<{ readonly connection: Connection; readonly webhook: WebhookOutcome }> {
    const { connectionId, url } = connection;
    await secrets.saveToken(connectionId, { token, url });
    const saved = await changeConnection(connections, connectionId, (current) =>
      withFacts(current, tested, {
        lastCharacters: token.slice(-4),
        savedAt: new Date(clock.nowMs()).toISOString(),
      }),
    );
    if (!saved) throw conflict();
    return { connection: saved, webhook: await ensureOwnWebhook(saved, token) };
  }

  function withFacts(
    current: Connection,
    { facts }: TestedConnection,
    token: Omit<NonNullable<Connection['token']>, 'expiresAt'> | undefined,
  ): Connection {
    const { tokenExpiresAt, ...known } = facts;
    const ownToken = token ?? current.token;
    return {
      ...current,
      ...known,
      ...(ownToken && { token: { ...ownToken, expiresAt: tokenExpiresAt } }),
      health: { state: 'ok', checkedAt: new Date(clock.nowMs()).toISOString() },
    };
  }

  /** A server that refuses or fails now is asked again by the hourly check. */
  async function ensureOwnWebhook(connection: Connection, token: string): Promise<WebhookOutcome> {
    if (connection.kind === 'sonarqube-cloud' && connection.organizationKey === undefined) {
      return 'unavailable';
    }
    try {
      return await ensureWebhook(connection.connectionId, openServer({ connection, token }));
    } catch (error) {
      if (error instanceof RemoteError) return 'unavailable';
      throw error;
    }
  }

  async function requireFree(
    { url, organizationKey }: Pick<Connection, 'url' | 'organizationKey'>,
    connectionId?: string,
  ): Promise<void> {
    const other = (await connections.list()).find(
      (each) =>
        each.url === url &&
        each.organizationKey === organizationKey &&
        each.connectionId !== connectionId,
    );
    if (!other) return;
    throw new AppError(
      'CONFLICT',
      `The connection "${other.name}" leads to the same server already. Use that one, or rotate its token.`,
    );
  }

  return {
    async add({ name, token: typedToken, ...input }) {
      const token = toToken(typedToken);
      const organizationKey = toOrganizationKey(input);
      const tested = await testConnection({ ...input, organizationKey, token });
      requireUsable(tested.test);
      const { url, publicUrl } = tested;
      await requireFree({ url, organizationKey });
      const connection: Connection = {
        connectionId: options.randomness.uuid(),
        sequence: 1,
        name: name.trim(),
        kind: input.kind,
        url,
        publicUrl,
        organizationKey,
        writesBindings: input.writesBindings,
        capabilities: tested.facts.capabilities,
        state: 'active',
        health: { state: 'unknown' },
      };
      // The record first: what a crash leaves behind is on the page, and no token lies where nobody sees it.
      if (!(await connections.add(connection))) throw nameTaken(name);
      return {
        before: undefined,
        test: tested.test,
        ...(await saveToken(connection, token, tested)),
      };
    },

    async update({ connectionId, sequence, name, ...input }) {
      const before = await requireConnection(connections, connectionId);
      if (before.sequence !== sequence) throw conflict();
      const stored = await secrets.findToken(connectionId);
      const token = input.token === undefined ? undefined : toToken(input.token);
      const tried = token ?? (isSameServer(input.url, before.url) ? stored?.token : undefined);
      if (tried === undefined) throw tokenNeeded();
      const { organizationKey } = before;
      const kind = requireServerKind(before);
      const tested = await testConnection({
        connectionId,
        kind,
        organizationKey,
        ...input,
        token: tried,
      });
      requireUsable(tested.test);
      const { url, publicUrl } = tested;
      const isMoved = url !== before.url;
      await requireFree({ url, organizationKey }, connectionId);
      const next = {
        ...before,
        sequence: sequence + 1,
        name: name.trim(),
        url,
        publicUrl,
        writesBindings: input.writesBindings,
      };
      const facts = withFacts(next, tested, undefined);
      if (!(await connections.replace(facts, sequence))) {
        const isStill = (await connections.find(connectionId))?.sequence === sequence;
        throw isStill ? nameTaken(name) : conflict();
      }
      const saved =
        token === undefined
          ? { connection: facts, webhook: await ensureOwnWebhook(facts, tried) }
          : await saveToken(facts, token, tested);
      if (isMoved && stored?.url === before.url) {
        await removeWebhooks(openServer({ connection: before, token: stored.token }), connectionId);
      }
      return { before, test: tested.test, ...saved };
    },

    async rotateToken({ connectionId, token: typedToken }) {
      const before = await requireConnection(connections, connectionId);
      const token = toToken(typedToken);
      const tested = await testConnection({ ...before, kind: requireServerKind(before), token });
      requireUsable(tested.test);
      return { before, test: tested.test, ...(await saveToken(before, token, tested)) };
    },
  };
}

/** @throws {AppError} INVALID_INPUT for the demo, which has nothing that could be changed. */
function requireServerKind({ kind }: Connection): ServerKind {
  if (kind !== 'demo') return kind;
  throw new AppError(
    'INVALID_INPUT',
    'The demo has no address and no token. Leave it, and connect a server.',
  );
}

/** Only what the stored token may be sent to: the same address in the form that is stored. */
function isSameServer(typed: string, stored: string): boolean {
  return URL.canParse(typed.trim()) && new URL(typed.trim()).href.replace(/\/+$/, '') === stored;
}

function toOrganizationKey(input: Omit<ConnectionDraft, 'token'>): string | undefined {
  const key = input.organizationKey?.trim() ?? '';
  return input.kind === 'sonarqube-cloud' && key !== '' ? key : undefined;
}

function tokenNeeded(): AppError {
  return new AppError(
    'INVALID_INPUT',
    'The address was changed, so the token is needed again. Enter the token for the new address.',
  );
}

function nameTaken(name: string): AppError {
  return new AppError(
    'CONFLICT',
    `There is a connection named "${name.trim()}" already. Choose another name.`,
  );
}
