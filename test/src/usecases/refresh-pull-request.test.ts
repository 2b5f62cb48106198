import {
  buildGate,
  buildPullRequest,
  caller,
  headCommit,
  identity,
  isoAt,
} from '../../support/app/build-app-data';
import { setUpApp, type AppUnderTest } from '../../support/app/set-up-app';

async function setUpAnalysed(): Promise<AppUnderTest> {
  const app = await setUpApp();
  app.server.gate = buildGate();
  app.server.listed = [
    { key: '7', gateStatus: 'OK', analysedAt: isoAt(-300_000), commit: headCommit },
  ];
  return app;
}

describe('the refresh by hand', () => {
  it('[F5] reads the server now and says whether something changed', async () => {
    const app = await setUpAnalysed();

    const first = await app.refreshPullRequest(identity, caller);
    app.time.nowMs += 10_000;
    const second = await app.refreshPullRequest(identity, caller);

    expect(first).toMatchObject({ outcome: 'changed', view: { state: 'passed' } });
    expect(second).toMatchObject({
      outcome: 'unchanged',
      view: { knownFrom: 'manual', checkedAt: isoAt(10_000), sequence: 1 },
    });
    expect(app.server.calls.slice(6)).toHaveLength(6);
  });

  it('[F5] is given once per 10 s and pull request, whoever asks', async () => {
    const app = await setUpAnalysed();
    await app.refreshPullRequest(identity, caller);
    const calls = app.server.calls.length;
    app.time.nowMs += 9_500;

    const again = await app.refreshPullRequest(identity, { ...caller, accountId: 'another' });

    expect(again).toMatchObject({
      outcome: 'tooSoon',
      retryAfterSeconds: 1,
      view: { state: 'passed' },
    });
    expect(app.server.calls).toHaveLength(calls);
  });

  it('says that a read is in progress', async () => {
    const app = await setUpAnalysed();
    await app.leases.claim(`read:${identity.repositoryUuid}:7`, 'another', 60_000);

    expect(await app.refreshPullRequest(identity, caller)).toMatchObject({
      outcome: 'inProgress',
      view: { refreshing: true },
    });
  });

  it('asks nothing for a closed pull request', async () => {
    const app = await setUpAnalysed();
    app.bitbucket.pullRequest = buildPullRequest({ state: 'MERGED' });

    expect((await app.refreshPullRequest(identity, caller)).outcome).toBe('unchanged');
    expect(app.server.calls).toEqual([]);
    expect(app.store.counts.writes).toBe(0);
  });

  it('is refused to those who may not read the pull request, and leaves no trace', async () => {
    const app = await setUpAnalysed();
    app.bitbucket.pullRequest = undefined;

    await expect(app.refreshPullRequest(identity, caller)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(app.store.counts.writes).toBe(0);
    expect(app.server.calls).toEqual([]);
  });
});
