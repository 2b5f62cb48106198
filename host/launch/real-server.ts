import { checkConnectionUrl, cloudUrls } from '../../src/domain/connection-url';
import type { ServerKind } from '../../src/domain/connection';
import type { Neighbour } from '../neighbour';
import { withoutEncoding } from '../without-encoding';
import { CommandLineError } from './command-line';

/** A real SonarQube in place of the stand-in. */
export interface RealServerOptions {
  /** Address as the person who started the host reaches it; may be internal, and http. */
  readonly url: string;
  readonly token: string;
}

export interface RealServer {
  readonly kind: ServerKind;
  /** How the app knows the server. */
  readonly url: string;
  /** Where people reach it, when that is another address. */
  readonly publicUrl?: string;
  readonly token: string;
  /** Who answers, by host name. */
  readonly outside: Readonly<Record<string, Neighbour>>;
}

/** Functions reach https on the internet only: a server elsewhere is known to the app by this name. */
const standInHost = 'sonarqube.example.com';

/** @throws CommandLineError for what is no address of a server, and for one with a token in it. */
export function openRealServer({ url: text, token }: RealServerOptions): RealServer {
  const address = parseAddress(text);
  const kind = Object.values<string>(cloudUrls).includes(address.origin)
    ? 'sonarqube-cloud'
    : 'sonarqube-server';
  const base = `${address.origin}${address.pathname.replace(/\/+$/u, '')}`;
  const isReachable = checkConnectionUrl(kind, base).ok;
  const appAddress = isReachable ? address : new URL(address.pathname, `https://${standInHost}`);
  const url = `${appAddress.origin}${appAddress.pathname.replace(/\/+$/u, '')}`;
  return {
    kind,
    url,
    ...(isReachable ? {} : { publicUrl: base }),
    token,
    outside: { [appAddress.host]: forwardTo(address.origin) },
  };
}

function parseAddress(text: string): URL {
  const url = URL.parse(text);
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
    throw new CommandLineError(
      `--sonarqube needs the address of a server, such as http://127.0.0.1:9000, not "${text}".`,
    );
  }
  if (url.username !== '' || url.password !== '') {
    throw new CommandLineError(
      '--sonarqube takes no user, password or token in the address: everybody on this machine sees a command line.',
    );
  }
  return url;
}

/** The server itself, under whatever name it was asked for. Redirects are passed on, as the platform passes them on. */
function forwardTo(origin: string): Neighbour {
  return {
    async fetch(request) {
      const { pathname, search } = new URL(request.url);
      const body = await request.arrayBuffer();
      const headers = new Headers(request.headers);
      headers.delete('host');
      const answer = await fetch(`${origin}${pathname}${search}`, {
        method: request.method,
        headers,
        redirect: 'manual',
        signal: request.signal,
        ...(body.byteLength > 0 ? { body } : {}),
      });
      return withoutEncoding(answer);
    },
  };
}
