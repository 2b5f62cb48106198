import type { BoundProject } from '../../domain/binding';
import type { Connection } from '../../domain/connection';
import type { AnalysisServer, FoundProject, OpenServer } from '../../domain/ports/analysis-server';
import type { ConnectionStore, SecretStore } from '../../domain/ports/stores';
import { AppError } from '../../errors/app-error';
import { findAccess } from '../connections/find-access';
import { describeRemoteError } from '../../errors/describe-remote-error';
import { RemoteError, RemoteForbiddenError } from '../../errors/remote-errors';

export interface OpenConnectionOptions {
  readonly connections: ConnectionStore;
  readonly secrets: SecretStore;
  readonly openServer: OpenServer;
}

/** Opens the server of a connection with its stored token. @throws {AppError} NOT_FOUND when one of them is gone. */
export async function openConnection(
  { connections, secrets, openServer }: OpenConnectionOptions,
  connectionId: string,
): Promise<AnalysisServer> {
  const access = await findAccess({ connections, secrets }, connectionId);
  if (!access) {
    throw new AppError(
      'NOT_FOUND',
      'There is no such connection any more. Reload the page, or ask a workspace administrator to connect the server.',
    );
  }
  if (access.connection.state === 'disconnecting') throw disconnecting(access.connection);
  return openServer(access);
}

/** Nothing new is bound through a connection on its way out. */
export function disconnecting({ name }: Pick<Connection, 'name'>): AppError {
  return new AppError(
    'CONFLICT',
    `The connection "${name}" is being disconnected. Choose another one, or ask a workspace administrator.`,
  );
}

/** What a person is told when the server could not be asked. */
export function toServerError(error: unknown): unknown {
  if (!(error instanceof RemoteError)) return error;
  return new AppError('UNAVAILABLE', `The server was not asked. ${describeRemoteError(error)}`, {
    retryAfterSeconds: error.retryAfterSeconds,
    cause: error,
  });
}

/**
 * What the server calls the project; `undefined` when it does not tell this token.
 * @throws {AppError} NOT_FOUND when the server has no such project, UNAVAILABLE when it does not say.
 */
export async function requireProject(
  options: OpenConnectionOptions,
  { connectionId, projectKey }: Pick<BoundProject, 'connectionId' | 'projectKey'>,
): Promise<string | undefined> {
  const server = await openConnection(options, connectionId);
  const found = await findProject(server, projectKey).catch((error: unknown) => {
    throw toServerError(error);
  });
  if (found) return found.name;
  throw new AppError(
    'NOT_FOUND',
    `The server has no project "${projectKey}", or the token may not see it. Check the key.`,
  );
}

/** A token that may only analyse cannot ask for a project, but for its pull requests. */
async function findProject(
  server: AnalysisServer,
  projectKey: string,
): Promise<FoundProject | undefined> {
  try {
    return await server.findProject(projectKey);
  } catch (error) {
    if (!(error instanceof RemoteForbiddenError)) throw error;
    return (await server.listPullRequests(projectKey)) && {};
  }
}
