import { backOff } from '../../../src/domain/freshness';
import {
  RemoteContractError,
  RemoteEgressBlockedError,
  type RemoteError,
  RemoteForbiddenError,
  RemoteRateLimitedError,
  RemoteUnauthorizedError,
  RemoteUnavailableError,
} from '../../../src/errors/remote-errors';
import {
  buildGate,
  buildIssueList,
  buildPullRequest,
  caller,
  connectionId,
  failedGate,
  headCommit,
  identity,
  isoAt,
  olderCommit,
  projectKey,
  workspaceUuid,
} from '../../support/app/build-app-data';
import { setUpApp, type AppUnderTest } from '../../support/app/set-up-app';

const call = { service: 'sonarqube', operation: 'qualitygates/project_status' } as const;
const poll = { ...identity, workspaceUuid, trigger: 'poll' } as const;
const analysedAt = isoAt(-300_000);

function analyse(
  app: AppUnderTest,
  part: { commit?: string; gate?: ReturnType<typeof buildGate> } = {},
) {
  const { gate = buildGate(), commit = headCommit } = part;
  app.server.gate = gate;
  app.server.listed = [{ key: '7', gateStatus: gate.status, analysedAt, commit }];
}

async function setUpRead(): Promise<AppUnderTest> {
  const app = await setUpApp();
  analyse(app);
  await app.refreshVerdict(poll);
  app.server.calls.length = 0;
  app.announced.length = 0;
  return app;
}

const view = (app: AppUnderTest) => app.viewPullRequest(identity, caller);

