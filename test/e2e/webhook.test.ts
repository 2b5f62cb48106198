import { randomUUID } from 'node:crypto';
import { resultWithIssues, startWalk, type Walk, type WalkPullRequest } from '../support/walk';
import { storedVerdict, viewOf } from '../support/walk-calls';
import {
  buildDelivery,
  lastWebhookSecret,
  listWebhooks,
  post,
  sign,
} from '../support/walk-webhooks';

const minuteMs = 60_000;

let walk: Walk;
let pullRequest: WalkPullRequest;
let url: string;
let secret: string;
beforeAll(async () => {
  walk = await startWalk();
  pullRequest = await walk.openPullRequest(resultWithIssues(1));
  url = (await listWebhooks(walk.host))[0]?.url ?? '';
  secret = lastWebhookSecret(walk.host);
});
afterAll(() => walk.stop());

/** What a delivery leaves behind: all of the store, and jobs. The queue is held, so that a job can be seen. */
async function leftBehind(deliver: () => Promise<number>) {
  const { platform } = walk.host;
  await walk.host.settle();
  platform.queue.pause();
  // Retries of earlier jobs wait for their time.
  const waiting = platform.queue.pending;
  const before = JSON.stringify(platform.dumpStorage());
  const status = await deliver();
  const written = JSON.stringify(platform.dumpStorage()) !== before;
  const enqueued = platform.queue.pending - waiting;
  platform.queue.resume();
  await walk.host.settle();
  return { status, written, enqueued };
}

describe('a delivery at the real address of the web trigger', () => {
  it('[F1] is accepted with a good signature and goes to the queue', async () => {
    const body = buildDelivery(walk, pullRequest);

    const good = await leftBehind(() => post(url, body, sign(secret, body)));

    expect(good).toEqual({ status: 202, written: true, enqueued: 1 });
  });

  it('[F1] leads to the new verdict, from the queue and without a look at any page', async () => {
    const { host } = walk;
    host.sonarqube.pauseTasks();
    const pushed = await walk.push(await walk.openPullRequest());
    await host.settle();
    const before = await viewOf(walk, pushed);

    host.sonarqube.resumeTasks();
    await host.settle();

    expect(before.state).toBe('pending');
    expect(await viewOf(walk, pushed)).toMatchObject({
      state: 'passed',
      knownFrom: 'webhook',
      projects: [{ analysedCommit: pushed.head }],
    });
  });

  const refused: Readonly<
    Record<string, (body: string) => readonly [number, () => Promise<number>]>
  > = {
    'a wrong signature': (body) => [401, () => post(url, body, sign('another secret', body))],
    'a signature of another body': (body) => [401, () => post(url, `${body} `, sign(secret, body))],
    'half a signature': (body) => [401, () => post(url, body, sign(secret, body).slice(0, 32))],
    'no signature': (body) => [401, () => post(url, body)],
    'the address of another connection': (body) => {
      const other = url.replace(/[^/]+$/, randomUUID());
      return [401, () => post(other, body, sign(secret, body))];
    },
    'an address without a connection': (body) => {
      return [401, () => post(url.replace(/\/[^/]+$/, ''), body, sign(secret, body))];
    },
    'more than a megabyte': (body) => {
      const large = `${body}${' '.repeat(1024 * 1024)}`;
      return [413, () => post(url, large, sign(secret, large))];
    },
    'more than the platform takes': (body) => {
      const large = `${body}${' '.repeat(5 * 1024 * 1024)}`;
      return [413, () => post(url, large, sign(secret, large))];
    },
    'the wrong method': (body) => [401, () => post(url, body, sign(secret, body), 'PUT')],
    'no body at all': () => [401, () => post(url, '', sign(secret, ''), 'GET')],
    'a signed body that is no webhook': () => {
      return [400, () => post(url, '{"half":', sign(secret, '{"half":'))];
    },
    'a time of yesterday': () => {
      const changedAt = new Date(walk.host.clock.now() - 24 * 60 * minuteMs).toISOString();
      const old = buildDelivery(walk, pullRequest, { changedAt });
      return [401, () => post(url, old, sign(secret, old))];
    },
    'a project that is not bound': () => {
      const other = buildDelivery(walk, pullRequest, { project: { key: 'workshop_other' } });
      return [200, () => post(url, other, sign(secret, other))];
    },
  };

  it.each(Object.keys(refused))(
    '[F1] with %s writes nothing and enqueues nothing',
    async (name) => {
      const [status, deliver] = refused[name]?.(buildDelivery(walk, pullRequest)) ?? [];
      if (!deliver) throw new Error('There is no such case.');

      const left = await leftBehind(deliver);

      expect(left).toEqual({ status, written: false, enqueued: 0 });
    },
  );

  it('[F1] that comes a second time is refused and changes nothing', async () => {
    await walk.host.clock.advance(1_000);
    const body = buildDelivery(walk, pullRequest);
    const first = await leftBehind(() => post(url, body, sign(secret, body)));
    const stored = storedVerdict(walk, pullRequest);

    const second = await leftBehind(() => post(url, body, sign(secret, body)));

    expect(first).toMatchObject({ status: 202, enqueued: 1 });
    expect(second).toEqual({ status: 401, written: false, enqueued: 0 });
    expect(storedVerdict(walk, pullRequest)).toEqual(stored);
  });
});

describe('the secret of the webhook', () => {
  it('[F1] stays good for ten minutes after it was replaced, and no longer', async () => {
    const { host } = walk;
    const old = lastWebhookSecret(host);
    async function deliverWith(signedBy: string) {
      await host.clock.advance(1_000);
      const body = buildDelivery(walk, pullRequest);
      return post(url, body, sign(signedBy, body));
    }

    await host.platform.runHandler('host-setup.rotateWebhookSecret', {
      connectionId: host.connectionId,
    });
    const renewed = lastWebhookSecret(host);
    const atOnce = [await deliverWith(old), await deliverWith(renewed)];
    await host.clock.advance(10 * minuteMs);
    const later = [await deliverWith(old), await deliverWith(renewed)];

    expect(renewed).not.toBe(old);
    expect(atOnce).toEqual([202, 202]);
    expect(later).toEqual([401, 202]);
    expect(await listWebhooks(host)).toHaveLength(1);
  });
});
