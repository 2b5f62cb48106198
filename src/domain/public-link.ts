import { isInternalUrl } from './connection-url';

/**
 * A link that Bitbucket takes: http or https, with a host that has a dot and is neither local nor a private address
 * (bitbucket.md 9.1 and 10). Everything else is left out, as one bad link has the whole report refused.
 */
export function toPublicLink(text: string | undefined): string | undefined {
  if (text === undefined || text.length > longest || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  const isWeb = url.protocol === 'https:' || url.protocol === 'http:';
  const hasUser = url.username !== '' || url.password !== '';
  const hasPublicHost = url.hostname.includes('.') && !isInternalUrl(url.href);
  return isWeb && !hasUser && hasPublicHost ? url.href : undefined;
}

const longest = 2_000;

/** The page of one issue or hotspot on the server, from the page of its pull request. */
export function toIssueLink(
  dashboardUrl: string | undefined,
  issue: { readonly key: string; readonly kind: string },
): string | undefined {
  const link = toPublicLink(dashboardUrl);
  if (link === undefined) return undefined;
  const url = new URL(link);
  if (!url.pathname.endsWith('/dashboard')) return undefined;
  const base = url.pathname.slice(0, -'/dashboard'.length);
  const isHotspot = issue.kind === 'hotspot';
  url.pathname = `${base}${isHotspot ? '/security_hotspots' : '/project/issues'}`;
  url.searchParams.set(isHotspot ? 'hotspots' : 'open', issue.key);
  return toPublicLink(url.href);
}
