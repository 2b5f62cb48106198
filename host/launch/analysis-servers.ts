import { createHash } from 'node:crypto';
import type { Neighbour } from '../neighbour';
import { createSonarQube } from '../sonarqube/sonarqube';
import type { SonarQubeOptions, SonarQubeStandIn } from '../sonarqube/types';

/** A server beside the default one. */
export interface ServerOptions extends Pick<
  SonarQubeOptions,
  'flavour' | 'edition' | 'version' | 'organizations'
> {
  /** Public address, with the context path of a Server that has one. */
  readonly url: string;
}

type Shared = Omit<SonarQubeOptions, keyof ServerOptions | 'baseUrl' | 'instance'>;

export interface AnalysisServers {
  /** The default one. */
  readonly sonarqube: SonarQubeStandIn;
  /** All of them by address, without a slash at its end. */
  readonly byUrl: ReadonlyMap<string, SonarQubeStandIn>;
  /** Who answers, by host name. */
  readonly outside: Readonly<Record<string, Neighbour>>;
  stop(): Promise<void>;
}

/** Makes the default server (SonarQube Cloud) and those beside it, each with state of its own in the one database. */
export function createAnalysisServers(
  shared: Shared,
  defaultUrl: string,
  others: readonly ServerOptions[],
): AnalysisServers {
  const sonarqube = createSonarQube({ ...shared, flavour: 'cloud', baseUrl: defaultUrl });
  const servers = [
    sonarqube,
    ...others.map(({ url, ...options }) =>
      createSonarQube({ ...shared, ...options, baseUrl: url, instance: toInstance(url) }),
    ),
  ];
  const byUrl = new Map(servers.map((server) => [server.baseUrl, server]));
  if (byUrl.size < servers.length) throw new Error('Two analysis servers have the same address.');
  return {
    sonarqube,
    byUrl,
    outside: toNeighbours(servers),
    async stop() {
      await Promise.all(servers.map((server) => server.stop()));
    },
  };
}

/** The same for the same address at the next start. */
function toInstance(url: string): string {
  const address = url.replace(/\/+$/u, '');
  return createHash('sha256').update(address).digest('hex').slice(0, 12);
}

/** Servers by host name. Those of one host are told apart by their context paths, the longest first. */
export function toNeighbours(
  servers: readonly SonarQubeStandIn[],
): Readonly<Record<string, Neighbour>> {
  const places = servers
    .flatMap((server) => [
      { url: new URL(server.baseUrl), server },
      ...(server.apiBaseUrl === undefined ? [] : [{ url: new URL(server.apiBaseUrl), server }]),
    ])
    .toSorted((a, b) => b.url.pathname.length - a.url.pathname.length);
  const hosts = new Set(places.map(({ url }) => url.host));
  return Object.fromEntries([...hosts].map((host) => [host, { fetch: route(host) }]));

  function route(host: string) {
    const here = places.filter(({ url }) => url.host === host);
    return (request: Request): Promise<Response> => {
      const { pathname } = new URL(request.url);
      const found = here.find(({ url }) => isBelow(pathname, url.pathname));
      return found?.server.fetch(request) ?? Promise.resolve(new Response(null, { status: 404 }));
    };
  }
}

function isBelow(pathname: string, base: string): boolean {
  const bare = base.replace(/\/$/u, '');
  return pathname === bare || pathname.startsWith(`${bare}/`);
}
