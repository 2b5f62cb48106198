import type { HostClock } from '../../clock';
import type { BitbucketIdentity, BitbucketNeighbour } from '../../neighbour';
import type { Installation } from '../types';
import { Unverified } from '../unverified';
import { proxyError, toAnswer } from './exchange';
import type { Answer, Exchange, Handled } from './exchange';
import type { FaultyLine } from './faulty-line';
import { countOutbound } from './outbound-limit';

export interface BitbucketRouteOptions {
  readonly clock: HostClock;
  readonly bitbucket: BitbucketNeighbour;
  readonly installation: Installation;
  readonly scopes: readonly string[];
  readonly line: FaultyLine;
}

const apiOrigin = 'https://api.bitbucket.org';
const workspaceInPath =
  /^\/2\.0\/(?:repositories|workspaces|user\/workspaces|snippets|teams)\/([^/?]+)/;

/**
 * A call to the Bitbucket API: the user must exist for `user`, the workspace in the path must be the installed one,
 * then the stand-in judges scopes and rights.
 */
export function createBitbucketRoute(options: BitbucketRouteOptions) {
  const { clock, bitbucket, installation, scopes, line } = options;

  return async (exchange: Exchange, provider: string): Promise<Handled> => {
    const { grant, method, target } = exchange;
    const identity = identityOf(exchange, provider);
    const log = { kind: 'bitbucket', identity: identity?.kind ?? 'user' } as const;
    if (!identity) return { ...log, answer: needsAuthentication() };
    const url = apiUrl(target);
    if (!url || !isInstalledWorkspace(url, installation)) {
      const message = `The app is not installed in the workspace of ${target}.`;
      return { ...log, answer: proxyError(403, Unverified.wrongWorkspace, message) };
    }
    const refused = Unverified.bitbucketCountsAsOutbound ? countOutbound(clock, grant) : undefined;
    if (refused) return { ...log, answer: refused };
    const answer = await line(grant, 'bitbucket', `${method} ${target}`, () =>
      forward(exchange, url, identity),
    );
    return { ...log, answer: withRelativeLocation(answer) };
  };

  function identityOf({ grant }: Exchange, provider: string): BitbucketIdentity | undefined {
    if (provider === 'app') return { kind: 'app', scopes };
    if (provider === 'none') return { kind: 'anonymous' };
    return grant.accountId === undefined
      ? undefined
      : { kind: 'user', accountId: grant.accountId, scopes };
  }

  async function forward(
    exchange: Exchange,
    url: URL,
    identity: BitbucketIdentity,
  ): Promise<Answer> {
    const { method, headers, body } = exchange;
    const request = new Request(url, {
      method,
      headers,
      ...(body.byteLength > 0 ? { body } : {}),
    });
    return toAnswer(await bitbucket.fetch(request, identity));
  }
}

export function needsAuthentication(): Answer {
  const message = 'The call is made as the user, but no user acts in this invocation.';
  return proxyError(401, 'NEEDS_AUTHENTICATION_ERR', message);
}

/** Nothing when the target would leave the API. */
function apiUrl(target: string): URL | undefined {
  if (!URL.canParse(apiOrigin + target)) return undefined;
  const url = new URL(apiOrigin + target);
  return url.origin === apiOrigin ? url : undefined;
}

/** Judges the path as it would be sent, with its dot segments worked off. */
function isInstalledWorkspace({ pathname }: URL, installation: Installation): boolean {
  const named = workspaceInPath.exec(pathname)?.[1];
  if (named === undefined) return true;
  const workspace = decodeURIComponent(named).toLowerCase();
  const { workspaceUuid, workspaceSlug } = installation;
  return workspace === `{${workspaceUuid.toLowerCase()}}` || workspace === workspaceSlug;
}

/** Redirects inside the API are followed by the wrapper through the proxy, so they are told as a path. */
function withRelativeLocation(answer: Answer): Answer {
  if (answer === 'broken' || answer.status < 300 || answer.status > 399) return answer;
  const location = answer.headers['location'];
  if (location === undefined || !URL.canParse(location, apiOrigin)) return answer;
  const url = new URL(location, apiOrigin);
  if (url.origin !== apiOrigin) return answer;
  const headers = { ...answer.headers, 'forge-proxy-relative-location': url.pathname + url.search };
  return { ...answer, headers };
}
