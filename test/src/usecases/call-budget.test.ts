import type { VerdictJob } from '../../../src/contracts/jobs';
import { RemoteRateLimitedError, RemoteUnavailableError } from '../../../src/errors/remote-errors';
import {
  buildGate,
  connectionId,
  headCommit,
  identity,
  isoAt,
  repositoryUuid,
  workspaceUuid,
} from '../../support/app/build-app-data';
import { setUpApp, type AppUnderTest } from '../../support/app/set-up-app';

const hourMs = 3_600_000;
const onBitbucket = { service: 'bitbucket', operation: 'getPullRequest' } as const;
const onServer = { service: 'sonarqube', operation: 'qualitygates/project_status' } as const;

async function setUpMany(count: number): Promise<AppUnderTest> {
  const app = await setUpApp();
  const analysed = { gate: buildGate(), analysedAt: isoAt(-60_000), commit: headCommit };
  app.server.pullRequests = new Map(
    Array.from({ length: count }, (_, index) => [index + 1, analysed] as const),
  );
  return app;
}

const refresh = (pullRequestId: number, part: { isBackground?: true } = {}): VerdictJob => ({
  kind: 'refresh',
  repositoryUuid,
  pullRequestId,
  trigger: 'push',
  ...part,
});

/** The queue on a clock that stands still but for what jobs take and wait for; answers when each call was made. */
async function drain(app: AppUnderTest, first: readonly VerdictJob[]): Promise<number[]> {
  const calls: number[] = [];
  const waiting = first.map((job) => ({ job, atMs: app.time.nowMs }));
  while (waiting.length > 0) {
    waiting.sort((one, other) => one.atMs - other.atMs);
    const next = waiting.shift();
    if (!next) break;
    app.time.nowMs = Math.max(app.time.nowMs + 200, next.atMs);
    const before = app.meter.count('bitbucket');
    const outcome = await app.handleVerdictJob(next.job, workspaceUuid);
    for (let made = app.meter.count('bitbucket') - before; made > 0; made -= 1)
      calls.push(app.time.nowMs);
    if (outcome.kind === 'retry') {
      waiting.push({ job: next.job, atMs: app.time.nowMs + outcome.retryAfterSeconds * 1000 });
    }
    for (const job of app.jobs.splice(0)) {
      waiting.push({ job, atMs: app.time.nowMs + (app.delays.get(job) ?? 0) * 1000 });
    }
  }
  return calls;
}

/** The most calls within any hour. */
function busiestHour(calls: readonly number[]): number {
  let from = 0;
  return calls.reduce((most, atMs, index) => {
    while ((calls[from] ?? atMs) <= atMs - hourMs) from += 1;
    return Math.max(most, index - from + 1);
  }, 0);
}

