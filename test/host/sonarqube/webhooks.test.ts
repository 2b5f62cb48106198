import { createHmac } from 'node:crypto';
import { sign } from '../../../host/sonarqube/webhooks/signature';
import { buildIssue, buildResult, gateOf42, headCommit, setUp, type StandIn } from './support';

const secret = '0123456789abcdef-secret';
const url = 'https://app.example.org/hook';

async function addWebhook({ post }: StandIn): Promise<string> {
  const answer = await post('webhooks/create', { name: 'app', url, secret, project: 'shop' });
  const { webhook } = (await answer.json()) as { webhook: { key: string } };
  return webhook.key;
}

async function setUpWithIssues(...keys: readonly string[]) {
  const issues = keys.map((key) => buildIssue({ key }));
  const standIn = await setUp({ result: buildResult({ issues }) });
  await addWebhook(standIn);
  await standIn.submit();
  await standIn.sonarqube.idle();
  const answer = await standIn.getJson('issues/search?components=shop&pullRequest=42');
  return { ...standIn, issues: (answer as { issues: { key: string }[] }).issues };
}

describe('the webhook', () => {
  it('is signed over its raw bytes with HMAC-SHA256 in lower-case hex', () => {
    // RFC 4231, test case 2.
    expect(sign('Jefe', 'what do ya want for nothing?')).toBe(
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    );
  });

  it('says after an analysis what was analysed and what came of it', async () => {
    const standIn = await setUp({ result: buildResult({ issues: [buildIssue()] }) });
    await addWebhook(standIn);
    const taskId = await standIn.submit();
    await standIn.sonarqube.idle();

    const [request] = standIn.received;
    expect(standIn.received).toHaveLength(1);
    expect(request?.url).toBe(url);
    expect(request?.headers).toEqual({
      'Content-Type': 'application/json; charset=utf-8',
      'X-SonarQube-Project': 'shop',
      'X-Sonar-Webhook-HMAC-SHA256': createHmac('sha256', secret)
        .update(request?.body ?? '')
        .digest('hex'),
    });
    expect(JSON.parse(request?.body ?? '')).toEqual({
      serverUrl: 'https://sonar.example.org',
      taskId,
      status: 'SUCCESS',
      analysedAt: '2026-05-01T02:15:42+0000',
      revision: headCommit,
      changedAt: '2026-05-01T02:15:42+0000',
      project: {
        key: 'shop',
        name: 'Shop',
        url: 'https://sonar.example.org/dashboard?id=shop',
      },
      branch: {
        name: '42',
        type: 'PULL_REQUEST',
        isMain: false,
        url: 'https://sonar.example.org/dashboard?id=shop&pullRequest=42',
      },
      qualityGate: {
        name: 'Sonar way',
        status: 'ERROR',
        conditions: [
          {
            metric: 'new_coverage',
            operator: 'LESS_THAN',
            status: 'NO_VALUE',
            errorThreshold: '80',
          },
          {
            metric: 'new_duplicated_lines_density',
            operator: 'GREATER_THAN',
            value: '0.0',
            status: 'OK',
            errorThreshold: '3',
          },
          {
            metric: 'new_security_hotspots_reviewed',
            operator: 'LESS_THAN',
            status: 'NO_VALUE',
            errorThreshold: '100',
          },
          {
            metric: 'new_violations',
            operator: 'GREATER_THAN',
            value: '1',
            status: 'ERROR',
            errorThreshold: '0',
          },
        ],
      },
      properties: {
        'sonar.analysis.detectedscm': 'git',
        'sonar.analysis.detectedci': 'Bitbucket Pipelines',
      },
    });
  });

  it('says of a failed task only that it failed', async () => {
    const standIn = await setUp({ analyse: () => Promise.reject(new Error('no')) });
    await addWebhook(standIn);
    await standIn.submit();
    await standIn.sonarqube.idle();

    const body: unknown = JSON.parse(standIn.received[0]?.body ?? '');
    expect(body).toMatchObject({ status: 'FAILED', properties: {} });
    for (const absent of ['analysedAt', 'revision', 'qualityGate']) {
      expect(body).not.toHaveProperty(absent);
    }
  });

  it('[F5] comes again without a task when accepting the last issue flips the gate', async () => {
    const { sonarqube, received, issues, getJson, clock } = await setUpWithIssues('one', 'two');
    const [one, two] = issues;
    await clock.advance(3_600_000);
    await sonarqube.accept('shop', '42', one?.key ?? '');
    const afterOne = received.length;
    await sonarqube.accept('shop', '42', two?.key ?? '');

    expect(afterOne).toBe(1);
    expect(received).toHaveLength(2);
    const body: unknown = JSON.parse(received[1]?.body ?? '');
    expect(body).toMatchObject({
      analysedAt: '2026-05-01T02:15:42+0000',
      changedAt: '2026-05-01T03:15:42+0000',
      qualityGate: { status: 'OK' },
    });
    expect(body).not.toHaveProperty('taskId');
    expect(await getJson(gateOf42)).toMatchObject({ projectStatus: { status: 'OK' } });
  });

  it('[F5] comes again when reopening an issue over the API flips the gate back', async () => {
    const { post, received, issues } = await setUpWithIssues('one');
    const issue = issues[0]?.key ?? '';
    const accepted = await post('issues/do_transition', { issue, transition: 'accept' });
    const reopened = await post('issues/do_transition', { issue, transition: 'reopen' });

    expect(await accepted.json()).toMatchObject({ issue: { issueStatus: 'ACCEPTED' } });
    expect(await reopened.json()).toMatchObject({ issue: { issueStatus: 'OPEN' } });
    expect(received.map(({ body }) => gateOf(body))).toEqual(['ERROR', 'OK', 'ERROR']);
  });

  it('is recorded with its answer, and not tried again when it fails', async () => {
    const standIn = await setUp({ deliver: () => Promise.resolve({ status: 500 }) });
    const webhook = await addWebhook(standIn);
    await standIn.submit();
    await standIn.sonarqube.idle();

    expect(await standIn.getJson(`webhooks/deliveries?webhook=${webhook}`)).toMatchObject({
      deliveries: [{ name: 'app', url, success: false, httpStatus: 500 }],
      paging: { total: 1 },
    });
    expect(await standIn.getJson('webhooks/list?project=shop')).toMatchObject({
      webhooks: [{ key: webhook, hasSecret: true, latestDelivery: { httpStatus: 500 } }],
    });
  });

  it('counts as not delivered when the receiver has not answered after ten seconds', async () => {
    const standIn = await setUp({ deliver: () => new Promise(() => undefined) });
    const webhook = await addWebhook(standIn);
    await standIn.submit();
    const idle = standIn.sonarqube.idle();
    await new Promise(setImmediate);
    await standIn.clock.advance(10_000);
    await idle;

    const { deliveries } = (await standIn.getJson(`webhooks/deliveries?webhook=${webhook}`)) as {
      deliveries: readonly object[];
    };
    expect(deliveries).toHaveLength(1);
    expect(deliveries[0]).toMatchObject({ success: false, durationMs: 10_000 });
    expect(deliveries[0]).not.toHaveProperty('httpStatus');
  });
});

