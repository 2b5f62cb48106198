import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
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
});

describe('an outside request', () => {
  it('reaches a declared host with method, headers and body', async () => {
    const url = 'https://allowed.example/api?q=a%20b';
    const init = { method: 'post', headers: { Authorization: 'Bearer t' }, body: 'a=1' };

    const result = await probe.invoke('fetch', { url, init });

    expect(result).toMatchObject({ ok: { status: 200, url, body: '{"fine":true}' } });
    expect(probe.requests).toMatchObject([
      {
        url,
        method: 'POST',
        headers: { authorization: 'Bearer t', 'content-type': 'text/plain;charset=UTF-8' },
        body: 'a=1',
      },
    ]);
    expect(probe.traffic.calls).toMatchObject([{ kind: 'egress', target: url, status: 200 }]);
  });

  it.each([
    ['a host that is not declared', 'https://blocked.example/'],
    ['a subdomain of a declared host', 'https://sub.allowed.example/'],
    ['plain http', 'http://allowed.example/'],
    ['a port that the platform does not let out', 'https://allowed.example:9000/'],
    ['a port that is not declared', 'https://allowed.example:8444/'],
    ['the machine itself', 'https://127.0.0.1/'],
  ])('is refused as a plain 403 for %s', async (_name, url) => {
    const result = await probe.invoke('fetch', { url });

    expect(result).toMatchObject({ ok: { status: 403, error: 'BLOCKED_EGRESS' } });
    expect(probe.requests).toEqual([]);
  });

  it('reaches a declared host on a declared port', async () => {
    expect(await probe.invoke('fetch', { url: 'https://allowed.example:8443/a' })).toMatchObject({
      ok: { status: 200 },
    });
  });

  it('gets 502 from a declared host that nothing stands in for', async () => {
    const result = await probe.invoke('fetch', { url: 'https://nobody.example/' });

    expect(result).toMatchObject({ ok: { status: 502 } });
  });

  it('gets 502 when the neighbour cannot be reached', async () => {
    answer = () => Promise.reject(new Error('connect ECONNREFUSED'));

    expect(await probe.invoke('fetch', { url: 'https://allowed.example/' })).toMatchObject({
      ok: { status: 502, error: 'UPSTREAM_UNREACHABLE' },
    });
  });

  it('is refused after 100 in one minute of run time', async () => {
    const statuses = (await probe.invoke('fetchMany', {
      url: 'https://allowed.example/',
      count: 102,
    })) as number[];

    expect(statuses.slice(0, 100).every((status) => status === 200)).toBe(true);
    expect(statuses.slice(100)).toEqual([429, 429]);
    expect(probe.requests).toHaveLength(100);
  });

  it('follows a redirect, and leaves credentials behind on the way to another host', async () => {
    answer = (request) =>
      request.url.startsWith('https://allowed.example')
        ? new Response(null, { status: 302, headers: { location: 'https://target.example/b' } })
        : new Response('arrived');
    const init = { headers: { authorization: 'Bearer t' } };

    const result = await probe.invoke('fetch', { url: 'https://allowed.example/a', init });

    expect(result).toMatchObject({
      ok: { status: 200, url: 'https://target.example/b', body: 'arrived' },
    });
    expect(probe.requests.map(({ headers }) => headers['authorization'])).toEqual([
      'Bearer t',
      undefined,
    ]);
  });

  it('does not follow a redirect to a host that is not declared', async () => {
    answer = () =>
      new Response(null, { status: 302, headers: { location: 'https://evil.example/' } });

    expect(await probe.invoke('fetch', { url: 'https://allowed.example/a' })).toMatchObject({
      ok: { status: 403, error: 'BLOCKED_EGRESS' },
    });
  });

  it('hands a redirect over as it is when asked to, and gives up on a circle', async () => {
    answer = () =>
      new Response(null, { status: 302, headers: { location: 'https://allowed.example/a' } });
    const url = 'https://allowed.example/a';

    expect(await probe.invoke('fetch', { url, init: { redirect: 'manual' } })).toMatchObject({
      ok: { status: 302 },
    });
    expect(await probe.invoke('fetch', { url })).toMatchObject({ message: 'fetch failed' });
  });

  it('goes the same way by https.request', async () => {
    const call = { url: 'https://allowed.example/a', headers: { 'X-Probe': 'yes', host: 'evil' } };

    expect(await probe.invoke('httpsGet', call)).toMatchObject({
      status: 200,
      body: '{"fine":true}',
    });
    expect(probe.requests).toMatchObject([{ url: call.url, headers: { 'x-probe': 'yes' } }]);
    expect(await probe.invoke('httpsGet', { url: 'https://blocked.example/' })).toMatchObject({
      status: 403,
      headers: { 'forge-proxy-error': 'BLOCKED_EGRESS' },
    });
  });

  it('reaches a host while an administrator allows it', async () => {
    const url = 'https://allowed-later.example/api';
    const type = ['FETCH_BACKEND_SIDE'];
    const configured = [{ domain: 'https://allowed-later.example', type }];
    const blocked = { ok: { status: 403, error: 'BLOCKED_EGRESS' } };
    expect(await probe.invoke('fetch', { url })).toMatchObject(blocked);

    probe.platform.egress.set({ egresses: [{ key: 'own', description: 'Own', configured }] });
    expect(await probe.invoke('fetch', { url })).toMatchObject({ ok: { status: 200 } });

    probe.platform.egress.deleteGroup({ key: 'own' });
    expect(await probe.invoke('fetch', { url })).toMatchObject(blocked);
  });

  it.each(['net', 'tls'])('cannot leave by a socket of its own (%s)', async (kind) => {
    const connections: unknown[] = [];
    const server = createServer((socket) => connections.push(socket));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;

    const message = await probe.invoke('connect', { kind, port });

    expect(message).toMatch(/The platform refuses a connection to 127\.0\.0\.1:/);
    expect(connections).toEqual([]);
    server.close();
  });
});
