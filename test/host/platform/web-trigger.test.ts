import { openDatabase } from '../../../host/database';
import { bundleProbe, startProbe } from '../../support/probe-platform';
import type { ProbePlatform } from '../../support/probe-platform';

const bundle = bundleProbe();
let probe: ProbePlatform;
beforeAll(async () => {
  probe = await startProbe({ bundleDirectory: bundle.folder });
});
afterAll(async () => {
  await probe.stop();
  bundle.remove();
});

interface Urls {
  readonly v1: string;
  readonly v2: string;
  readonly all: readonly { readonly moduleKey: string; readonly url: string }[];
}

async function urls(force = false, of: ProbePlatform = probe): Promise<Urls> {
  return (await of.invoke('urls', { force })) as Urls;
}

function request(url: string, body = '', suffix = '') {
  return {
    method: 'POST',
    path: new URL(url).pathname + suffix,
    headers: { 'X-Sonar-Webhook-HMAC-SHA256': ['abc'] },
    queryParameters: { a: ['1', '2'] },
    body,
  };
}

describe('the URL of a web trigger', () => {
  it('has the form that the manifest asks for, on the address of the platform', async () => {
    const { v1, v2 } = await urls();

    expect(v2.startsWith(`${probe.platform.baseUrl}/public/`)).toBe(true);
    expect(v1.startsWith(`${probe.platform.baseUrl}/x1/`)).toBe(true);
  });

  it('stays the same, unless a new one is forced; the old one keeps working', async () => {
    const first = await urls();
    const second = await urls();
    const forced = await urls(true);

    expect(second.v2).toBe(first.v2);
    expect(forced.v2).not.toBe(first.v2);
    expect((await probe.platform.receiveWebTrigger(request(first.v2))).statusCode).toBe(201);
  });

  it('can be listed and deleted, and then answers 404', async () => {
    const { v1 } = await urls(true);

    expect(await probe.invoke('deleteUrl', { url: v1 })).not.toHaveProperty('message');
    expect((await urls()).all.map(({ url }) => url)).not.toContain(v1);
    expect((await probe.platform.receiveWebTrigger(request(v1))).statusCode).toBe(404);
    expect(await probe.invoke('deleteUrl', { url: v1 })).toMatchObject({
      message: expect.stringMatching(/no web trigger URL/) as unknown,
    });
  });

  it('is not given for a module that the manifest does not have', async () => {
    expect(await probe.invoke('unknownUrl')).toHaveProperty('message');
  });

  it('survives a restart over the same database, port included', async () => {
    const database = openDatabase(':memory:');
    const before = await startProbe({ bundleDirectory: bundle.folder, database });
    const { v2 } = await urls(false, before);
    await before.stop();

    const after = await startProbe({ bundleDirectory: bundle.folder, database });

    expect((await urls(false, after)).v2).toBe(v2);
    await after.stop();
  });
});

describe('a request to a web trigger', () => {
  it('reaches the function with method, path, headers, query and body, and no user', async () => {
    const { v2 } = await urls();

    const answer = await probe.platform.receiveWebTrigger(request(v2, '{"a":"ü"}', '/more/path'));

    expect(answer).toMatchObject({ statusCode: 201, headers: { 'X-Probe': ['a', 'b'] } });
    expect(JSON.parse(answer.body)).toEqual({
      method: 'POST',
      path: `${new URL(v2).pathname}/more/path`,
      userPath: '/more/path',
      headers: { 'X-Sonar-Webhook-HMAC-SHA256': ['abc'] },
      queryParameters: { a: ['1', '2'] },
      body: '{"a":"ü"}',
    });
  });

  it('works over HTTP too, with header names as they were sent', async () => {
    const { v1 } = await urls();

    const response = await fetch(`${v1}?q=1&q=2`, {
      method: 'PUT',
      headers: { 'X-Custom-Header': 'yes' },
      body: 'text',
    });

    expect(response.status).toBe(201);
    expect(response.headers.get('x-probe')).toBe('a, b');
    expect(await response.json()).toMatchObject({
      method: 'PUT',
      queryParameters: { q: ['1', '2'] },
      headers: { 'X-Custom-Header': ['yes'] },
      body: 'text',
    });
  });

  it('is refused with 413 over 5 MB, before the function runs', async () => {
    const { v2 } = await urls();
    probe.traffic.clear();
    const body = 'x'.repeat(5 * 1024 * 1024 + 1);

    expect((await probe.platform.receiveWebTrigger(request(v2, body))).statusCode).toBe(413);
    expect((await fetch(v2, { method: 'POST', body })).status).toBe(413);
    expect(probe.traffic.invocations).toEqual([]);
  });

  it('answers 404 for an unknown id', async () => {
    const answer = await probe.platform.receiveWebTrigger(request('http://x/public/no-such-id'));

    expect(answer.statusCode).toBe(404);
    expect((await fetch(`${probe.platform.baseUrl}/x1/no-such-id`)).status).toBe(404);
  });

  it('answers 500 when the function throws or answers in a wrong form, without its words', async () => {
    const { v2 } = await urls();

    for (const suffix of ['/wrong', '/throw']) {
      const answer = await probe.platform.receiveWebTrigger(request(v2, '', suffix));
      expect(answer.statusCode).toBe(500);
      expect(answer.body).not.toContain('the hook broke');
    }
  });

  it('answers from the outputs of the manifest where the trigger is static', async () => {
    const { url } = (await probe.invoke('fixedUrl')) as { url: string };

    expect(await probe.platform.receiveWebTrigger(request(url))).toEqual({
      statusCode: 202,
      headers: { 'Content-Type': ['application/json'] },
      body: '{"ok":true}',
    });
    const unknown = await probe.platform.receiveWebTrigger(request(url, '', '/unknown'));
    expect(unknown.statusCode).toBe(500);
  });
});
