import type { ConnectionKind, ConnectionView, TokenFacts } from '../contracts/connections';

export type { ConnectionKind, ServerKind } from '../contracts/connections';

/** One analysis server that the workspace may use. The token is apart, in the secret store. */
export interface Connection {
  readonly connectionId: string;
  /** Counts the writes of the record; a write names the one it was made on. */
  readonly sequence: number;
  readonly name: string;
  readonly kind: ConnectionKind;
  /** Without a trailing slash; may have a context path. */
  readonly url: string;
  /** Where people reach the server when that is another address; without a trailing slash. */
  readonly publicUrl?: string | undefined;
  /** Only on SonarQube Cloud, and only once an organization was chosen. */
  readonly organizationKey?: string | undefined;
  /** When the organization was chosen and by which account; absent when its key was entered with the connection. */
  readonly organizationBound?: { readonly at: string; readonly by: string } | undefined;
  /** Only of a Server, as it reports it: `2026.3.1.123439`, `10.4.0`, `26.7.0` for a Community Build. */
  readonly version?: string | undefined;
  /** The server's own word, such as `community`. */
  readonly edition?: string | undefined;
  /** The account that the token belonged to when it was last tried. */
  readonly actsAs?: string | undefined;
  readonly capabilities: ConnectionView['capabilities'];
  /** False when bindings are not to be written on the server too, where its edition offers that. */
  readonly writesBindings?: boolean | undefined;
  /** What is known of the stored token; absent while none is stored. Its warning is decided when it is shown. */
  readonly token?: Omit<TokenFacts, 'warning'> | undefined;
  /** `disconnecting` takes no new bindings, and goes when the last one is gone. */
  readonly state: ConnectionView['state'];
  readonly health: ConnectionView['health'];
}

/** A token and the address that it was entered for: it is sent nowhere else, also not between two writes of a change. */
export interface StoredToken {
  readonly token: string;
  readonly url: string;
}

/** What it takes to call a server. */
export interface ServerAccess {
  readonly connection: Pick<Connection, 'kind' | 'url' | 'organizationKey' | 'version'> & {
    /** Whose budget the calls are taken out of; absent before the connection is stored. */
    readonly connectionId?: string | undefined;
  };
  readonly token: string;
}

/** Page of a pull request on the server, for people; a demo has none. */
export function toDashboardUrl(
  connection: Pick<Connection, 'kind' | 'url' | 'publicUrl'>,
  projectKey: string,
  pullRequestId: number,
): string | undefined {
  const project = toProjectUrl(connection, projectKey);
  return project && `${project}&pullRequest=${pullRequestId}`;
}

/** Page of a project on the server, for people; a demo has none. */
export function toProjectUrl(
  { kind, url, publicUrl }: Pick<Connection, 'kind' | 'url' | 'publicUrl'>,
  projectKey: string,
): string | undefined {
  if (kind === 'demo') return undefined;
  return `${publicUrl ?? url}/dashboard?id=${encodeURIComponent(projectKey)}`;
}
