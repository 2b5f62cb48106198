import { createBitbucket } from '../../../host/bitbucket/bitbucket';
import type { BitbucketStandIn, BitbucketUser } from '../../../host/bitbucket/types';
import { openDatabase } from '../../../host/database';
import { createManualClock } from '../../../host/manual-clock';
import type { BitbucketIdentity } from '../../../host/neighbour';
import type { ProductEvent } from '../../../host/platform/types';

export const workspace = {
  uuid: '4c16a397-8e48-479c-8ca2-442e46c90570',
  slug: 'acme',
  name: 'Acme',
};

export const allScopes = [
  'read:user:bitbucket',
  'read:workspace:bitbucket',
  'read:project:bitbucket',
  'read:repository:bitbucket',
  'read:pullrequest:bitbucket',
];

/** The people of the stand-in, by what they may do on a new private repository. */
export type RoleName = 'owner' | 'admin' | 'writer' | 'member' | 'outsider';
const roleNames: readonly RoleName[] = ['owner', 'admin', 'writer', 'member', 'outsider'];

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The parsed JSON body; undefined when it is not JSON. */
  readonly body: unknown;
}

export interface World {
  readonly bitbucket: BitbucketStandIn;
  readonly clock: ReturnType<typeof createManualClock>;
  readonly events: ProductEvent[];
  readonly userOf: (role: RoleName) => BitbucketUser;
  readonly identityOf: (
    role: RoleName | 'app' | 'anonymous',
    scopes?: readonly string[],
  ) => BitbucketIdentity;
  /** GET of a path behind `/2.0`, as the app unless somebody else is named. */
  readonly get: (path: string, identity?: BitbucketIdentity) => Promise<Answer>;
  /** A write with a JSON body, as the app unless somebody else is named. */
  readonly send: (
    method: string,
    path: string,
    body?: unknown,
    identity?: BitbucketIdentity,
  ) => Promise<Answer>;
  close(): void;
}

/** A stand-in over a database file, or over one in memory. */
export function openWorld(databasePath = ':memory:'): World {
  const database = openDatabase(databasePath);
  const clock = createManualClock(Date.UTC(2026, 5, 1));
  const bitbucket = createBitbucket({ database, clock, workspace });
  const events: ProductEvent[] = [];
  bitbucket.onEvent((event) => events.push(event));

  function userOf(role: RoleName): BitbucketUser {
    const user = bitbucket.users[roleNames.indexOf(role)];
    if (!user) throw new Error(`There is no ${role}.`);
    return user;
  }
  function identityOf(
    role: RoleName | 'app' | 'anonymous',
    scopes: readonly string[] = allScopes,
  ): BitbucketIdentity {
    if (role === 'anonymous') return { kind: 'anonymous' };
    return role === 'app'
      ? { kind: 'app', scopes }
      : { kind: 'user', accountId: userOf(role).accountId, scopes };
  }
  async function ask(
    path: string,
    init: RequestInit,
    identity: BitbucketIdentity,
  ): Promise<Answer> {
    const url = path.startsWith('https:') ? path : `https://api.bitbucket.org/2.0${path}`;
    const response = await bitbucket.fetch(new Request(url, init), identity);
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.startsWith('application/json') === true;
    const body: unknown = isJson ? JSON.parse(text) : undefined;
    return { status: response.status, headers: response.headers, text, body };
  }
  return {
    bitbucket,
    clock,
    events,
    userOf,
    identityOf,
    get: (path, identity = identityOf('app')) => ask(path, {}, identity),
    send: (method, path, body, identity = identityOf('app')) =>
      ask(path, { method, ...(body !== undefined && { body: JSON.stringify(body) }) }, identity),
    close() {
      clock.stop();
      database.close();
    },
  };
}

/** The value at a dotted path of a body, such as `values.0.id`; undefined where there is none. */
export function at(body: unknown, path: string): unknown {
  let value = body;
  for (const name of path.split('.')) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = Object.entries(value).find(([key]) => key === name)?.[1];
  }
  return value;
}

/** The items of a page. */
export function valuesOf(body: unknown): readonly unknown[] {
  const values = at(body, 'values');
  if (!Array.isArray(values)) throw new Error(`Not a page: ${JSON.stringify(body)}`);
  return values;
}
