import type { ConnectionKind } from '../contracts/connections';

export type { ConnectionKind } from '../contracts/connections';

/** One analysis server that the workspace may use. The token is apart, in the secret store. */
export interface Connection {
  readonly connectionId: string;
  /** Counts the writes of the record; a write names the one it was made on. */
  readonly sequence: number;
  readonly name: string;
  readonly kind: ConnectionKind;
  /** Without a trailing slash; may have a context path. */
  readonly url: string;
  /** Only on SonarQube Cloud. */
  readonly organizationKey?: string | undefined;
  /** Only of a Server, as it reports it: `2026.3.1.123439`, `10.4.0`, `26.7.0` for a Community Build. */
  readonly version?: string | undefined;
}

/** What it takes to call a server. */
export interface ServerAccess {
  readonly connection: Pick<Connection, 'kind' | 'url' | 'organizationKey' | 'version'>;
  readonly token: string;
}

/** Page of a pull request on the server, for people. */
export function toDashboardUrl(
  connection: Pick<Connection, 'url'>,
  projectKey: string,
  pullRequestId: number,
): string {
  return `${toProjectUrl(connection, projectKey)}&pullRequest=${pullRequestId}`;
}

/** Page of a project on the server, for people. */
export function toProjectUrl(connection: Pick<Connection, 'url'>, projectKey: string): string {
  return `${connection.url}/dashboard?id=${encodeURIComponent(projectKey)}`;
}
