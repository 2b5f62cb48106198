import { CallFailure } from '../../../../shared/bridge/call';
import { permissions } from '../../../../shared/bridge/forge-bridge-permissions';

/** Limits of the platform for hosts that an owner allows (forge.md 7.6). */
const mostGroups = 10;
const mostHosts = 10;

interface Group {
  readonly key: string;
  readonly configured: readonly { readonly domain: string }[];
}

/** The groups that there are, page by page. */
async function readGroups(): Promise<Group[]> {
  const groups: Group[] = [];
  let nextPageToken: string | undefined;
  do {
    const page = await permissions.egress.get(nextPageToken === undefined ? {} : { nextPageToken });
    groups.push(...page.results);
    nextPageToken = page.lastEvaluatedKey;
  } while (nextPageToken !== undefined);
  return groups;
}

function toRequest(groups: readonly Group[], origin: string) {
  const known = groups.find(({ configured }) => configured.length < mostHosts);
  if (!known && groups.length >= mostGroups) {
    throw new CallFailure(
      'INVALID_INPUT',
      'Bitbucket allows no more hosts for this app. Remove one that is not used any more, under Connected apps in the administration.',
    );
  }
  const key = known?.key ?? `analysis-servers-${groups.length + 1}`;
  const domains = [...(known?.configured ?? []).map(({ domain }) => domain), origin];
  return {
    key,
    description: 'SonarQube Servers that the app reads quality gates and issues from',
    configured: domains.map((domain) => ({ domain, type: ['FETCH_BACKEND_SIDE' as never] })),
  };
}

/**
 * Has an owner of the workspace allow the host of an address, unless it is allowed already: Bitbucket asks, and the app
 * cannot answer for them.
 * @throws {CallFailure} when it was not allowed.
 */
export async function allowHost(url: string): Promise<void> {
  if (!URL.canParse(url.trim())) return;
  const { origin, hostname } = new URL(url.trim());
  try {
    const groups = await readGroups();
    const isKnown = groups.some(({ configured }) =>
      configured.some((one) => one.domain === origin),
    );
    if (isKnown) return;
    await permissions.egress.set({ egresses: [toRequest(groups, origin)] });
  } catch (error) {
    if (error instanceof CallFailure) throw error;
    throw new CallFailure(
      'FORBIDDEN',
      `The app may not call ${hostname}, as nobody allowed it. Try again and allow the host, or ask an owner of the workspace to do it. What you entered is kept.`,
      undefined,
      { cause: error },
    );
  }
}