describe('the calls of the queue', () => {
  it('[Q1] stay within what Bitbucket allows in an hour, and 2,000 pull requests all get their verdict', async () => {
    const app = await setUpMany(2_000);

    const calls = await drain(
      app,
      Array.from({ length: 2_000 }, (_, index) => refresh(index + 1)),
    );

    expect(busiestHour(calls)).toBeLessThanOrEqual(1_000);
    for (const pullRequestId of [1, 1_000, 2_000]) {
      expect(await app.verdicts.find({ repositoryUuid, pullRequestId })).toMatchObject({
        projects: [{ presence: 'analysed' }],
      });
    }
    const stored = (JSON.parse(app.store.dump()) as [string, string][]).filter(([key]) =>
      key.startsWith('entity verdict '),
    );
    expect(stored).toHaveLength(2_000);
  }, 60_000);

  it('[Q1] are left to people when background has had its part; it is not queued again', async () => {
    const app = await setUpMany(900);
    const background = Array.from({ length: 300 }, (_, index) =>
      refresh(index + 1, { isBackground: true }),
    );
    for (const job of background) await app.handleVerdictJob(job, workspaceUuid);
    expect(app.jobs).toEqual([]);
    expect(await app.verdicts.find({ repositoryUuid, pullRequestId: 300 })).toBeUndefined();

    await app.handleVerdictJob(refresh(300), workspaceUuid);

    expect(await app.verdicts.find({ repositoryUuid, pullRequestId: 300 })).toBeDefined();
    expect((await app.viewLimits())[0]).toMatchObject({ state: 'backgroundWaits', limit: 900 });
  });

  it.each<[string, number | undefined, number]>([
    ['with a time to wait', 300, 300],
    ['without one, as a web page', undefined, 120],
  ])('[Q1] pause for everybody after a 429 %s, and nothing is lost', async (_, asked, least) => {
    const app = await setUpMany(3);
    app.bitbucket.fault = new RemoteRateLimitedError(onBitbucket, '429', {
      retryAfterSeconds: asked,
      isPage: asked === undefined,
    });
    const first = await app.handleVerdictJob(refresh(1), workspaceUuid);
    const before = app.meter.count('bitbucket');

    await app.handleVerdictJob(refresh(2), workspaceUuid);

    expect(first).toMatchObject({ kind: 'retry', isRateLimit: true });
    expect(app.meter.count('bitbucket')).toBe(before);
    expect(app.jobs).toEqual([refresh(2)]);
    const waits = app.delays.get(app.jobs[0] ?? refresh(0)) ?? 0;
    expect(waits).toBeGreaterThanOrEqual(least);
    expect((await app.viewLimits())[0]).toMatchObject({
      state: 'closed',
      until: expect.any(String) as string,
    });
    app.bitbucket.fault = undefined;
    app.time.nowMs += waits * 1000;
    await app.consume();
    expect(await app.verdicts.find({ repositoryUuid, pullRequestId: 2 })).toBeDefined();
    expect((await app.viewLimits())[0]).toMatchObject({ state: 'free' });
  });

  it('[Q1] do not go to a server that failed five times in a row; its verdicts say so, and heal', async () => {
    const app = await setUpMany(9);
    app.server.faults.set('*', new RemoteUnavailableError(onServer, 'status 503'));
    for (let id = 1; id <= 5; id += 1) await app.handleVerdictJob(refresh(id), workspaceUuid);
    app.server.calls.length = 0;

    await app.handleVerdictJob(refresh(6), workspaceUuid);

    expect(app.server.calls).toEqual([]);
    expect(await app.verdicts.find({ repositoryUuid, pullRequestId: 6 })).toMatchObject({
      projects: [{ failure: { message: expect.stringContaining('several times') as string } }],
    });
    expect((await app.viewLimits())[1]).toMatchObject({ name: 'Cloud', state: 'closed' });
    app.server.faults.clear();
    app.time.nowMs += 60_000;
    await app.handleVerdictJob(refresh(6), workspaceUuid);
    expect((await app.viewLimits())[1]).toMatchObject({ state: 'free' });
    const [healed] =
      (await app.verdicts.find({ repositoryUuid, pullRequestId: 6 }))?.projects ?? [];
    expect(healed).toMatchObject({ presence: 'analysed' });
    expect(healed?.failure).toBeUndefined();
  });

  it('[Q1] ask the server at a merge all the same', async () => {
    const app = await setUpMany(9);
    app.server.faults.set('*', new RemoteUnavailableError(onServer, 'status 503'));
    for (let id = 1; id <= 5; id += 1) await app.handleVerdictJob(refresh(id), workspaceUuid);
    app.server.faults.clear();

    const check = await app.checkMerge({ ...identity, workspaceUuid });

    expect(check).toMatchObject({ success: true });
  });

  it('[Q1] [O6] of a connection are forgotten with it', async () => {
    const app = await setUpMany(1);
    await app.handleVerdictJob(refresh(1), workspaceUuid);
    expect(app.store.dump()).toContain(`entity calls ${connectionId}`);

    await app.startDisconnect({ connectionId, typedName: 'Cloud', accountId: 'olivia' });
    await app.runOperations();

    expect(app.store.dump()).not.toContain(`entity calls ${connectionId}`);
  });
});
