export type ConnectionKind = 'sonarqube-cloud' | 'sonarqube-server';

/** One analysis server that the workspace may use. The token is apart, in the secret store. */
export interface Connection {
  readonly connectionId: string;
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
  { url }: Pick<Connection, 'url'>,
  projectKey: string,
  pullRequestId: number,
): string {
  return `${url}/dashboard?id=${encodeURIComponent(projectKey)}&pullRequest=${pullRequestId}`;
}
