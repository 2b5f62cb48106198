import { cardOf, waitForState } from '../support/app-frames';
import { startBrowser, type TestBrowser } from '../support/browser';
import { resultWithIssues, startWalk, type Walk, type WalkPullRequest } from '../support/walk';
import { invoke } from '../support/walk-calls';
import { openPath } from '../support/walk-pages';
import { lastWebhookSecret } from '../support/walk-webhooks';

let browser: TestBrowser;
let walk: Walk;
let pullRequest: WalkPullRequest;
beforeAll(async () => {
  [browser, walk] = await Promise.all([startBrowser(), startWalk()]);
  pullRequest = await walk.openPullRequest(resultWithIssues(1));
});
afterAll(async () => {
  await browser.close();
  await walk.stop();
});

/** The token of the connection, seen where it has to be: in the header to the server. */
function tokenOf({ host }: Walk): string {
  const call = host.traffic.calls.find(({ kind }) => kind === 'egress');
  const [, token = ''] = /^Bearer (.+)$/.exec(call?.requestHeaders['authorization'] ?? '') ?? [];
  if (token.length < 20) throw new Error('No call carried a token.');
  return token;
}

/** Everything that left the app or stayed behind, by where it was found. */
async function everything(): Promise<Readonly<Record<string, string>>> {
  const { host, repositoryUuid } = walk;
  const { calls, logs, invocations } = host.traffic;
  const call = { repositoryUuid, pullRequestId: pullRequest.id };
  const page = await openPath(browser, host, pullRequest.path);
  await waitForState(cardOf(page), 'Failed');
  const shown = await Promise.all(page.frames().map((frame) => frame.content()));
  await page.context().close();
  const answers = [
    await invoke(host, call),
    await invoke(host, { ...call, procedure: 'pullRequest.refresh' }),
    await invoke(host, {
      ...call,
      procedure: 'pullRequest.issues',
      more: { projectKey: walk.projectKey },
    }),
    await invoke(host, { ...call, person: 'Otto Outsider' }),
  ];
  return {
    'the pages': shown.join('\n'),
    'the answers of the app': JSON.stringify(answers),
    'the log': JSON.stringify([logs, invocations]),
    'the store': JSON.stringify(host.platform.dumpStorage()),
    'the calls but for the header to the server': JSON.stringify(
      calls
        .filter(({ target }) => !/\/api\/webhooks\/(?:create|update)$/.test(target))
        .map(({ requestHeaders, ...rest }) => ({
          ...rest,
          requestHeaders: { ...requestHeaders, authorization: '' },
        })),
    ),
  };
}

async function expectAbsent(secret: string): Promise<void> {
  for (const [place, text] of Object.entries(await everything())) {
    expect({ place, hasSecret: text.includes(secret) }).toEqual({ place, hasSecret: false });
  }
}

describe('the token of a connection', () => {
  it('is in the header to its server and nowhere else, also when the server refuses it', async () => {
    const { host, repositoryUuid } = walk;
    const token = tokenOf(walk);
    const carried = host.traffic.calls.filter((call) =>
      JSON.stringify(call.requestHeaders).includes(token),
    );

    await expectAbsent(token);
    const { id: pullRequestId } = await walk.openPullRequest();
    const body = JSON.stringify({ errors: [{ msg: `The token ${token} is not known.` }] });
    const effect = { kind: 'answer', status: 401, body } as const;
    const stop = host.faults.add({ target: 'sonarqube', times: Infinity, effect });
    const refused = await invoke(host, {
      repositoryUuid,
      pullRequestId,
      procedure: 'pullRequest.refresh',
    });
    stop();

    expect(new Set(carried.map(({ kind, target }) => `${kind} ${new URL(target).host}`))).toEqual(
      new Set(['egress sonarcloud.io']),
    );
    expect(JSON.stringify(refused)).toContain('It refused the stored token.');
    expect(JSON.stringify([refused, host.traffic.logs])).not.toContain(token);
    expect(JSON.stringify(host.platform.dumpStorage())).not.toContain(token);
  });
});

describe('the secret of the webhook', () => {
  it('is in the call that gives it to the server and nowhere else', async () => {
    await walk.host.clock.advance(4 * 60_000);

    await expectAbsent(lastWebhookSecret(walk.host));
  });
});

describe('the machine', () => {
  it('[D1] is all that anything talks to: no call leaves for a host without a stand-in', async () => {
    const { traffic, url } = walk.host;
    const requested: string[] = [];
    const { page } = await browser.open();
    page.on('request', (request) => requested.push(new URL(request.url()).hostname));

    await page.goto(url + pullRequest.path);
    await waitForState(cardOf(page), 'Failed');

    const outside = traffic.calls.filter(({ kind }) => kind === 'egress');
    expect(new Set(outside.map(({ target }) => new URL(target).host))).toEqual(
      new Set(['sonarcloud.io']),
    );
    expect(traffic.calls.filter(({ kind }) => kind === 'other')).toEqual([]);
    expect(new Set(requested)).toEqual(new Set(['127.0.0.1']));
    await page.context().close();
  });
});
