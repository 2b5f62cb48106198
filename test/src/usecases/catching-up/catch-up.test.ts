import { keptMs, toDueAtMs } from '../../../../src/domain/due';
import {
  RemoteRateLimitedError,
  RemoteUnavailableError,
} from '../../../../src/errors/remote-errors';
import {
  boundProject,
  buildBinding,
  buildClaim,
  buildGate,
  buildIssueList,
  buildPullRequest,
  buildRecord,
  buildTruth,
  failedGate,
  headCommit,
  identity,
  isoAt,
  olderCommit,
  repositoryUuid,
  startMs,
  workspaceUuid,
} from '../../../support/app/build-app-data';
import { setUpApp, type AppUnderTest } from '../../../support/app/set-up-app';

const call = { service: 'bitbucket', operation: 'listOpenPullRequests' } as const;
const minuteMs = 60_000;

function analyse(app: AppUnderTest, isFailed: boolean) {
  app.server.gate = isFailed ? failedGate : buildGate();
  app.server.listed = [
    {
      key: '7',
      gateStatus: isFailed ? 'ERROR' : 'OK',
      analysedAt: isoAt(-300_000),
      commit: headCommit,
    },
  ];
}

/** The schedule, and the queue after it. */
async function runSchedule(app: AppUnderTest) {
  const outcome = await app.readDue();
  await app.consume();
  return outcome;
}

describe('catching up', () => {
  it('[F3] heals a lost webhook within its interval, and the report with it', async () => {
    const app = await setUpApp();
    analyse(app, true);
    await app.handleVerdictJob({ kind: 'refresh', ...identity, trigger: 'push' }, workspaceUuid);
    analyse(app, false);
    const before = await runSchedule(app);
    app.time.nowMs += 31 * minuteMs;

    const after = await runSchedule(app);

    expect([before.queued, after.queued]).toEqual([0, 1]);
    expect((await app.verdicts.find(identity))?.projects[0]?.gate?.status).toBe('OK');
    expect([...app.codeInsights.reports.values()].map(({ result }) => result)).toEqual(['PASSED']);
  });

  it('[F3] writes nothing to Bitbucket and asks the server once when nothing changed', async () => {
    const app = await setUpApp();
    analyse(app, false);
    await app.handleVerdictJob({ kind: 'refresh', ...identity, trigger: 'push' }, workspaceUuid);
    app.codeInsights.writes.length = 0;
    app.server.calls.length = 0;
    app.time.nowMs += 31 * minuteMs;

    await runSchedule(app);
    const again = await runSchedule(app);

    expect(app.codeInsights.writes).toEqual([]);
    expect(app.server.calls).toEqual(['findGate']);
    expect(again.queued).toBe(0);
  });

  it('[F3] reads what waited longest first, and no more than its share at once', async () => {
    const app = await setUpApp();
    for (let id = 1; id <= 60; id += 1) {
      await app.verdicts.save(
        buildRecord({
          pullRequestId: id,
          projects: [buildTruth({ checkedAt: new Date(startMs - id * minuteMs).toISOString() })],
        }),
        undefined,
      );
    }
    app.time.nowMs += 30 * minuteMs;

    const { queued } = await app.readDue();

    const ids = app.jobs.map((job) => ('pullRequestId' in job ? job.pullRequestId : 0));
    expect(queued).toBe(25);
    expect(ids).toEqual(Array.from({ length: 25 }, (_, index) => 60 - index));
  });

  const dueCases = [
    ['a running analysis', buildTruth({ task: { status: 'IN_PROGRESS' } }), 5],
    ['an older analysis', buildTruth({ analysis: { commit: olderCommit } }), 10],
    ['no analysis', buildTruth({ presence: 'noPullRequest', gate: undefined }), 10],
    ['a green gate', buildTruth(), 30],
    ['a red gate', buildTruth({ gate: failedGate }), 30],
    ['an edition without pull requests', buildTruth({ presence: 'noPullRequestAnalysis' }), 1440],
  ] as const;

  it.each(dueCases)('[F3] is due with %s after its time', (...[, truth, minutes]) => {
    expect(toDueAtMs(buildRecord({ projects: [truth] }))).toBe(startMs + minutes * minuteMs);
  });

  it('[F3] waits for a server that is away as long as its back-off says', () => {
    const failure = { since: isoAt(0), message: 'away', attempts: 3, retryAt: isoAt(120_000) };

    expect(toDueAtMs(buildRecord({ projects: [buildTruth({ failure })] }))).toBe(startMs + 120_000);
  });

  it('[O6] keeps the verdict of a closed pull request for 30 days and leaves nothing after that', async () => {
    const app = await setUpApp();
    analyse(app, true);
    app.server.issues = buildIssueList(200);
    await app.handleVerdictJob({ kind: 'refresh', ...identity, trigger: 'push' }, workspaceUuid);
    app.bitbucket.pullRequest = buildPullRequest({ state: 'MERGED' });
    await app.pullRequestChanged({
      ...identity,
      isOpen: false,
      headHash: headCommit.slice(0, 12),
      updatedAt: isoAt(0),
    });
    app.time.nowMs += keptMs - minuteMs;
    const early = await runSchedule(app);
    const kept = await app.verdicts.find(identity);

    app.time.nowMs += 2 * minuteMs;
    const late = await runSchedule(app);

    expect([early, late]).toEqual([
      { queued: 0, forgotten: 0 },
      { queued: 0, forgotten: 1 },
    ]);
    expect(kept?.projects).toHaveLength(1);
    const left = (JSON.parse(app.store.dump()) as [string, unknown][]).map(([key]) => key);
    expect(left.filter((key) => key.includes(`${repositoryUuid}:7`))).toEqual(
      left.filter((key) => /lease/.test(key) && key.includes(`${repositoryUuid}:7`)),
    );
  });

  it('[O6] notices that a pull request was closed or is gone although no event said so', async () => {
    const app = await setUpApp();
    await app.verdicts.save(buildRecord(), undefined);
    app.bitbucket.pullRequest = undefined;
    app.time.nowMs += 31 * minuteMs;

    await runSchedule(app);

    expect((await app.verdicts.find(identity))?.retiredAt).toBe(isoAt(31 * minuteMs));
    expect((await runSchedule(app)).queued).toBe(0);
  });

  it('[O6] forgets a verdict that a binding left behind', async () => {
    const app = await setUpApp({ isBound: false });
    await app.verdicts.save(buildRecord(), undefined);
    app.time.nowMs += 31 * minuteMs;

    expect(await runSchedule(app)).toEqual({ queued: 0, forgotten: 1 });
    expect(await app.verdicts.find(identity)).toBeUndefined();
  });

  it('[O6] leaves nothing of a repository that was deleted', async () => {
    const app = await setUpApp();
    analyse(app, true);
    app.server.issues = buildIssueList(200);
    await app.handleVerdictJob({ kind: 'refresh', ...identity, trigger: 'push' }, workspaceUuid);
    await app.checkMerge({ workspaceUuid, ...identity });
    await app.settings.save(
      { level: 'repository', uuid: repositoryUuid },
      { sequence: 1, own: { values: { report: 'off' }, locks: [] } },
      undefined,
    );

    await app.forgetRepository(repositoryUuid);
    await app.consume();

    const left = (JSON.parse(app.store.dump()) as [string, unknown][]).map(([key]) => key);
    expect(left.filter((key) => key.includes(repositoryUuid) && !key.startsWith('lease'))).toEqual(
      [],
    );
  });

  it('reads a pull request again that was opened again', async () => {
    const app = await setUpApp();
    analyse(app, false);
    await app.verdicts.save(buildRecord({ retiredAt: isoAt(0) }), undefined);

    await app.handleVerdictJob({ kind: 'refresh', ...identity, trigger: 'poll' }, workspaceUuid);

    expect((await app.verdicts.find(identity))?.retiredAt).toBeUndefined();
  });
});

