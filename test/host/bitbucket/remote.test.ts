import { BitbucketUnavailableError } from '../../../host/bitbucket/remote/remote-api';
import type { Host } from '../../../host/host';
import { listenOnLoopback, type LoopbackServer } from '../../../host/shell/server/loopback';
import type { GitFixture } from '../../support/git-repository';
import { startTestHost } from '../../support/host';
import { createShopRepository } from '../../support/shop-repository';
import { invoke } from '../../support/walk-calls';

const token = 'ATCTT3xFfGN0token-of-the-test';
const scopes = ['workspace', 'project', 'repository', 'pullrequest', 'user'].map(
  (name) => `read:${name}:bitbucket`,
);

let fixture: GitFixture;
/** The host whose stand-in is the real Bitbucket of this test. */
let cloud: Host;
let served: LoopbackServer;
let host: Host | undefined;
/** Method and path of what came over the wire. */
const received: string[] = [];

/** The stand-in over HTTP, for whoever shows the token: Bitbucket's own refusal otherwise. */
async function answer(request: Request): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  received.push(`${request.method} ${decodeURIComponent(pathname)}`);
  const basic = `Basic ${Buffer.from(`dana@example.com:${token}`).toString('base64')}`;
  const shown = request.headers.get('authorization') ?? '';
  if (shown !== `Bearer ${token}` && shown !== basic) {
    return Response.json(
      { type: 'error', error: { message: 'Token is invalid.' } },
      { status: 401 },
    );
  }
  const body = await request.arrayBuffer();
  const accountId = cloud.bitbucket.users[0]?.accountId ?? '';
  return cloud.bitbucket.fetch(
    new Request(`https://api.bitbucket.org${pathname}${search}`, {
      method: request.method,
      headers: request.headers,
      ...(body.byteLength > 0 ? { body } : {}),
    }),
    { kind: 'user', accountId, scopes },
  );
}

beforeAll(async () => {
  fixture = createShopRepository();
  cloud = await startTestHost([fixture.path]);
  await cloud.settle();
  served = await listenOnLoopback(0);
  served.handle(answer);
});
afterEach(async () => {
  await host?.stop();
  host = undefined;
  received.length = 0;
});
afterAll(async () => {
  await served.close();
  await cloud.stop();
  fixture.remove();
});

async function start(part: { token?: string; workspace?: string; mayWrite?: boolean } = {}) {
  host = await startTestHost([], {
    realBitbucket: {
      origin: served.origin,
      workspace: 'workshop',
      token,
      mayWrite: false,
      ...part,
    },
  });
  return host;
}

function uuidIn({ bitbucket }: Host): string {
  return bitbucket.repositories()[0]?.uuid ?? '';
}

/** A page of the shell, as its only person gets it. */
async function page({ url }: Host, path: string): Promise<string> {
  const response = await fetch(url + path);
  expect(response.status).toBe(200);
  return response.text();
}

