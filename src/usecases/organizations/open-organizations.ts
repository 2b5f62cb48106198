import type { Connection, ServerAccess } from '../../domain/connection';
import type { OpenOrganizations, Organizations } from '../../domain/ports/organizations';
import type { ConnectionStore, SecretStore } from '../../domain/ports/stores';
import { AppError } from '../../errors/app-error';
import { toServerError } from '../bindings/require-project';
import { requireConnection } from '../connections/change-connection';
import { findAccess } from '../connections/find-access';

export interface OpenOrganizationsOptions {
  readonly connections: ConnectionStore;
  readonly secrets: SecretStore;
  readonly openOrganizations: OpenOrganizations;
}

export interface OpenedOrganizations {
  readonly connection: Connection;
  readonly access: ServerAccess;
  readonly organizations: Organizations;
}

/** Opens the organizations of a Cloud connection. @throws {AppError} NOT_FOUND, or INVALID_INPUT for a Server. */
export async function openCloud(
  options: OpenOrganizationsOptions,
  connectionId: string,
): Promise<OpenedOrganizations> {
  const connection = await requireConnection(options.connections, connectionId);
  if (connection.kind !== 'sonarqube-cloud') {
    throw new AppError(
      'INVALID_INPUT',
      `"${connection.name}" is a SonarQube Server, which has no organizations. Look under DevOps platforms.`,
    );
  }
  const access = await findAccess(options, connectionId);
  if (access) return { connection, access, organizations: options.openOrganizations(access) };
  throw new AppError(
    'NOT_FOUND',
    `The token of "${connection.name}" is missing. Rotate the token to enter one.`,
  );
}

/** Runs the work, with what the server does not answer in words for people. */
export async function asking<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw toServerError(error);
  }
}