describe('looking for open pull requests', () => {
  const walk = async (app: AppUnderTest) => {
    await app.listOpen.start();
    const stretches: string[] = [];
    for (let job = app.jobs.shift(); job; job = app.jobs.shift()) {
      stretches.push(job.kind);
      await app.handleVerdictJob(job, workspaceUuid);
    }
    return stretches;
  };

  it('[F3] finds a pull request whose events never came', async () => {
    const app = await setUpApp();
    analyse(app, false);

    const jobs = await walk(app);

    expect(jobs).toEqual(['listOpen', 'refresh']);
    expect((await app.verdicts.find(identity))?.projects).toHaveLength(1);
  });

  it('[F3] finds a head that was pushed unheard, and passes over what is known', async () => {
    const known = await setUpApp();
    await known.verdicts.save(buildRecord(), undefined);
    const moved = await setUpApp();
    await moved.verdicts.save(
      buildRecord({ head: { hash: olderCommit, since: isoAt(-600_000) } }),
      undefined,
    );

    expect(await walk(known)).toEqual(['listOpen']);
    expect(await walk(moved)).toEqual(['listOpen', 'refresh']);
  });

  it('[F3] asks for no reading of a fork, whose commits it cannot see', async () => {
    const app = await setUpApp();
    app.bitbucket.pullRequest = buildPullRequest({ isFork: true });

    expect(await walk(app)).toEqual(['listOpen']);
  });

  it('[F3] begins at most once an hour', async () => {
    const app = await setUpApp();
    await app.listOpen.start();
    await app.listOpen.start();
    const first = app.jobs.length;
    app.time.nowMs += 60 * minuteMs;

    await app.listOpen.start();

    expect([first, app.jobs.length]).toEqual([1, 2]);
  });

  it('[F3] goes through all bindings in stretches, with one call to Bitbucket for each', async () => {
    const app = await setUpApp();
    for (let place = 0; place < 30; place += 1) {
      const uuid = `5b1f0c7e-2a43-4d0f-8c6b-${String(place).padStart(12, '0')}`;
      const projectKey = `project_${place}`;
      await app.bindings.addClaim(buildClaim({ repositoryUuid: uuid, projectKey }));
      await app.bindings.save(
        buildBinding({ repositoryUuid: uuid, projects: [{ ...boundProject, projectKey }] }),
        undefined,
      );
    }
    const asked: string[] = [];
    app.bitbucket.listOpenPullRequests = (address) => {
      asked.push(address.repositoryUuid);
      return Promise.resolve({ pullRequests: [], hasMore: false });
    };

    const stretches = await walk(app);

    expect(stretches).toEqual(['listOpen', 'listOpen', 'listOpen']);
    expect(new Set(asked).size).toBe(31);
    expect(asked).toHaveLength(31);
  });

  it('[F3] [Q1] waits after a 429 and goes on past a repository that cannot be listed', async () => {
    const app = await setUpApp();
    app.bitbucket.fault = new RemoteRateLimitedError(call, 'status 429');
    const limited = await app.handleVerdictJob({ kind: 'listOpen' }, workspaceUuid);
    app.bitbucket.fault = new RemoteUnavailableError(call, 'status 503');
    const away = await app.handleVerdictJob({ kind: 'listOpen' }, workspaceUuid);

    expect(limited).toEqual({ kind: 'retry', retryAfterSeconds: 120, isRateLimit: true });
    expect(away).toEqual({ kind: 'done' });
  });
});