describe('re-reading a verdict', () => {
  it('reads everything with six calls, stores it with the full head, and tells open pages', async () => {
    const app = await setUpApp();
    analyse(app);

    const outcome = await app.refreshVerdict(poll);

    expect(outcome).toMatchObject({ kind: 'changed', record: { head: { hash: headCommit } } });
    expect(app.server.calls).toHaveLength(6);
    expect(app.announced).toEqual([1]);
    expect(await view(app)).toMatchObject({ state: 'passed', sequence: 1, refreshing: false });
  });

  it('costs one call when nothing changed, and neither writes the verdict nor tells anybody', async () => {
    const app = await setUpRead();
    const stored = await app.verdicts.find(identity);

    const outcome = await app.refreshVerdict(poll);

    expect(outcome.kind).toBe('unchanged');
    expect(app.server.calls).toEqual(['findGate']);
    expect(app.announced).toEqual([]);
    expect(await app.verdicts.find(identity)).toEqual(stored);
  });

  it('[F5] notes the new time of an unchanged verdict without making it look changed', async () => {
    const app = await setUpRead();
    app.time.nowMs += 120_000;

    await app.refreshVerdict(poll);

    expect(await view(app)).toMatchObject({ checkedAt: isoAt(120_000), sequence: 1 });
    expect(app.announced).toEqual([]);
  });

  it('reads everything again when a value of the gate changed', async () => {
    const app = await setUpRead();
    analyse(app, { gate: failedGate });

    const outcome = await app.refreshVerdict(poll);

    expect(outcome.kind).toBe('changed');
    expect(app.server.calls).toHaveLength(6);
    expect(await view(app)).toMatchObject({ state: 'failed', sequence: 2 });
  });

  it('[G7] never gives the gate of one analysis to the commit of the next', async () => {
    const app = await setUpApp();
    analyse(app);
    app.server.before = (operation) => {
      if (operation === 'listPullRequests') analyse(app, { gate: failedGate });
    };

    await app.refreshVerdict(poll);

    expect(await view(app)).toMatchObject({ state: 'failed' });
  });

  it('[G7] is outdated when the server analysed another commit', async () => {
    const app = await setUpApp();
    analyse(app, { commit: olderCommit });

    await app.refreshVerdict(poll);

    expect(await view(app)).toMatchObject({ state: 'outdated' });
  });

  it('[G7] takes the commit of a server that reports none from the signed delivery of that analysis', async () => {
    const app = await setUpApp();
    app.server.gate = buildGate();
    app.server.listed = [{ key: '7', gateStatus: 'OK', analysedAt }];
    const delivery = { connectionId, projectKey, revision: olderCommit, analysedAt };

    await app.refreshVerdict({ ...poll, trigger: 'webhook', delivery });
    expect(await view(app)).toMatchObject({
      state: 'outdated',
      projects: [{ analysedCommit: olderCommit, commitSource: 'webhook' }],
    });

    await app.refreshVerdict({
      ...poll,
      trigger: 'webhook',
      delivery: { ...delivery, revision: headCommit, analysedAt: isoAt(-299_000) },
    });
    expect((await view(app)).projects[0]?.analysedCommit).toBe(olderCommit);
  });

  it('[G7] counts an unreported commit by the time at which the head was there at the latest', async () => {
    const app = await setUpApp();
    app.server.gate = buildGate();
    app.server.listed = [{ key: '7', gateStatus: 'OK', analysedAt }];

    await app.refreshVerdict(poll);
    expect(await view(app)).toMatchObject({
      state: 'passed',
      projects: [{ commitSource: 'notReported' }],
    });

    // A comment moves the time of the pull request, not that of the head.
    app.bitbucket.pullRequest = buildPullRequest({ updatedAt: isoAt(0) });
    await app.refreshVerdict(poll);
    expect(await view(app)).toMatchObject({ state: 'passed' });
  });

  it.each([
    ['is not known', (app: AppUnderTest) => (app.server.hasProject = false), 'notAnalysed', 4],
    [
      'has no pull requests',
      (app: AppUnderTest) => (app.server.hasProject = true),
      'notSupported',
      4,
    ],
  ])('tells a project that %s', async (_, change, state, calls) => {
    const app = await setUpApp();
    app.server.listed = undefined;
    change(app);

    await app.refreshVerdict(poll);

    expect(await view(app)).toMatchObject({ state });
    expect(app.server.calls.length).toBeLessThanOrEqual(calls);
  });

  it('[F6] shows a running analysis with its times and the last known verdict', async () => {
    const app = await setUpApp();
    analyse(app, { commit: olderCommit });
    app.server.task = {
      status: 'IN_PROGRESS',
      submittedAt: isoAt(-9_000),
      startedAt: isoAt(-5_000),
    };

    await app.refreshVerdict(poll);

    expect(await view(app)).toMatchObject({
      state: 'pending',
      projects: [{ task: app.server.task, lastKnown: { state: 'passed', commit: olderCommit } }],
    });
  });

  it('[F6] shows the message of a task that failed after the newest analysis, and not an older one', async () => {
    const app = await setUpApp();
    analyse(app, { commit: olderCommit });
    app.server.task = { status: 'FAILED', endedAt: isoAt(-1_000), errorMessage: 'Over the limit.' };
    await app.refreshVerdict(poll);
    expect((await view(app)).projects[0]?.task?.errorMessage).toBe('Over the limit.');

    app.server.task = { ...app.server.task, endedAt: isoAt(-400_000) };
    await app.refreshVerdict(poll);
    expect((await view(app)).projects[0]?.task).toBeUndefined();
  });

  it.each<[string, RemoteError, RegExp]>([
    ['a wrong token', new RemoteUnauthorizedError(call, 'status 401'), /new one/],
    ['a page of HTML', new RemoteContractError(call, 'notJson'), /page instead of data/],
    ['an empty answer', new RemoteContractError(call, 'empty'), /without any content/],
    ['half an answer', new RemoteContractError(call, 'incomplete'), /broke off/],
    ['ten megabytes', new RemoteContractError(call, 'tooLarge'), /larger/],
    ['a time-out', new RemoteUnavailableError(call, 'no answer in time'), /in time/],
    ['a fault', new RemoteUnavailableError(call, 'status 502', { status: 502 }), /502/],
    ['too many calls', new RemoteRateLimitedError(call, 'status 429'), /less often/],
    [
      'a blocked address',
      new RemoteEgressBlockedError(call, 'sonar.example.com'),
      /sonar\.example\.com/,
    ],
  ])('[P1] keeps the last known verdict beside %s', async (_, fault, words) => {
    const app = await setUpRead();
    app.server.faults.set('*', fault);
    app.time.nowMs += 60_000;

    const outcome = await app.refreshVerdict(poll);

    const shown = await view(app);
    expect(outcome).toMatchObject({ kind: 'changed' });
    expect(shown).toMatchObject({
      state: 'unreachable',
      refreshing: false,
      projects: [
        {
          unreachable: { since: isoAt(60_000) },
          lastKnown: { state: 'passed', commit: headCommit, at: analysedAt },
          conditions: [{ metricKey: 'new_violations' }],
        },
      ],
    });
    expect(shown.projects[0]?.unreachable?.message).toMatch(words);
    expect(JSON.stringify([shown, app.log.entries])).not.toContain('token-of-the-connection');
  });

  it('waits longer after each failure, remembers the first, and recovers with one call', async () => {
    const app = await setUpRead();
    app.server.faults.set('*', new RemoteUnavailableError(call, 'status 503'));
    await app.refreshVerdict(poll);
    app.time.nowMs += backOff.firstMs;
    await app.refreshVerdict(poll);
    expect(app.announced).toEqual([2]);
    expect((await view(app)).projects[0]?.unreachable?.since).toBe(isoAt(0));

    app.time.nowMs += backOff.firstMs;
    expect((await view(app)).refreshing).toBe(false);
    app.time.nowMs += backOff.firstMs;
    expect((await view(app)).refreshing).toBe(true);

    app.server.faults.clear();
    app.server.calls.length = 0;
    await app.consume();
    expect(app.server.calls).toEqual(['findGate']);
    expect(await view(app)).toMatchObject({ state: 'passed', sequence: 3 });
  });

  it('shows the gate when the token may read nothing else', async () => {
    const app = await setUpApp();
    analyse(app);
    for (const operation of ['listIssues', 'listHotspots', 'findTask', 'readMeasures']) {
      app.server.faults.set(operation, new RemoteForbiddenError(call, 'status 403'));
    }

    await app.refreshVerdict(poll);

    expect(await view(app)).toMatchObject({ state: 'passed', projects: [{ issueCount: 0 }] });
  });

  it('has one reader at a time', async () => {
    const app = await setUpApp();
    analyse(app);

    const outcomes = await Promise.all([app.refreshVerdict(poll), app.refreshVerdict(poll)]);

    expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual(['changed', 'inProgress']);
    expect(app.server.calls).toHaveLength(6);
  });

  it('takes over from a reader that was killed', async () => {
    const app = await setUpApp();
    analyse(app);
    await app.leases.claim(`read:${identity.repositoryUuid}:7`, 'killed', 60_000);

    expect((await app.refreshVerdict(poll)).kind).toBe('inProgress');
    app.time.nowMs += 60_000;
    expect((await app.refreshVerdict(poll)).kind).toBe('changed');
  });

  it('[G7] does not overwrite a head that was noted while it read', async () => {
    const app = await setUpRead();
    analyse(app, { gate: failedGate });
    app.server.before = (operation) => {
      if (operation !== 'listHotspots') return;
      app.server.before = undefined;
      const headHash = olderCommit.slice(0, 12);
      void app.pullRequestChanged({ ...identity, isOpen: true, headHash, updatedAt: isoAt(-1) });
    };

    const outcome = await app.refreshVerdict(poll);

    expect(outcome).toMatchObject({ kind: 'inProgress' });
    expect((await app.verdicts.find(identity))?.head?.hash).toBe(olderCommit.slice(0, 12));
  });

  it.each([
    ['closed', buildPullRequest({ state: 'DECLINED' })],
    ['of a fork', buildPullRequest({ isFork: true })],
    ['gone', undefined],
  ])('asks no server about a pull request that is %s', async (_, pullRequest) => {
    const app = await setUpApp();
    app.bitbucket.pullRequest = pullRequest;

    expect((await app.refreshVerdict(poll)).kind).toBe('notNeeded');
    expect(app.server.calls).toEqual([]);
    expect(await app.verdicts.find(identity)).toBeUndefined();
  });

  it('lists every issue, worst first, also the ones that do not fit into the record', async () => {
    const app = await setUpApp();
    analyse(app, { gate: failedGate });
    app.server.issues = buildIssueList(400);
    await app.refreshVerdict(poll);

    const shown = await view(app);
    const listed = await app.listIssues({ ...identity, projectKey }, caller);

    expect(shown.projects[0]?.issues.length).toBeLessThan(400);
    expect(shown.projects[0]?.issueCount).toBe(400);
    expect(listed).toMatchObject({ total: 400, sequence: 1 });
    expect(listed.issues.map(({ key }) => key)).toEqual(app.server.issues.map(({ key }) => key));
  });

  it('answers about issues only to those who may read the pull request', async () => {
    const app = await setUpRead();
    app.bitbucket.pullRequest = undefined;

    await expect(app.listIssues({ ...identity, projectKey }, caller)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });
});

describe('what is switched off', () => {
  const say = (app: AppUnderTest, values: Record<string, unknown>, sequence: number) =>
    app.settings.save(
      { level: 'workspace' },
      { sequence, own: { values, locks: [] } },
      sequence === 1 ? undefined : sequence - 1,
    );

  it.each([
    ['card', 'off', ['card']],
    ['panel', 'off', ['panel']],
    ['report', 'off', []],
  ] as const)(
    '[R6] is known to the pages from the next reading on (%s)',
    async (name, value, hides) => {
      const app = await setUpRead();
      expect((await view(app)).hides).toEqual([]);
      await say(app, { [name]: value }, 1);

      await app.refreshVerdict({ ...poll, isOnlyIfStale: true });
      expect((await view(app)).hides).toEqual(hides);

      await say(app, {}, 2);
      await app.refreshVerdict({ ...poll, isOnlyIfStale: true });
      expect((await view(app)).hides).toEqual([]);
    },
  );
});
