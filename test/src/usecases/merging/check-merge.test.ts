import { RemoteForbiddenError, RemoteUnavailableError } from '../../../../src/errors/remote-errors';
import { createCheckMerge } from '../../../../src/usecases/merging/check-merge';
import { createReadTruth } from '../../../../src/usecases/read-truth';
import {
  buildGate,
  buildGateCondition,
  buildPullRequest,
  buildRecord,
  buildTruth,
  failedGate,
  headCommit,
  identity,
  isoAt,
  olderCommit,
  repositoryUuid,
  workspaceUuid,
} from '../../../support/app/build-app-data';
import { setUpApp, type AppUnderTest } from '../../../support/app/set-up-app';

const address = { workspaceUuid, ...identity };
const listed = (commit: string, gateStatus = 'OK') => [
  { key: '7', gateStatus, analysedAt: isoAt(-300_000), commit },
];
const gone = new RemoteUnavailableError(
  { service: 'sonarqube', operation: 'qualitygates/project_status' },
  'no answer',
);

async function setUpGate(part: { readonly isFailed?: boolean; readonly commit?: string } = {}) {
  const app = await setUpApp();
  app.server.gate = part.isFailed ? failedGate : buildGate();
  app.server.listed = listed(part.commit ?? headCommit, part.isFailed ? 'ERROR' : 'OK');
  return app;
}

/** What one level of the settings says, as an administrator saved it. */
async function say(app: AppUnderTest, values: Record<string, unknown>) {
  await app.settings.save(
    { level: 'repository', uuid: repositoryUuid },
    { sequence: 1, own: { values, locks: [] } },
    undefined,
  );
}

