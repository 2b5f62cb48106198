import { bundleProbe, startProbe } from '../../support/probe-platform';
import type { ProbePlatform } from '../../support/probe-platform';

const bundle = bundleProbe();
let probe: ProbePlatform;
let answer: (request: Request) => Response | Promise<Response>;
beforeAll(async () => {
  probe = await startProbe({
    bundleDirectory: bundle.folder,
    answer: (request) => answer(request),
  });
});
afterAll(async () => {
  await probe.stop();
  bundle.remove();
});
beforeEach(() => {
  answer = () => Response.json({ fine: true });
  probe.traffic.clear();
  probe.requests.splice(0);
  probe.faults.clear();
});

const path =
  '/2.0/repositories/%7Bbbbbbbbb-0000-4000-8000-000000000002%7D/demo/pullrequests/7?a=b%20c';

describe('a call to Bitbucket', () => {
  it('reaches the neighbour as the app, with the granted scopes', async () => {
    const result = await probe.invoke('bitbucket', { as: 'app', path });

    expect(result).toMatchObject({ ok: { status: 200, body: '{"fine":true}' } });
    expect(probe.requests).toMatchObject([
      {
        url: `https://api.bitbucket.org${path}`,
        method: 'GET',
        identity: {
          kind: 'app',
          scopes: ['read:pullrequest:bitbucket', 'read:repository:bitbucket', 'storage:app'],
        },
      },
    ]);
  });

  it('reaches the neighbour as the acting user, and as nobody', async () => {
    await probe.invoke('bitbucket', { as: 'user', path });
    await probe.invoke('bitbucket', { as: 'none', path });

    expect(probe.requests.map(({ identity }) => identity)).toMatchObject([
      { kind: 'user', accountId: 'user-1' },
      { kind: 'anonymous' },
    ]);
  });

  it('needs a user to act as one', async () => {
    const result = await probe.platform.runHandler('index.actAsUser', {});

    expect(result).toMatchObject({ name: 'NEEDS_AUTHENTICATION_ERR', status: 401 });
    expect(probe.requests).toEqual([]);
  });

  it('accepts the workspace by slug and by UUID in braces', async () => {
    for (const workspace of ['acme', '{bbbbbbbb-0000-4000-8000-000000000002}']) {
      const named = `/2.0/repositories/${workspace}/demo`;
      expect(await probe.invoke('bitbucket', { as: 'app', path: named })).toHaveProperty('ok');
    }
  });

  it.each([
    '/2.0/repositories/other/demo',
    '/2.0/workspaces/%7Baaaaaaaa-0000-4000-8000-00000000000f%7D/members',
    '/2.0/repositories/acme/../other/demo',
    '@evil.example/2.0/repositories/acme/demo',
  ])('is refused with 403 for the foreign workspace in %s', async (foreign) => {
    const result = await probe.invoke('bitbucket', { as: 'app', path: foreign });

    expect(result).toMatchObject({ name: 'PROXY_ERR', status: 403 });
    expect(probe.requests).toEqual([]);
  });

  it('sends JSON by default and passes the body on', async () => {
    await probe.invoke('bitbucketPost', { repository: 'acme', body: { title: 'Ünïcode' } });

    expect(probe.requests).toMatchObject([
      {
        method: 'PUT',
        body: '{"title":"Ünïcode"}',
        headers: { 'content-type': 'application/json' },
      },
    ]);
  });

  it('passes 4xx and 5xx answers through as plain responses', async () => {
    answer = () => new Response('no', { status: 404 });
    expect(await probe.invoke('bitbucket', { as: 'app', path })).toMatchObject({
      ok: { status: 404, error: null, body: 'no' },
    });
  });

  it('follows redirects inside the API as the same identity', async () => {
    answer = (request) =>
      request.url.endsWith('/diff')
        ? new Response(null, {
            status: 302,
            headers: { location: '/2.0/repositories/acme/demo/diff/a..b' },
          })
        : new Response('the diff');
    const result = await probe.invoke('bitbucket', {
      as: 'user',
      path: '/2.0/repositories/acme/demo/pullrequests/7/diff',
    });

    expect(result).toMatchObject({ ok: { status: 200, body: 'the diff' } });
    expect(probe.requests.map(({ url }) => url)).toEqual([
      'https://api.bitbucket.org/2.0/repositories/acme/demo/pullrequests/7/diff',
      'https://api.bitbucket.org/2.0/repositories/acme/demo/diff/a..b',
    ]);
  });

  it('is recorded with identity, target, bodies and status, without the token of the invocation', async () => {
    await probe.invoke('bitbucketPost', { repository: 'acme', body: { a: 1 } });

    expect(probe.traffic.calls).toMatchObject([
      {
        functionKey: 'resolve',
        kind: 'bitbucket',
        identity: 'app',
        method: 'PUT',
        target: '/2.0/repositories/acme/demo/commit/abc/reports/x',
        requestBody: '{"a":1}',
        status: 200,
        responseBody: '{"fine":true}',
      },
    ]);
    expect(JSON.stringify(probe.traffic.calls)).not.toContain('Bearer');
  });
});

