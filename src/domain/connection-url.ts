import { BlockList, isIP } from 'node:net';
import type { ServerKind } from './connection';

/** Hosts of SonarQube Cloud by region (sonarqube.md 1). */
export const cloudUrls = { eu: 'https://sonarcloud.io', us: 'https://sonarqube.us' } as const;
export type CloudRegion = keyof typeof cloudUrls;

/** Ports that the platform lets out of a function (Forge, "Node.js runtime", egress). */
export const reachablePorts: readonly number[] = [
  80, 8080, 443, 8443, 8444, 7990, 8089, 8090, 8085, 8060,
];

export type CheckedUrl =
  | { readonly ok: true; readonly url: string }
  /** A sentence that says what is wrong with the address and what to do; it never repeats credentials. */
  | { readonly ok: false; readonly problem: string; readonly isPort?: boolean };

/** Judges the address that a person typed for a connection (design.md section 5). */
export function checkConnectionUrl(kind: ServerKind, text: string): CheckedUrl {
  if (!URL.canParse(text.trim())) {
    return no('This is not a web address. Enter one such as https://sonar.example.com.');
  }
  const url = new URL(text.trim());
  if (url.protocol !== 'https:') return no('The address must start with https://.');
  if (url.username !== '' || url.password !== '') {
    return no(
      'The address contains a user name or password. Remove it; the token has its own field.',
    );
  }
  if (url.search !== '' || url.hash !== '') {
    return no('The address must end before any ? or #. Enter only the address of the server.');
  }
  const port = url.port === '' ? 443 : Number(url.port);
  if (!reachablePorts.includes(port)) {
    return {
      ...no(
        `Forge apps cannot reach port ${port}. Publish the server on one of ${reachablePorts.join(', ')}.`,
      ),
      isPort: true,
    };
  }
  if (isInternalHost(url.hostname)) {
    return no('The address is internal. Forge apps reach only hosts that are on the internet.');
  }
  const isCloudUrl = Object.values<string>(cloudUrls).includes(url.origin);
  if (kind === 'sonarqube-cloud' && (!isCloudUrl || url.pathname !== '/')) {
    return no(`SonarQube Cloud is at ${Object.values(cloudUrls).join(' or ')}.`);
  }
  if (kind === 'sonarqube-server' && isCloudUrl) {
    return no('This is the address of SonarQube Cloud. Choose SonarQube Cloud as the kind.');
  }
  return { ok: true, url: url.href.replace(/\/+$/, '') };
}

/** Judges the address that people open the server at, which only browsers call: it may be internal and on any port. */
export function checkPublicUrl(text: string): CheckedUrl {
  if (!URL.canParse(text.trim())) {
    return no('This is not a web address. Enter one such as https://sonar.example.com.');
  }
  const url = new URL(text.trim());
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    return no('The public address must start with https:// or http://.');
  }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    return no('Enter only the public address of the server, without user name, ? or #.');
  }
  return { ok: true, url: url.href.replace(/\/+$/, '') };
}

function no(problem: string) {
  return { ok: false, problem } as const;
}

/** Whether an address that a server gives for itself leads people nowhere but to their own machine or network. */
export function isInternalUrl(text: string): boolean {
  return !URL.canParse(text) || isInternalHost(new URL(text).hostname);
}

const internalAddresses = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const) {
  internalAddresses.addSubnet(network, prefix, 'ipv4');
}
for (const [network, prefix] of [
  ['::', 127],
  ['fc00::', 7],
  ['fe80::', 10],
] as const) {
  internalAddresses.addSubnet(network, prefix, 'ipv6');
}

function isInternalHost(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  const family = isIP(host);
  // Mapped addresses (::ffff:10.0.0.1) are checked against the IPv4 list by BlockList itself.
  if (family !== 0) return internalAddresses.check(host, family === 4 ? 'ipv4' : 'ipv6');
  return !host.includes('.') || /\.(?:localhost|local|internal|home\.arpa)$/i.test(host);
}
