import type { RealtimeMessage } from '../../host/platform/types';
import { maxAgeMs } from '../../src/domain/freshness';
import { resultWithIssues, startWalk, type Walk, type WalkPullRequest } from '../support/walk';
import { invoke, serverCalls, storedVerdict, viewOf } from '../support/walk-calls';

let walk: Walk;
const messages: RealtimeMessage[] = [];
beforeAll(async () => {
  walk = await startWalk();
  walk.host.platform.onRealtime((message) => messages.push(message));
});
afterEach(() => walk.host.faults.clear());
afterAll(() => walk.stop());

const gateReads = () => serverCalls(walk.host, 'qualitygates/project_status');

/** A pull request whose verdict was read just before it became stale, with nothing left in the queue. */
async function openStale(): Promise<WalkPullRequest> {
  const { host } = walk;
  const pullRequest = await walk.openPullRequest(resultWithIssues(2));
  await host.clock.advance(60_000);
  await viewOf(walk, pullRequest);
  await host.settle();
  await host.clock.advance(maxAgeMs.failed);
  return pullRequest;
}

describe('a verdict that has become stale', () => {
  it('is read once for ten viewers who come at the same time', async () => {
    const { host } = walk;
    const pullRequest = await openStale();
    const before = gateReads();
    // Nobody profits from a read that another one was quick enough to cause.
    host.platform.queue.pause();

    const views = await Promise.all(Array.from({ length: 10 }, () => viewOf(walk, pullRequest)));
    host.platform.queue.resume();
    await host.settle();

    expect(views.every(({ state, refreshing }) => state === 'failed' && refreshing)).toBe(true);
    expect(gateReads() - before).toBe(1);
    expect((await viewOf(walk, pullRequest)).refreshing).toBe(false);
  });

  it('is read once by two functions that run at the same time', async () => {
    const { host, repositoryUuid } = walk;
    const pullRequest = await openStale();
    const before = gateReads();
    // The first reader is held at the server while the second one starts.
    const effect = { kind: 'delay', ms: 2_000 } as const;
    host.faults.add({ target: 'sonarqube', match: /project_status/, times: 1, effect });
    const call = { repositoryUuid, pullRequestId: pullRequest.id };

    const byJob = await viewOf(walk, pullRequest);
    await host.clock.advance(500);
    const byHand = await invoke(host, { ...call, procedure: 'pullRequest.refresh' });
    await host.clock.advance(2_000);
    await host.settle();

    expect(byJob.refreshing).toBe(true);
    expect(byHand).toMatchObject({ ok: true, data: { outcome: 'inProgress' } });
    expect(gateReads() - before).toBe(1);
  });
});

describe('a job of the queue', () => {
  it('that is delivered twice writes and announces nothing the second time', async () => {
    const { host } = walk;
    const pullRequest = await walk.openPullRequest(resultWithIssues(1));
    host.sonarqube.pauseTasks();
    const pushed = await walk.push(pullRequest);
    await host.settle();
    await host.clock.advance(60_000);
    host.platform.queue.pause();
    host.sonarqube.resumeTasks();
    await host.sonarqube.idle();
    const before = messages.length;
    host.platform.queue.deliverNext(2);
    host.platform.queue.resume();
    await host.settle();
    const once = { stored: storedVerdict(walk, pushed), told: messages.length - before };

    // Whoever found the other at work comes back by now.
    await host.clock.advance(10_000);

    expect((await viewOf(walk, pushed)).state).toBe('passed');
    expect(storedVerdict(walk, pushed)).toEqual(once.stored);
    expect(messages.length - before).toBe(once.told);
    expect(once.told).toBe(1);
  });

  it('is done again after its function was killed in the middle, with nothing half written', async () => {
    const { host } = walk;
    const pullRequest = await openStale();
    const before = storedVerdict(walk, pullRequest);
    const whole = await viewOf(walk, pullRequest);
    // Nothing is answered any more, the storage neither, until the platform ends the function.
    const effect = { kind: 'hang' } as const;
    const stop = [
      host.faults.add({ target: 'sonarqube', match: /project_status/, times: 1, effect }),
      host.faults.add({ target: 'kvs', match: /transaction/, times: Infinity, effect }),
    ];

    await host.clock.advance(56_000);
    const killed = host.traffic.invocations.filter(({ outcome }) => outcome === 'timeout');
    const during = storedVerdict(walk, pullRequest);
    for (const end of stop) end();
    await host.clock.advance(5 * 60_000);
    await viewOf(walk, pullRequest);
    await host.settle();

    expect(killed.map(({ functionKey }) => functionKey)).toEqual(['refresh-verdict']);
    expect(during).toEqual(before);
    const after = await viewOf(walk, pullRequest);
    expect(after.projects).toEqual(whole.projects);
    expect(after.checkedAt).not.toBe(whole.checkedAt);
  });
});