describe('what the local platform does not emulate', () => {
  it.each([
    ['unknownCall', {}, /501 - NOT_EMULATED the GraphQL operation somethingElse/],
    ['unknownProduct', {}, /501 - NOT_EMULATED GET \/rest\/api\/3\/myself on jira as app/],
    [
      'bitbucketAsOther',
      { path: '/2.0/user' },
      /501 - NOT_EMULATED GET \/2.0\/user on bitbucket as another user/,
    ],
  ])('says so by name: %s', async (procedure, payload, message) => {
    const result = (await probe.invoke(procedure, payload)) as { message: string };

    expect(result.message).toMatch(message);
  });
});

describe('storage through the proxy', () => {
  it('keeps values and secrets for the real package', async () => {
    expect(await probe.invoke('kvs', { value: { a: 1 } })).toEqual({
      value: { a: 1 },
      secret: 'a secret value',
      missing: null,
    });
  });

  it('is recorded by operation, and secrets stay out of the record and of the values', async () => {
    await probe.invoke('kvs', { value: { a: 1 } });

    expect(probe.traffic.calls.map(({ target }) => target)).toEqual([
      'set',
      'secret/set',
      'get',
      'secret/get',
      'get',
    ]);
    expect(JSON.stringify(probe.traffic.calls)).not.toContain('a secret value');
    expect(JSON.stringify(probe.platform.dumpStorage().values)).not.toContain('a secret value');
  });
});

describe('the token of an invocation', () => {
  it('is refused after the invocation has ended', async () => {
    await probe.invoke('leaveCallBehind', { gate: 'open' });

    const late = await probe.invoke('openGate', { gate: 'open' });

    expect(late).toMatchObject({ status: 401, error: 'INVALID_PROXY_TOKEN' });
    expect(probe.requests).toEqual([]);
  });

  it('is needed for every call', async () => {
    const { baseUrl } = probe.platform;
    for (const headers of [{}, { 'forge-proxy-authorization': 'Bearer made-up' }]) {
      const response = await fetch(`${baseUrl}/egress`, { headers });
      expect(response.status).toBe(401);
    }
  });
});

describe('faults on the line', () => {
  const url = 'https://allowed.example/api/thing?x=1';

  it('answers in place of the neighbour', async () => {
    const effect = {
      kind: 'answer',
      status: 503,
      body: '<html>',
      headers: { 'x-a': 'b' },
    } as const;
    probe.faults.add({ target: 'sonarqube', match: /^GET \/api\/thing\?x=1$/, times: 1, effect });

    expect(await probe.invoke('fetch', { url })).toMatchObject({
      ok: { status: 503, body: '<html>' },
    });
    expect(probe.requests).toEqual([]);
    expect(await probe.invoke('fetch', { url })).toMatchObject({ ok: { status: 200 } });
  });

  it('delays by host time', async () => {
    probe.faults.add({ target: 'bitbucket', times: 1, effect: { kind: 'delay', ms: 5_000 } });
    const call = probe.invoke('bitbucket', { as: 'app', path });

    await probe.clock.advance(4_999);
    expect(probe.requests).toEqual([]);
    await probe.clock.advance(1);

    expect(await call).toMatchObject({ ok: { status: 200 } });
  });

  it('breaks the connection', async () => {
    probe.faults.add({ target: 'sonarqube', times: 1, effect: { kind: 'break' } });

    expect(await probe.invoke('fetch', { url })).toMatchObject({
      name: 'TypeError',
      message: 'fetch failed',
    });
    expect(probe.traffic.calls).toMatchObject([{ status: 0 }]);
  });

  it('cuts an answer that the neighbour gave', async () => {
    probe.faults.add({
      target: 'sonarqube',
      times: 1,
      effect: { kind: 'truncate', characters: 4 },
    });

    expect(await probe.invoke('fetch', { url })).toMatchObject({
      ok: { status: 200, body: '{"fi' },
    });
    expect(probe.requests).toHaveLength(1);
  });

  it('reaches storage and realtime as well', async () => {
    probe.faults.add({
      target: 'kvs',
      match: /^set$/,
      times: 1,
      effect: { kind: 'answer', status: 500 },
    });
    await expect(probe.invoke('kvs', { value: 1 })).rejects.toThrow(/error invoking/);
    expect(probe.traffic.invocations[0]?.errorMessage).toBe('Unexpected error in Forge KVS API');

    probe.faults.add({ target: 'realtime', times: 1, effect: { kind: 'answer', status: 429 } });
    expect(await probe.invoke('realtime')).toMatchObject({ global: { errors: [{ status: 429 }] } });
  });
});

describe('realtime', () => {
  it('tells listeners of global and contextual messages until they leave', async () => {
    const seen: unknown[] = [];
    const leave = probe.platform.onRealtime((message) => seen.push(message));

    const result = await probe.invoke('realtime');
    leave();
    await probe.invoke('realtime');

    expect(seen).toEqual([
      { channel: 'news', payload: '{"a":1}', isGlobal: true },
      { channel: 'news', payload: '{"a":2}', isGlobal: false },
    ]);
    expect(result).toMatchObject({ global: { eventId: expect.any(String) as unknown } });
  });
});