function gateOf(body: string): string {
  return (JSON.parse(body) as { qualityGate: { status: string } }).qualityGate.status;
}

describe('webhooks', () => {
  it.each([
    [{ url: 'ftp://app.example.org' }, 'not a valid url'],
    [{ url: 'nonsense' }, 'not a valid url'],
    [{ secret: 'short' }, 'shorter than the minimum authorized (16)'],
    [{ name: '' }, "The 'name' parameter is missing"],
  ])('are refused with %j', async (changes, reason) => {
    const { post } = await setUp();

    const answer = await post('webhooks/create', { name: 'app', url, secret, ...changes });

    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain(reason);
  });

  it('are at most ten for a project', async () => {
    const standIn = await setUp();
    for (let count = 0; count < 10; count += 1) await addWebhook(standIn);

    const eleventh = await standIn.post('webhooks/create', { name: 'app', url, project: 'shop' });

    expect(eleventh.status).toBe(400);
    expect(await eleventh.text()).toContain('Maximum number of webhook (10)');
  });

  it('keep their secret through an update that names none, and lose it to an empty one', async () => {
    const standIn = await setUp();
    const webhook = await addWebhook(standIn);
    const hasSecret = async () =>
      (
        (await standIn.getJson('webhooks/list?project=shop')) as {
          webhooks: { hasSecret: boolean }[];
        }
      ).webhooks[0]?.hasSecret;

    await standIn.post('webhooks/update', { webhook, name: 'renamed', url });
    const kept = await hasSecret();
    await standIn.post('webhooks/update', { webhook, name: 'renamed', url, secret: '' });

    expect([kept, await hasSecret()]).toEqual([true, false]);
  });

  it('of the whole server hear of every project, and deleted ones of none', async () => {
    const standIn = await setUp();
    const { post, submit, sonarqube, received } = standIn;
    await post('webhooks/create', { name: 'all', url: 'https://all.example.org/' });
    const deleted = await addWebhook(standIn);
    const answer = await post('webhooks/delete', { webhook: deleted });
    await submit({ projectKey: 'other' });
    await submit();
    await sonarqube.idle();

    expect(answer.status).toBe(204);
    expect(received.map((request) => request.headers['X-SonarQube-Project'])).toEqual([
      'other',
      'shop',
    ]);
    expect(received.every((request) => !('X-Sonar-Webhook-HMAC-SHA256' in request.headers))).toBe(
      true,
    );
  });
});
