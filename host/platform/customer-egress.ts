import * as z from 'zod';
import type { HostDatabase } from '../database';

const egressTypes = [
  'FETCH_BACKEND_SIDE',
  'FETCH_CLIENT_SIDE',
  'FONTS',
  'FRAMES',
  'IMAGES',
  'MEDIA',
  'SCRIPTS',
  'STYLES',
] as const;

/** What one group may hold and how many there may be, for one installation. */
export const CustomerEgressLimits = {
  groups: 10,
  domainsPerGroup: 10,
  /** Pairs of domain and type, those of FETCH_BACKEND_SIDE not counted. */
  countedPairs: 40,
  pageSize: 10,
} as const;

const Configured = z.object({
  domain: z.string().min(1).max(1_000),
  type: z.array(z.enum(egressTypes)).min(1),
});
const Group = z.object({
  key: z.string().min(1).max(100),
  description: z.string().min(1).max(1_000),
  configured: z.array(Configured).min(1),
});
const SetRequest = z.object({ egresses: z.array(Group).min(1) });
const GetRequest = z
  .object({
    keys: z.array(z.string()).optional(),
    pageSize: z.int().min(1).max(100).optional(),
    nextPageToken: z.string().optional(),
  })
  .nullish();
const DomainRequest = z.object({ key: z.string(), domain: z.string(), type: z.enum(egressTypes) });
const KeyRequest = z.object({ key: z.string() });
const Row = z.object({ record: z.string() });

export type EgressGroup = z.infer<typeof Group>;

/** A refusal with the status that Atlassian documents for it. */
export class CustomerEgressError extends Error {
  override readonly name = 'CustomerEgressError';
  constructor(
    readonly status: 400 | 403 | 422,
    message: string,
  ) {
    super(`${message} (${status})`);
  }
}

/** Domains that an administrator allowed for one installation beyond the manifest, durable in the host's database. */
export interface CustomerEgress {
  /** What a request of the app asks for, checked against all limits; nothing is stored yet. @throws CustomerEgressError */
  check(request: unknown): readonly EgressGroup[];
  /** Stores what was asked for. @throws CustomerEgressError */
  set(request: unknown): void;
  get(request: unknown): { readonly results: readonly EgressGroup[]; lastEvaluatedKey?: string };
  deleteDomain(request: unknown): void;
  deleteGroup(request: unknown): void;
  /** Domains that functions may fetch from. */
  backendDomains(): readonly string[];
}

