import type { Connection, ConnectionKind } from '../domain/connection';
import { checkConnectionUrl } from '../domain/connection-url';
import type { OpenServer } from '../domain/ports/analysis-server';
import type { Randomness } from '../domain/ports/randomness';
import type { ConnectionStore, SecretStore } from '../domain/ports/stores';
import { AppError } from '../errors/app-error';
import { describeRemoteError, needsPerson } from '../errors/describe-remote-error';
import { RemoteError } from '../errors/remote-errors';
import type { EnsureWebhook, WebhookOutcome } from './ensure-webhook';

export interface ConnectServerInput {
  readonly name: string;
  readonly kind: ConnectionKind;
  readonly url: string;
  readonly token: string;
  readonly organizationKey?: string | undefined;
}

export interface ConnectServerOptions {
  readonly connections: ConnectionStore;
  readonly secrets: SecretStore;
  readonly openServer: OpenServer;
  readonly randomness: Randomness;
  readonly ensureWebhook: EnsureWebhook;
}

export type ConnectServer = (
  input: ConnectServerInput,
) => Promise<{ readonly connectionId: string; readonly webhook: WebhookOutcome }>;

/**
 * Connects an analysis server, or renews the connection to the same server and organization: checks the address, tries
 * the token, stores both and makes sure of the webhook. The right to do so is the caller's to prove.
 * @throws {AppError} INVALID_INPUT for what a person has to correct, UNAVAILABLE when the server does not answer.
 */
export function createConnectServer(options: ConnectServerOptions): ConnectServer {
  const { connections, secrets, openServer, randomness, ensureWebhook } = options;
  return async (input) => {
    const { name, kind } = input;
    const checked = checkConnectionUrl(kind, input.url);
    if (!checked.ok) throw new AppError('INVALID_INPUT', checked.problem);
    const { url } = checked;
    const organizationKey = toOrganizationKey(input);
    const token = toToken(input);

    const facts = { kind, url, organizationKey };
    const version = await tryServer(async () => {
      const server = openServer({ connection: facts, token });
      if (!(await server.isTokenValid())) {
        throw new AppError(
          'INVALID_INPUT',
          'The server does not accept this token. Check that it was copied whole and has not expired.',
        );
      }
      return server.findVersion();
    });

    const known = (await connections.list()).find(
      (each) => each.url === url && each.organizationKey === organizationKey,
    );
    const connectionId = known?.connectionId ?? randomness.uuid();
    // The token first: a connection without one could not be used by a job that runs in between.
    await secrets.saveToken(connectionId, token);
    const connection: Connection = {
      connectionId,
      sequence: (known?.sequence ?? 0) + 1,
      name,
      ...facts,
      version,
    };
    const isSaved = await (known
      ? connections.replace(connection, known.sequence)
      : connections.add(connection));
    if (!isSaved) {
      throw new AppError(
        'CONFLICT',
        `There is a connection named "${name}", or somebody else changed it at the same moment. Choose another name or try again.`,
      );
    }
    const webhook = await tryServer(() =>
      ensureWebhook(connectionId, openServer({ connection: { ...facts, version }, token })),
    );
    return { connectionId, webhook };
  };
}

function toOrganizationKey({ kind, organizationKey }: ConnectServerInput): string | undefined {
  if (kind === 'sonarqube-server') return undefined;
  if (organizationKey !== undefined && organizationKey !== '') return organizationKey;
  throw new AppError(
    'INVALID_INPUT',
    'SonarQube Cloud needs the key of your organization. It is in the address of its page.',
  );
}

/** Tokens are visible ASCII; others do not fit into a header, and the error of that would repeat them. */
function toToken({ token }: ConnectServerInput): string {
  const trimmed = token.trim();
  if (/^[!-~]+$/.test(trimmed)) return trimmed;
  throw new AppError(
    'INVALID_INPUT',
    'The token is empty or has characters that no token has. Copy it again, whole and alone.',
  );
}

async function tryServer<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (!(cause instanceof RemoteError)) throw cause;
    const message = `The server could not be tried. ${describeRemoteError(cause)}`;
    throw new AppError(needsPerson(cause) ? 'INVALID_INPUT' : 'UNAVAILABLE', message, {
      retryAfterSeconds: cause.retryAfterSeconds,
      cause,
    });
  }
}
