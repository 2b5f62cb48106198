import { EgressFilteringService } from '@forge/egress';
import type { HostClock } from '../../clock';
import type { Neighbour } from '../../neighbour';
import { PlatformLimits } from '../limits';
import { Unverified } from '../unverified';
import { jsonAnswer, proxyError, toAnswer } from './exchange';
import type { Answer, Exchange, Handled } from './exchange';
import type { FaultyLine } from './faulty-line';
import { countOutbound } from './outbound-limit';

export interface EgressRouteOptions {
  readonly clock: HostClock;
  /** Addresses of `permissions.external.fetch.backend`, and what an administrator allows at present. */
  readonly allowed: () => readonly string[];
  readonly outside: Readonly<Record<string, Neighbour>>;
  readonly line: FaultyLine;
}

const allowedPorts: readonly number[] = PlatformLimits.egressPorts;

/** A plain fetch of the app: only https, only the platform's ports, only declared hosts, and only local stand-ins. */
export function createEgressRoute({ clock, allowed, outside, line }: EgressRouteOptions) {
  return async (exchange: Exchange): Promise<Handled> => {
    const { grant, method, target } = exchange;
    const log = { kind: 'egress' } as const;
    const refusal = refusalOf(target);
    if (refusal !== undefined) {
      return { ...log, answer: proxyError(403, 'BLOCKED_EGRESS', refusal) };
    }
    const tooMany = countOutbound(clock, grant);
    if (tooMany) return { ...log, answer: tooMany };
    const url = new URL(target);
    const call = `${method} ${url.pathname}${url.search}`;
    const answer = await line(grant, 'sonarqube', call, () => forward(exchange, url));
    return { ...log, answer };
  };

  function refusalOf(target: string): string | undefined {
    const url = URL.canParse(target) ? new URL(target) : undefined;
    if (!url) return `${target} is not a URL.`;
    if (url.protocol !== 'https:')
      return `${url.origin} is not reached: functions may use https only.`;
    const port = url.port === '' ? 443 : Number(url.port);
    if (!allowedPorts.includes(port)) {
      return `${url.host} is not reached: port ${port} is none of ${allowedPorts.join(', ')}.`;
    }
    if (new EgressFilteringService([...allowed()]).isValidUrl(target)) return undefined;
    return `${url.host} is not declared: add it to permissions.external.fetch.backend of manifest.yml, or let an administrator allow it.`;
  }

  async function forward(exchange: Exchange, url: URL): Promise<Answer> {
    const neighbour = outside[url.host] ?? outside[url.hostname];
    if (!neighbour) {
      const message = `Nothing stands in for ${url.host} on this machine, and the local platform never goes to the internet.`;
      return jsonAnswer(502, { message });
    }
    const { method, headers, body } = exchange;
    const request = new Request(url, {
      method,
      headers,
      redirect: 'manual',
      ...(body.byteLength > 0 ? { body } : {}),
    });
    try {
      return await toAnswer(await neighbour.fetch(request));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const message = `${url.host} could not be reached: ${reason}`;
      return proxyError(502, Unverified.outsideUnreachable, message);
    }
  }
}