export function createCustomerEgress(
  database: HostDatabase,
  installationId: string,
  isEnabled: boolean,
): CustomerEgress {
  database.exec(
    `CREATE TABLE IF NOT EXISTS platform_egress (
      installation TEXT NOT NULL, key TEXT NOT NULL, record TEXT NOT NULL, PRIMARY KEY (installation, key))`,
  );
  const all = database.prepare(
    'SELECT record FROM platform_egress WHERE installation = ? ORDER BY key',
  );
  const put = database.prepare(
    'INSERT OR REPLACE INTO platform_egress (installation, key, record) VALUES (?, ?, ?)',
  );
  const remove = database.prepare('DELETE FROM platform_egress WHERE installation = ? AND key = ?');

  function groups(): EgressGroup[] {
    return all
      .all(installationId)
      .map((row) => Group.parse(JSON.parse(Row.parse(row).record) as unknown));
  }

  function read<S extends z.ZodType>(schema: S, request: unknown): z.infer<S> {
    if (!isEnabled)
      throw new CustomerEgressError(
        403,
        'Customer-managed egress is off: set permissions.external.configurable.enabled in manifest.yml.',
      );
    const parsed = schema.safeParse(request);
    if (!parsed.success) throw new CustomerEgressError(400, z.prettifyError(parsed.error));
    return parsed.data;
  }

  function check(request: unknown): readonly EgressGroup[] {
    const { egresses } = read(SetRequest, request);
    checkKeys(egresses);
    egresses.forEach(checkGroup);
    const after = new Map([...groups(), ...egresses].map((group) => [group.key, group]));
    checkTotals([...after.values()]);
    return egresses;
  }

  return {
    check,
    set(request) {
      for (const group of check(request)) put.run(installationId, group.key, JSON.stringify(group));
    },
    get(request) {
      const { keys, pageSize, nextPageToken } = read(GetRequest, request) ?? {};
      const size = pageSize ?? CustomerEgressLimits.pageSize;
      const wanted = groups()
        .filter(({ key }) => keys === undefined || keys.includes(key))
        .filter(({ key }) => nextPageToken === undefined || key > nextPageToken);
      const results = wanted.slice(0, size);
      const last = results.at(-1)?.key;
      return {
        results,
        ...(wanted.length > size && last !== undefined ? { lastEvaluatedKey: last } : {}),
      };
    },
    deleteDomain(request) {
      const { key, domain, type } = read(DomainRequest, request);
      const group = groups().find((one) => one.key === key);
      if (!group) return;
      const configured = group.configured
        .map((one) =>
          one.domain === domain ? { ...one, type: one.type.filter((own) => own !== type) } : one,
        )
        .filter((one) => one.type.length > 0);
      if (configured.length === 0) remove.run(installationId, key);
      else put.run(installationId, key, JSON.stringify({ ...group, configured }));
    },
    deleteGroup(request) {
      remove.run(installationId, read(KeyRequest, request).key);
    },
    backendDomains: () =>
      isEnabled
        ? groups().flatMap(({ configured }) =>
            configured
              .filter(({ type }) => type.includes('FETCH_BACKEND_SIDE'))
              .map(({ domain }) => domain),
          )
        : [],
  };
}

function checkKeys(egresses: readonly EgressGroup[]): void {
  if (new Set(egresses.map(({ key }) => key)).size < egresses.length)
    throw new CustomerEgressError(422, 'Two groups have the same key.');
}

function checkGroup({ key, configured }: EgressGroup): void {
  const domains = configured.map(({ domain }) => domain);
  if (new Set(domains).size < domains.length)
    throw new CustomerEgressError(422, `The group "${key}" names a domain twice.`);
  const bad = domains.find((domain) => !isDomain(domain));
  if (bad !== undefined)
    throw new CustomerEgressError(
      422,
      `"${bad}" is no domain: give https://host, a host name or *.host, without http:// or a path.`,
    );
  if (domains.length > CustomerEgressLimits.domainsPerGroup)
    throw new CustomerEgressError(
      400,
      `The group "${key}" has ${domains.length} domains; the limit is ${CustomerEgressLimits.domainsPerGroup}.`,
    );
}

function checkTotals(groups: readonly EgressGroup[]): void {
  if (groups.length > CustomerEgressLimits.groups)
    throw new CustomerEgressError(
      400,
      `There would be ${groups.length} groups; the limit is ${CustomerEgressLimits.groups}.`,
    );
  const pairs = groups
    .flatMap(({ configured }) => configured.flatMap(({ type }) => type))
    .filter((type) => type !== 'FETCH_BACKEND_SIDE');
  if (pairs.length > CustomerEgressLimits.countedPairs)
    throw new CustomerEgressError(
      400,
      `There would be ${pairs.length} pairs of domain and type; the limit is ${CustomerEgressLimits.countedPairs}.`,
    );
}

/** `https://host[:port]`, `wss://…`, a bare host, `*.host` or `*`. */
function isDomain(domain: string): boolean {
  if (domain === '*') return true;
  const address = /^(?:https|wss):\/\//.test(domain) ? domain : `https://${domain}`;
  const probe = address.replace('://*.', '://any.');
  if (!URL.canParse(probe)) return false;
  const { protocol, pathname, search, username, hostname } = new URL(probe);
  const isPlain = pathname === '/' && search === '' && username === '' && !domain.endsWith('/');
  return isPlain && (protocol === 'https:' || protocol === 'wss:') && hostname.includes('.');
}