describe('the merge check', () => {
  it('[G1] passes when the gate is green for the head commit', async () => {
    const app = await setUpGate();

    expect(await app.checkMerge(address)).toEqual({
      success: true,
      message: 'The quality gate passed.',
    });
  });

  it('[G1] blocks a failed gate with its conditions and the link', async () => {
    const app = await setUpGate({ isFailed: true });

    const { success, message } = await app.checkMerge(address);

    expect(success).toBe(false);
    expect(message).toMatch(
      /New issues is 2 \(at most 0\)\. https:\/\/sonarcloud\.io\/dashboard\?/,
    );
  });

  it('[G2] asks the server anew although a verdict is stored, with one call when it is the same', async () => {
    const app = await setUpGate();
    await app.verdicts.save(buildRecord(), undefined);

    await app.checkMerge(address);

    expect(app.server.calls).toEqual(['findGate']);
  });

  it('[G2] gives the gate of this moment, not the stored one', async () => {
    const app = await setUpGate();
    await app.verdicts.save(buildRecord(), undefined);
    app.server.gate = failedGate;
    app.server.listed = listed(headCommit, 'ERROR');

    const { success } = await app.checkMerge(address);

    expect(success).toBe(false);
    expect((await app.verdicts.find(identity))?.projects[0]?.gate?.status).toBe('OK');
    expect(app.jobs).toEqual([{ kind: 'refresh', ...identity, trigger: 'push' }]);
  });

  it('[G2] reads no issues, measures or hotspots', async () => {
    const app = await setUpGate({ isFailed: true });

    await app.checkMerge(address);

    expect(new Set(app.server.calls)).toEqual(
      new Set(['findGate', 'listPullRequests', 'findTask']),
    );
  });

  it('[G7] never passes a head by the analysis of an older commit', async () => {
    const app = await setUpGate({ commit: olderCommit });

    const { success, message } = await app.checkMerge(address);

    expect(success).toBe(false);
    expect(message).toContain('The newest analysis is of commit 0a1b2c3');
  });

  it('[G7] counts the analysis of a merge commit whose parent is the head', async () => {
    const app = await setUpGate({ commit: olderCommit });
    app.bitbucket.parents.set(olderCommit, [headCommit, 'f'.repeat(40)]);

    expect((await app.checkMerge(address)).success).toBe(true);
  });

  it('[G4] blocks with a hint to try again while the server cannot be asked, unless the setting says otherwise', async () => {
    const app = await setUpGate();
    app.server.faults.set('*', gone);

    const blocked = await app.checkMerge(address);
    await say(app, { whenUnreachable: 'pass' });
    const passed = await app.checkMerge(address);

    expect(blocked).toMatchObject({
      success: false,
      message: expect.stringContaining('Try the merge again') as string,
    });
    expect(passed.success).toBe(true);
  });

  it('[G4] lets an unbound repository pass, unless the setting says otherwise', async () => {
    const app = await setUpApp({ isBound: false });

    const passed = await app.checkMerge(address);
    await say(app, { whenUnbound: 'block' });
    const blocked = await app.checkMerge(address);

    expect([passed.success, blocked.success]).toEqual([true, false]);
    expect(app.server.calls).toEqual([]);
  });

  it('[G4] treats a pull request from a fork as not supported, without asking the server', async () => {
    const app = await setUpGate();
    app.bitbucket.pullRequest = buildPullRequest({ isFork: true });

    const blocked = await app.checkMerge(address);
    await say(app, { whenNotSupported: 'pass' });
    const passed = await app.checkMerge(address);

    expect([blocked.success, passed.success]).toEqual([false, true]);
    expect(blocked.message).toMatch(/fork/);
    expect(app.server.calls).toEqual([]);
  });

  it('[G4] insists on the commit where a setting does', async () => {
    const app = await setUpGate();
    app.server.listed = [{ key: '7', gateStatus: 'OK', analysedAt: isoAt(-300_000) }];

    const lenient = await app.checkMerge(address);
    await say(app, { insistOnCommit: 'on' });
    const strict = await app.checkMerge(address);

    expect([lenient.success, strict.success]).toEqual([true, false]);
    expect(strict.message).toContain('insists on it');
  });

  it('[G3] warns and does not block where the family of the condition says so', async () => {
    const app = await setUpGate();
    app.server.gate = buildGate({
      status: 'ERROR',
      conditions: [
        buildGateCondition({
          metricKey: 'new_coverage',
          comparator: 'LT',
          threshold: '80',
          actual: '40',
          status: 'ERROR',
        }),
      ],
    });
    app.server.listed = listed(headCommit, 'ERROR');
    await say(app, { coverageConditions: 'warn' });

    expect(await app.checkMerge(address)).toMatchObject({
      success: true,
      message: expect.stringMatching(/^Warning: .*Coverage on new code is 40/) as string,
    });
  });

  it.each(['decorated', 'ignored'])(
    '[R8] does not check a branch that is %s',
    async (treatment) => {
      const app = await setUpGate({ isFailed: true });
      await say(app, { branchRules: [{ pattern: 'main', treatment }] });

      const { success, message } = await app.checkMerge(address);

      expect(success).toBe(true);
      expect(message).toContain('"main"');
      expect(app.server.calls).toEqual([]);
    },
  );

  it('[R4] follows a setting of the project of Bitbucket that the repository is in now', async () => {
    const app = await setUpGate({ isFailed: true });
    await app.settings.save(
      { level: 'project', uuid: app.bitbucket.pullRequest?.bitbucketProjectUuid ?? '' },
      { sequence: 1, own: { values: { whenFailed: 'pass' }, locks: [] } },
      undefined,
    );

    const before = await app.checkMerge(address);
    app.bitbucket.pullRequest = buildPullRequest({ bitbucketProjectUuid: 'moved' });
    const moved = await app.checkMerge(address);

    expect([before.success, moved.success]).toEqual([true, false]);
  });

  const breaks: readonly [string, (app: AppUnderTest) => void][] = [
    ['Bitbucket is away', (app) => (app.bitbucket.fault = gone)],
    [
      'Bitbucket refuses the app',
      (app) =>
        (app.bitbucket.fault = new RemoteForbiddenError(
          { service: 'bitbucket', operation: 'getPullRequest' },
          'status 403',
        )),
    ],
    ['the pull request is hidden', (app) => (app.bitbucket.pullRequest = undefined)],
    ['our own code fails', (app) => app.server.faults.set('*', new TypeError('a mistake'))],
    [
      'the storage fails',
      (app) => {
        app.bindings.find = () => Promise.reject(new Error('no storage'));
      },
    ],
  ];

  it.each(breaks)('[G4] answers with a sentence and never throws when %s', async (...[, hurt]) => {
    const app = await setUpGate();
    hurt(app);

    const { success, message } = await app.checkMerge(address);

    expect(success).toBe(false);
    expect(message).toMatch(/Try the merge again/);
    expect(message).not.toMatch(/a mistake|no storage|status 403/);
  });

  it.each(['findGate', 'listPullRequests', 'findTask'])(
    '[G1] answers when its time is over although %s hangs, by the setting that was read',
    async (operation) => {
      const app = await setUpGate({ isFailed: true });
      const rebuilt = overHanging(app, operation);
      await say(app, { whenUnreachable: 'pass' });

      const answering = rebuilt(address);
      await turns();
      app.deadline.pass();

      expect(await answering).toMatchObject({
        success: true,
        message: expect.stringContaining('could not be read in time') as string,
      });
    },
  );

  it('[G1] answers when its time is over although Bitbucket and the storage hang', async () => {
    const app = await setUpGate();
    app.bitbucket.findPullRequest = () => new Promise(() => undefined);
    app.settings.noteMergeCheckRun = () => new Promise(() => undefined);

    const answering = app.checkMerge(address);
    await turns();
    app.deadline.pass();

    expect((await answering).success).toBe(false);
  });

  it('[G1] does not lose a decision to a storage that hangs', async () => {
    const app = await setUpGate();
    app.settings.noteMergeCheckRun = () => new Promise(() => undefined);

    const answering = app.checkMerge(address);
    await turns();
    app.deadline.pass();

    expect(await answering).toMatchObject({ success: true });
  });

  it('[G6] notes that Bitbucket ran it for this repository', async () => {
    const app = await setUpGate();

    await app.checkMerge(address);

    const seen = { ranAtMs: app.time.nowMs, missed: 0 };
    expect(await app.settings.findMergeCheck(repositoryUuid)).toEqual(seen);
  });

  it('[G6] is missed after twenty pushes without a run, in one finding that goes with the first run', async () => {
    const app = await setUpGate();
    const findings = async () =>
      (await app.findings.list({ limit: 10 })).items.filter(
        ({ code }) => code === 'mergeCheckNeverRan',
      );
    const push = (pullRequestId: number) =>
      app.handleVerdictJob(
        { kind: 'refresh', repositoryUuid, pullRequestId, trigger: 'push' },
        workspaceUuid,
      );
    for (let count = 1; count < 20; count += 1) await push(count);
    expect(await findings()).toEqual([]);
    expect(await app.settings.findMergeCheck(repositoryUuid)).toEqual({ missed: 19 });

    await push(20);
    await push(21);
    expect(await findings()).toMatchObject([{ severity: 'info', subject: { kind: 'workspace' } }]);
    await app.checkMerge(address);

    expect(await findings()).toEqual([]);
    expect(await app.settings.findMergeCheck('workspace')).toMatchObject({ missed: 0 });
  });

  it('asks for no re-read while the stored verdict still says the same', async () => {
    const app = await setUpGate();
    await app.verdicts.save(buildRecord({ projects: [buildTruth()] }), undefined);

    await app.checkMerge(address);

    expect(app.jobs).toEqual([]);
  });
});

it('[Q1] a merge check is never held back, and what it calls is missing to work that waits', async () => {
  const app = await setUpGate();
  await app.budget.admit([{ credential: 'bitbucket', calls: 540 }], true);
  await app.budget.admit([{ credential: 'bitbucket', calls: 360 }], false);
  const callsOf = async (name: string) =>
    (await app.viewLimits()).find((each) => each.name === name)?.calls ?? 0;
  const before = await callsOf('Bitbucket');

  const decision = await app.checkMerge(address);

  expect(decision.success).toBe(true);
  expect((await callsOf('Bitbucket')) - before).toBe(app.bitbucket.counts.all);
  expect(await callsOf('Cloud')).toBe(app.server.calls.length);
});

/** The check over a server of which one operation never answers. */
function overHanging(app: AppUnderTest, operation: string) {
  const openServer: typeof app.openServer = (access) => ({
    ...app.openServer(access),
    [operation]: () => new Promise(() => undefined),
  });
  return createCheckMerge({
    ...app,
    readTruth: createReadTruth({ ...app, openServer }),
    withDeadline: (work) => app.deadline.run(work),
  });
}

/** Lets everything happen that waits for nothing. */
async function turns() {
  for (let count = 0; count < 50; count += 1) await Promise.resolve();
}