describe('npm start -- --bitbucket WORKSPACE', () => {
  it('shows the repositories, pull requests and content that the token sees', async () => {
    const started = await start();
    const uuid = uuidIn(started);

    expect(await page(started, '/workshop/workspace/repositories/')).toContain('shop');
    expect(await page(started, '/workshop/shop/src/')).toContain('README.md');
    expect(await page(started, '/workshop/shop/commits/')).toContain('Open the shop');
    expect(await page(started, '/workshop/shop/branches/')).toContain('feature/prices');
    expect(await page(started, '/workshop/shop/pull-requests/')).toContain('Add prices');
    expect(await page(started, '/workshop/shop/pull-requests/1/diff')).toContain('src/prices.js');
    expect(await page(started, '/workshop/shop/pull-requests/1/commits')).toContain('Add prices');
    // The reports that another app wrote stand on the pull request.
    expect(await page(started, '/workshop/shop/pull-requests/1')).toContain('Quality gate of');
    expect(uuid).toBe(cloud.bitbucket.repositories()[0]?.uuid);
    expect(received.every((call) => call.startsWith('GET '))).toBe(true);
  });

  it('lets the app see what it shows, with the rights of the token', async () => {
    const started = await start();
    await page(started, '/workshop/shop/pull-requests/1');

    const shown = await invoke(started, { repositoryUuid: uuidIn(started), pullRequestId: 1 });

    expect(shown).toMatchObject({ ok: true, data: { state: 'unbound' } });
    expect(await page(started, '/workshop/shop/pull-requests/1')).toContain('iframe');
  });

  it('says on the page when Bitbucket fails on the way', async () => {
    const started = await start();
    served.handle(() => new Response('busy', { status: 503 }));

    const failed = await fetch(`${started.url}/workshop/shop/pull-requests/1`);

    served.handle(answer);
    expect(failed.status).toBe(502);
    expect(await failed.text()).toContain('Bitbucket answered 503');
    expect(await page(started, '/workshop/shop/pull-requests/1')).toContain('Add prices');
  });

  it.each([
    ['429', () => new Response('', { status: 429 }), /answered 429/],
    ['half an answer', () => new Response('{"values": [', { status: 200 }), /something else/],
    ['a redirect to elsewhere', () => Response.redirect('https://evil.example/x'), /not Bitbucket/],
  ])('says on the page what failed: %s', async (_, failure, sentence) => {
    const started = await start();
    served.handle(failure);

    const failed = await fetch(`${started.url}/workshop/shop/pull-requests/1`);

    served.handle(answer);
    expect(failed.status).toBe(502);
    expect(await failed.text()).toMatch(sentence);
  });

  it('takes an API token of a person as e-mail:token', async () => {
    const started = await start({ token: `dana@example.com:${token}` });

    expect(started.bitbucket.repositories().map(({ slug }) => slug)).toEqual(['shop']);
    expect(started.bitbucket.users.map(({ displayName }) => displayName)).toEqual(['Olivia Owner']);
  });

  it('sends nothing that writes, and says how to allow it', async () => {
    const started = await start();
    const put = new Request('https://api.bitbucket.org/2.0/repositories/workshop/shop/x', {
      method: 'PUT',
      body: '{}',
    });
    received.length = 0;

    const refused = await started.bitbucket.fetch(put, { kind: 'app', scopes });

    expect(refused.status).toBe(403);
    expect(await refused.json()).toMatchObject({
      type: 'error',
      error: { message: expect.stringContaining('--write') as string },
    });
    expect(received).toEqual([]);
  });

  it('lets the app write when that was asked for', async () => {
    const started = await start({ mayWrite: true });
    const uuid = uuidIn(started);
    const head = cloud.bitbucket.pullRequests(uuid)[0]?.headCommit ?? '';
    const path = `/2.0/repositories/workshop/shop/commit/${head}/reports/by-the-test`;

    const written = await started.bitbucket.fetch(
      new Request(`https://api.bitbucket.org${path}`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ title: 'Of the test', details: 'd', report_type: 'BUG' }),
      }),
      { kind: 'app', scopes },
    );

    expect(written.status).toBe(200);
    expect(cloud.bitbucket.insights(uuid, head).reports.map(({ title }) => title)).toContain(
      'Of the test',
    );
  });

  it('tells the app of a push and of the end of a pull request, once', async () => {
    const started = await start();
    const uuid = uuidIn(started);
    const events: string[] = [];
    started.bitbucket.onEvent(({ eventType }) => void events.push(eventType));
    await page(started, '/workshop/shop/pull-requests/1');
    expect(events).toEqual([]);

    fixture.git('checkout', '--quiet', 'feature/prices', '--');
    fixture.commit('feature/prices');
    await cloud.clock.advance(1_000);
    await cloud.bitbucket.push(uuid);
    await started.clock.advance(60_000);
    await started.clock.advance(60_000);
    expect(events).toEqual(['avi:bitbucket:updated:pullrequest']);

    await cloud.clock.advance(1_000);
    await cloud.bitbucket.decline(uuid, 1, cloud.bitbucket.users[0]?.accountId ?? '');
    await started.clock.advance(60_000);
    expect(events).toEqual([
      'avi:bitbucket:updated:pullrequest',
      'avi:bitbucket:rejected:pullrequest',
    ]);
  });

  it.each([
    ['a token that is not accepted', { token: 'wrong' }, /does not accept the token/],
    ['a workspace that is not seen', { workspace: 'elsewhere' }, /sees no workspace "elsewhere"/],
  ])('does not start with %s, and says so', async (_, part, sentence) => {
    const starting = start(part);

    await expect(starting).rejects.toThrow(BitbucketUnavailableError);
    await expect(starting).rejects.toThrow(sentence);
  });
});
