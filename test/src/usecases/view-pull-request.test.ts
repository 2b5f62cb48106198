import { RemoteUnavailableError } from '../../../src/errors/remote-errors';
import {
  buildPullRequest,
  buildRecord,
  buildTruth,
  caller,
  identity,
  isoAt,
  olderCommit,
} from '../../support/app/build-app-data';
import { setUpApp, type AppUnderTest } from '../../support/app/set-up-app';

async function setUpFresh(): Promise<AppUnderTest> {
  const app = await setUpApp();
  await app.verdicts.save(buildRecord(), undefined);
  app.store.counts.writes = 0;
  return app;
}

describe('viewing a pull request', () => {
  it('[P1] with a fresh verdict costs one call to Bitbucket, two reads and nothing else', async () => {
    const app = await setUpFresh();

    const view = await app.viewPullRequest(identity, caller);

    expect(view).toMatchObject({ state: 'passed', refreshing: false });
    expect(app.bitbucket.counts).toEqual({ pullRequests: 1, commits: 0, diffstats: 0, all: 1 });
    expect(app.store.counts).toEqual({ reads: 2, writes: 0 });
    expect(app.server.calls).toEqual([]);
    expect(app.jobs).toEqual([]);
  });

  it('that is hidden says the same as one that does not exist, and leaves no trace', async () => {
    const app = await setUpFresh();
    const before = app.store.dump();
    app.bitbucket.pullRequest = undefined;

    const hidden = app.viewPullRequest(identity, caller);
    const missing = app.viewPullRequest({ ...identity, pullRequestId: 999 }, caller);

    const errors = await Promise.all([hidden, missing].map((each) => each.catch(String)));
    expect(errors[0]).toBe(errors[1]);
    await expect(hidden).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(app.store.dump()).toBe(before);
    expect(app.jobs).toEqual([]);
  });

  it('that Bitbucket cannot judge shows nothing', async () => {
    const app = await setUpFresh();
    app.bitbucket.fault = new RemoteUnavailableError(
      { service: 'bitbucket', operation: 'getPullRequest' },
      'status 503',
    );

    await expect(app.viewPullRequest(identity, caller)).rejects.toMatchObject({
      code: 'UNAVAILABLE',
    });
    expect(app.jobs).toEqual([]);
  });

  it('lets the request for consent through untouched', async () => {
    const app = await setUpFresh();
    const consent = new Error('Authentication Required');
    app.bitbucket.fault = consent;

    await expect(app.viewPullRequest(identity, caller)).rejects.toBe(consent);
  });

  it('with a stale verdict shows it at once and asks once for all viewers', async () => {
    const app = await setUpApp();
    const old = buildTruth({ checkedAt: isoAt(-3_600_000) });
    await app.verdicts.save(buildRecord({ projects: [old] }), undefined);

    const views = await Promise.all(
      Array.from({ length: 10 }, () => app.viewPullRequest(identity, caller)),
    );

    expect(views.map(({ state, refreshing }) => [state, refreshing])).toEqual(
      Array.from({ length: 10 }, () => ['passed', true]),
    );
    expect(app.jobs).toEqual([{ kind: 'refresh', ...identity, trigger: 'poll' }]);
    expect(app.server.calls).toEqual([]);
  });

  it('[G7] with another head shows the verdict as outdated at once and asks for a re-read', async () => {
    const app = await setUpFresh();
    app.bitbucket.pullRequest = buildPullRequest({ headHash: olderCommit.slice(0, 12) });

    const view = await app.viewPullRequest(identity, caller);

    expect(view).toMatchObject({ state: 'outdated', refreshing: true });
    expect(app.jobs).toHaveLength(1);
  });

  it('asks again when a requested re-read did not come', async () => {
    const app = await setUpApp();
    await app.viewPullRequest(identity, caller);

    app.time.nowMs += 14_999;
    await app.viewPullRequest(identity, caller);
    expect(app.jobs).toHaveLength(1);

    app.time.nowMs += 1;
    await app.viewPullRequest(identity, caller);
    expect(app.jobs).toHaveLength(2);
  });

  it('shows what is known when the queue is down, and lets the next viewer try', async () => {
    const app = await setUpApp();
    app.faults.queue = new Error('down');

    expect(await app.viewPullRequest(identity, caller)).toMatchObject({ refreshing: false });

    delete app.faults.queue;
    expect(await app.viewPullRequest(identity, caller)).toMatchObject({ refreshing: true });
  });

  it.each([
    ['closed', buildPullRequest({ state: 'MERGED' })],
    ['of a fork', buildPullRequest({ isFork: true })],
  ])('that is %s asks for nothing', async (_, pullRequest) => {
    const app = await setUpApp();
    app.bitbucket.pullRequest = pullRequest;

    expect(await app.viewPullRequest(identity, caller)).toMatchObject({ refreshing: false });
    expect(app.jobs).toEqual([]);
    expect(app.store.counts.writes).toBe(0);
  });

  it('[P1] of a repository without a binding is unbound and asks for nothing', async () => {
    const app = await setUpApp({ isBound: false });

    expect(await app.viewPullRequest(identity, caller)).toMatchObject({
      state: 'unbound',
      refreshing: false,
    });
    expect(app.jobs).toEqual([]);
  });
});
