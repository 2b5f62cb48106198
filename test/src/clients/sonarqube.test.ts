import { createHttp } from '../../../src/clients/http/http';
import { createOpenServer } from '../../../src/clients/sonarqube/client';
import { toDeliveryMessage } from '../../../src/clients/sonarqube/to-delivery-message';
import type { ServerAccess } from '../../../src/domain/connection';
import { createMemoryLog } from '../../support/app/memory-log';

const cloud: ServerAccess['connection'] = {
  kind: 'sonarqube-cloud',
  url: 'https://sonarcloud.io',
  organizationKey: 'acme',
};
const server: ServerAccess['connection'] = {
  kind: 'sonarqube-server',
  url: 'https://sonar.example.com/sonar',
  version: '2026.3.1.123439',
};
const target = { projectKey: 'my:project', pullRequestId: 42 };

interface Sent {
  readonly url: URL;
  readonly init: RequestInit;
}

/** A server that gives these answers by operation. */
function setUp(answers: Readonly<Record<string, unknown>>, connection = cloud) {
  const sent: Sent[] = [];
  const log = createMemoryLog();
  const http = createHttp({
    clock: { nowMs: () => 0 },
    log,
    sleep: () => Promise.resolve(),
  });
  const open = createOpenServer({
    http,
    log,
    fetch(text, init) {
      const url = new URL(text);
      sent.push({ url, init });
      const operation = url.pathname.replace(/^.*\/api\//, '');
      const answer = answers[operation];
      if (answer instanceof Response) return Promise.resolve(answer);
      return Promise.resolve(
        answer === undefined
          ? Response.json({ errors: [{ msg: 'Unknown url' }] }, { status: 404 })
          : Response.json(answer),
      );
    },
  });
  return { client: open({ connection, token: 'hunter2' }), sent, log };
}

function parametersOf({ url }: Sent): Record<string, string> {
  return Object.fromEntries(url.searchParams);
}

describe('the client of SonarQube', () => {
  it.each([
    [cloud, 'Bearer hunter2'],
    [server, 'Bearer hunter2'],
    [{ ...server, version: '26.7.0.124771' }, 'Bearer hunter2'],
    [{ ...server, version: '10.0' }, 'Bearer hunter2'],
    [{ ...server, version: '9.9.4' }, `Basic ${Buffer.from('hunter2:').toString('base64')}`],
  ])('authenticates on %j with %s', async (connection, authorization) => {
    const { client, sent } = setUp({}, connection);

    await client.findGate(target);

    expect(sent[0]?.init.headers).toMatchObject({ authorization });
  });

  it('never follows a redirect, so that the token stays with its host', async () => {
    const redirect = new Response(null, {
      status: 301,
      headers: { location: 'https://evil.example/api/qualitygates/project_status' },
    });
    const { client, sent } = setUp({ 'qualitygates/project_status': redirect });

    await expect(client.findGate(target)).rejects.toMatchObject({ fault: 'redirect' });
    expect(sent.map(({ url, init }) => [url.host, init.redirect])).toEqual([
      ['sonarcloud.io', 'manual'],
    ]);
  });

  it('reads the gate of a pull request under the context path of the server', async () => {
    const { client, sent } = setUp(
      {
        'qualitygates/project_status': {
          projectStatus: {
            status: 'ERROR',
            conditions: [
              {
                status: 'ERROR',
                metricKey: 'new_coverage',
                comparator: 'LT',
                errorThreshold: '80',
              },
              { status: 'NEW_WORD', metricKey: 'new_thing' },
            ],
            caycStatus: 'compliant',
          },
        },
      },
      server,
    );

    expect(await client.findGate(target)).toEqual({
      status: 'ERROR',
      ignoredConditions: false,
      conditions: [
        { status: 'ERROR', metricKey: 'new_coverage', comparator: 'LT', threshold: '80' },
        { status: 'NEW_WORD', metricKey: 'new_thing', comparator: '' },
      ],
    });
    expect(sent[0]?.url.href).toBe(
      'https://sonar.example.com/sonar/api/qualitygates/project_status?projectKey=my%3Aproject&pullRequest=42',
    );
  });

  it('takes a gate status that nobody knows for unknown, and a missing one for a fault', async () => {
    const known = setUp({
      'qualitygates/project_status': { projectStatus: { status: 'GREENISH' } },
    });
    const broken = setUp({ 'qualitygates/project_status': { projectStatus: {} } });

    expect(await known.client.findGate(target)).toMatchObject({ status: 'UNKNOWN' });
    await expect(broken.client.findGate(target)).rejects.toMatchObject({ fault: 'shape' });
  });

  it('reads commit and time of an analysis, with an offset that has no colon', async () => {
    const pullRequests = [
      { key: '42', analysisDate: '2026-05-01T02:15:42+0200', commit: { sha: 'abc' } },
      { title: 'without a key' },
      { key: '43', status: { qualityGateStatus: 'OK' }, analysisDate: 'yesterday' },
    ];
    const { client } = setUp({ 'project_pull_requests/list': { pullRequests } });

    expect(await client.listPullRequests('my_project')).toEqual([
      { key: '42', analysedAt: '2026-05-01T00:15:42.000Z', commit: 'abc' },
      { key: '43', gateStatus: 'OK' },
    ]);
  });

  it.each([
    [cloud, 'componentKeys', 'projectKey'],
    [server, 'components', 'project'],
    [{ ...server, version: '10.1.0' }, 'componentKeys', 'projectKey'],
    [{ ...server, version: '10.2.0' }, 'components', 'project'],
    [{ ...server, version: '9.9' }, 'componentKeys', 'projectKey'],
  ])('searches on %j by %s and %s', async (connection, issues, hotspots) => {
    const { client, sent } = setUp(
      { 'issues/search': { issues: [] }, 'hotspots/search': { hotspots: [] } },
      connection,
    );

    await client.listIssues(target);
    await client.listHotspots(target);

    expect(sent.map(parametersOf)).toEqual([
      expect.objectContaining({ [issues]: 'my:project', pullRequest: '42', ps: '500' }),
      expect.objectContaining({ [hotspots]: 'my:project', pullRequest: '42', ps: '500' }),
    ]);
  });

  it('keeps the good issues when one of them is not', async () => {
    const { client, log } = setUp({
      'issues/search': {
        paging: { total: 3 },
        issues: [
          { key: 'a', component: 'p:src/a.ts', project: 'p', severity: 'CRITICAL', line: 4 },
          { message: 'without a key' },
          { key: 'b', component: 'p:module:b.ts', impacts: [{ severity: 'LOW' }], message: 'B' },
        ],
        components: [{ key: 'p:module:b.ts', path: 'module/b.ts' }, { path: 'no key' }],
      },
    });

    const { issues, total } = await client.listIssues(target);

    expect(total).toBe(3);
    expect(issues).toMatchObject([
      { key: 'a', severity: 'high', kind: 'codeSmell', path: 'src/a.ts', line: 4 },
      { key: 'b', severity: 'low', path: 'module/b.ts', message: 'B' },
    ]);
    expect(log.entries.find(({ level }) => level === 'warn')?.fields).toEqual({ dropped: 1 });
  });

  it.each([
    [cloud, 10_000, true],
    [cloud, 9_999, false],
    [server, 20_000, false],
  ])('knows whether the total of %j is capped at %i', async (connection, total, isCapped) => {
    const { client } = setUp({ 'issues/search': { total, issues: [] } }, connection);

    expect(await client.listIssues(target)).toMatchObject({ total, isCapped });
  });

  it('reads hotspots with their probability as severity', async () => {
    const hotspots = [
      { key: 'h', vulnerabilityProbability: 'HIGH', ruleKey: 'r', message: 'Review.' },
    ];
    const { client } = setUp({ 'hotspots/search': { paging: { total: 1 }, hotspots } });

    expect((await client.listHotspots(target)).issues).toMatchObject([
      { kind: 'hotspot', severity: 'high', rule: 'r' },
    ]);
  });

  it.each([
    ['10.0 and later', { period: { value: '64.28' } }],
    ['9.9 and Cloud', { periods: [{ index: 1, value: '64.28' }] }],
  ])('reads measures in the form of %s, and leaves out what is missing', async (_, form) => {
    const measures = [
      { metric: 'new_coverage', ...form },
      { metric: 'new_lines', period: {} },
    ];
    const { client } = setUp({ 'measures/component': { component: { measures } } });

    expect(await client.readMeasures(target)).toEqual({
      newCoverage: { value: '64.28', text: '64.3%' },
    });
  });

  it('[F6] finds the task of the pull request among those of the project', async () => {
    const at = '2026-05-01T02:15:30+0200';
    const own = { status: 'PENDING', pullRequest: '42', submittedAt: at };
    const failed = {
      status: 'FAILED',
      pullRequest: '42',
      executedAt: at,
      errorMessage: 'Over the limit.',
    };
    const foreign = { status: 'IN_PROGRESS', pullRequest: '41', submittedAt: at };
    const find = (tasks: unknown) => setUp({ 'ce/component': tasks }).client.findTask(target);

    expect(await find({ queue: [foreign, own], current: failed })).toEqual({
      status: 'PENDING',
      submittedAt: '2026-05-01T00:15:30.000Z',
    });
    expect(await find({ queue: [foreign], current: failed })).toEqual({
      status: 'FAILED',
      endedAt: '2026-05-01T00:15:30.000Z',
      errorMessage: 'Over the limit.',
    });
    expect(await find({ queue: [], current: { ...failed, pullRequest: '41' } })).toBeUndefined();
    expect(await find({ current: { status: 'SUCCESS', pullRequest: '42' } })).toBeUndefined();
    expect(await find({})).toBeUndefined();
  });

  it('trusts a token only when it belongs to somebody', async () => {
    const validity = (valid: boolean, isLoggedIn: boolean) =>
      setUp({
        'authentication/validate': { valid },
        'users/current': { isLoggedIn, login: 'ada', name: 'Ada' },
      }).client.findAccount();

    expect(await validity(true, true)).toEqual({ name: 'Ada' });
    expect(await validity(true, false)).toBeUndefined();
    expect(await validity(false, true)).toBeUndefined();
  });

  it('reads the state of a Server, and takes a page of HTML for none', async () => {
    const plain = setUp(
      { 'system/status': { id: '1', status: 'UP', version: '2026.3.1.123439' } },
      server,
    );
    const page = setUp(
      { 'system/status': new Response('<html>', { headers: { 'content-type': 'text/html' } }) },
      server,
    );

    expect(await plain.client.findStatus()).toEqual({ version: '2026.3.1.123439', isUp: true });
    await expect(page.client.findStatus()).rejects.toMatchObject({ fault: 'notJson' });
  });

  it('writes webhooks in the body of a POST, with the organization on Cloud', async () => {
    const input = { name: 'Gatehouse', url: 'https://trigger.example/1', secret: 's'.repeat(32) };
    const { client, sent } = setUp({
      'webhooks/create': {},
      'webhooks/update': new Response(null, { status: 204 }),
      'webhooks/delete': new Response(null, { status: 204 }),
    });

    await client.createWebhook(input);
    await client.updateWebhook('key-1', input);
    await client.deleteWebhook('key-1');

    expect(sent.map(({ url, init }) => [init.method, url.search])).toEqual(
      Array.from({ length: 3 }, () => ['POST', '']),
    );
    const bodies = sent.map(({ init }) =>
      Object.fromEntries(new URLSearchParams(typeof init.body === 'string' ? init.body : '')),
    );
    expect(bodies).toEqual([
      { ...input, organization: 'acme' },
      { ...input, webhook: 'key-1' },
      { webhook: 'key-1' },
    ]);
  });

  it('lists the webhooks of an old server, which says nothing of secrets', async () => {
    const webhooks = [{ key: 'k', name: 'n', url: 'u' }];
    const { client } = setUp({ 'webhooks/list': { webhooks } }, server);

    expect(await client.listWebhooks()).toEqual([{ ...webhooks[0], hasSecret: false }]);
  });
});

describe('the body of a webhook', () => {
  it('is read although an issue change leaves the task out', () => {
    const body = {
      status: 'SUCCESS',
      analysedAt: '2026-05-01T02:15:42+0200',
      revision: 'c8e602a6c822d8bd2fbec3f622303836d5631879',
      changedAt: '2026-05-01T08:00:00+0200',
      project: { key: 'my_project' },
      branch: { name: '42', type: 'PULL_REQUEST' },
    };

    expect(toDeliveryMessage(JSON.stringify(body))).toEqual({
      projectKey: 'my_project',
      pullRequestKey: '42',
      isMainBranch: false,
      revision: body.revision,
      analysedAt: '2026-05-01T00:15:42.000Z',
      changedAt: '2026-05-01T06:00:00.000Z',
    });
  });

  it.each(['', 'null', '[]', '{"project":{}}', '{"project":{"key":""}}', '{"project":'])(
    'is none when it is %j',
    (body) => {
      expect(toDeliveryMessage(body)).toBeUndefined();
    },
  );

  it('names no pull request when it is about a branch', () => {
    const body = { project: { key: 'p' }, branch: { name: 'main', type: 'BRANCH' } };

    expect(toDeliveryMessage(JSON.stringify(body))?.pullRequestKey).toBeUndefined();
  });
});
