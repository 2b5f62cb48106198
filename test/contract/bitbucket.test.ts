import { createBitbucket } from '../../host/bitbucket/bitbucket';
import { operationScopes, type EmulatedOperation } from '../../host/bitbucket/operations';
import { createManualClock } from '../../host/manual-clock';
import { openDatabase } from '../../host/database';
import type { BitbucketIdentity } from '../../host/neighbour';
import { createShopRepository } from './shop-repository';
import { bitbucketContract } from './bitbucket-contract';
import { targets, toRequest, workspace, type Asked, type Place } from './bitbucket-targets';

const origin = 'https://api.bitbucket.org/2.0';
const scopes = [...new Set(Object.values(operationScopes).flat())];
const contract = bitbucketContract();

let place: Place;

beforeAll(async () => {
  const repository = createShopRepository();
  const bitbucket = createBitbucket({
    database: openDatabase(':memory:'),
    clock: createManualClock(Date.parse('2026-06-01T12:00:00Z')),
    workspace,
  });
  const { uuid } = await bitbucket.addRepository({ path: repository.path, isPrivate: true });
  const open = await bitbucket.addRepository({
    path: repository.path,
    isPrivate: false,
    name: 'open',
  });
  const [pullRequest] = bitbucket.pullRequests(uuid);
  if (!pullRequest) throw new Error('The repository of the test has no pull request.');
  const repositories = `/repositories/${encodeURIComponent(`{${workspace.uuid}}`)}`;
  place = {
    repository,
    bitbucket,
    base: `${repositories}/${encodeURIComponent(uuid)}`,
    publicBase: `${repositories}/${encodeURIComponent(open.uuid)}`,
    pullRequest,
  };
});

afterAll(() => place.repository.remove());

const operations = Object.keys(targets) as EmulatedOperation[];

function identities(): ReadonlyMap<string, BitbucketIdentity> {
  return new Map<string, BitbucketIdentity>([
    ['the app', { kind: 'app', scopes }],
    ...place.bitbucket.users.map(({ displayName, accountId }): [string, BitbucketIdentity] => [
      displayName,
      { kind: 'user', accountId, scopes },
    ]),
    ['a user who is gone', { kind: 'user', accountId: 'unknown', scopes }],
    ['the app without scopes', { kind: 'app', scopes: [] }],
    ['nobody', { kind: 'anonymous' }],
  ]);
}

/** Asks the stand-in; answers what is wrong with the answer by the published document, and its status. */
async function ask(asked: Asked, identity: BitbucketIdentity, method = 'GET') {
  const { target, body } = toRequest(asked);
  const response = await place.bitbucket.fetch(
    new Request(`${origin}${target}`, { method, ...(body !== undefined && { body }) }),
    identity,
  );
  const location = response.headers.get('location');
  const answer = {
    status: response.status,
    contentType: response.headers.get('content-type') ?? '',
    body: await response.text(),
    ...(location === null ? {} : { location: location.replace(origin, '') }),
  };
  return { ...answer, problems: contract.checkAnswer({ method, target }, answer) };
}

it('knows every emulated operation in the published document', () => {
  const published = new Set(contract.operations.map(({ name }) => name));

  expect(operations.filter((name) => !published.has(name))).toEqual([]);
});

it('asks for the scopes that the published document names', () => {
  const differing = operations.filter((name) => {
    const published = contract.operations.find((operation) => operation.name === name);
    return (
      JSON.stringify([...operationScopes[name]].sort()) !== JSON.stringify(published?.forgeScopes)
    );
  });

  expect(differing).toEqual([]);
});

describe.each(operations)('[D1] %s', (operation) => {
  const [method = 'GET'] = operation.split(' ');

  it('is asked in documented ways only', () => {
    const asked = targets[operation](place, place.base).map((each) => {
      const { target, body } = toRequest(each);
      return {
        target,
        operation: contract.operationOf({ method, target }),
        problems: contract.checkRequest({ method, target, ...(body !== undefined && { body }) }),
      };
    });

    expect(asked).toEqual(asked.map(({ target }) => ({ target, operation, problems: [] })));
  });

  it('answers every kind of caller as the document says', async () => {
    // Each problem once, with the first call that showed it.
    const wrong = new Map<string, string>();
    const statuses = new Set<number>();
    for (const base of [place.base, place.publicBase]) {
      for (const asked of targets[operation](place, base)) {
        for (const [who, identity] of identities()) {
          const { problems, status } = await ask(asked, identity, method);
          statuses.add(status);
          for (const problem of problems) {
            if (!wrong.has(problem)) wrong.set(problem, `${who}: ${toRequest(asked).target}`);
          }
        }
      }
    }

    expect(Object.fromEntries(wrong)).toEqual({});
    expect([...statuses].some((status) => status < 400)).toBe(true);
  });
});

describe('states of a pull request', () => {
  const states: readonly [string, (at: Place, uuid: string) => void | Promise<void>][] = [
    [
      'from a fork',
      ({ bitbucket, pullRequest }, uuid) => bitbucket.setFork(uuid, pullRequest.id, 'fork'),
    ],
    [
      'from a fork that was deleted',
      ({ bitbucket, pullRequest }, uuid) => bitbucket.setFork(uuid, pullRequest.id, 'deletedFork'),
    ],
    [
      'merged',
      ({ bitbucket, pullRequest }, uuid) =>
        bitbucket.merge(uuid, pullRequest.id, bitbucket.users[0]?.accountId ?? ''),
    ],
  ];

  it.each(states)('answers a pull request %s as the document says', async (_, change) => {
    const { bitbucket, repository, pullRequest } = place;
    const { uuid } = await bitbucket.addRepository({ path: repository.path, name: 'changed' });
    await change(place, uuid);
    const base = `/repositories/acme/${encodeURIComponent(uuid)}/pullrequests`;
    const own = ['', '/commits', '/diff', '/diffstat'].map(
      (end) => `${base}/${pullRequest.id}${end}`,
    );

    const answers = await Promise.all(
      [`${base}?state=OPEN&state=MERGED`, ...own].map((target) =>
        ask(target, { kind: 'app', scopes }),
      ),
    );

    expect(answers.flatMap(({ problems }) => problems)).toEqual([]);
  });
});
