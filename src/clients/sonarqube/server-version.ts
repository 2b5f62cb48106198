import type { ServerAccess } from '../../domain/connection';

type Connection = ServerAccess['connection'];

/** First and second number of a version; `[0, 0]` when it has none. */
function toNumbers(version: string): readonly [major: number, minor: number] {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return [major, minor];
}

/**
 * Whether a Server is at least of this 10.x release. Numbers above 2000 (Server) and from 24 to 99 (Community Build) are
 * later series than 10 (sonarqube.md 1).
 */
function isServerSince({ kind, version }: Connection, minor: number): boolean {
  if (kind !== 'sonarqube-server') return false;
  // Without a version, the newer form is the better guess.
  if (version === undefined) return true;
  const [major, ownMinor] = toNumbers(version);
  return major > 10 || (major === 10 && ownMinor >= minor);
}

/** Issue search: `components` since 10.2, `componentKeys` before and on Cloud. */
export function issueComponentParameter(connection: Connection): 'components' | 'componentKeys' {
  return isServerSince(connection, 2) ? 'components' : 'componentKeys';
}

/** Hotspot search: `project` since 10.2, `projectKey` before and on Cloud. */
export function hotspotProjectParameter(connection: Connection): 'project' | 'projectKey' {
  return isServerSince(connection, 2) ? 'project' : 'projectKey';
}

/** Bearer everywhere but on Servers before 10.0, which take the token as the user name of Basic (sonarqube.md 2). */
export function toAuthorization({ connection, token }: ServerAccess): string {
  const isBearer = connection.kind === 'sonarqube-cloud' || isServerSince(connection, 0);
  return isBearer ? `Bearer ${token}` : `Basic ${Buffer.from(`${token}:`).toString('base64')}`;
}

/** `projects/create` takes a definition of new code since 10.1; Cloud's words for it are not published. */
export function takesNewCode(connection: Connection): boolean {
  return isServerSince(connection, 1);
}
