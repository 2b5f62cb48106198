import {
  RemoteForbiddenError,
  RemoteRateLimitedError,
  RemoteUnavailableError,
} from '../../../../src/errors/remote-errors';
import {
  boundProject,
  buildBinding,
  buildClaim,
  buildIssueList,
  buildPullRequest,
  headCommit,
  identity,
  isoAt,
  olderCommit,
  repositoryUuid,
  workspaceUuid,
} from '../../../support/app/build-app-data';
import { setUpApp } from '../../../support/app/set-up-app';

const call = { service: 'bitbucket', operation: 'postAnnotations' } as const;
import { analyse, kinds, project, reread, say, shown } from './published';

describe('publishing', () => {
  it('[A1] shows a pending report on a new head before anything was analysed', async () => {
    const app = await setUpApp();

    await reread(app);

    expect(app.codeInsights.writes).toMatchObject([
      { kind: 'report', commit: headCommit, report: { result: 'PENDING' } },
    ]);
  });

  it('[A1] replaces the pending report in place, and deletes nothing first', async () => {
    const app = await setUpApp();
    await reread(app);
    analyse(app, { isFailed: true, issues: buildIssueList(2) });

    await reread(app);

    expect(kinds(app)).toEqual(['report', 'report', 'annotations']);
    expect(app.codeInsights.reports.size).toBe(1);
    expect(shown(app.codeInsights).reports).toEqual([[expect.any(String), 'FAILED']]);
  });

  it('[A2] writes 1,000 annotations in ten calls between two of the report', async () => {
    const app = await setUpApp();
    analyse(app, { isFailed: true, issues: buildIssueList(1_000) });

    await reread(app);

    expect(kinds(app)).toEqual([
      'report',
      ...Array.from({ length: 10 }, () => 'annotations'),
      'report',
    ]);
    expect(app.codeInsights.writes).toHaveLength(2 + Math.ceil(1_000 / 100));
  });

  it('[A2] asks for no annotations where there is no issue', async () => {
    const app = await setUpApp();
    analyse(app);

    await reread(app);

    expect(kinds(app)).toEqual(['report']);
    expect(shown(app.codeInsights).reports).toEqual([[expect.any(String), 'PASSED']]);
  });

  it.each([0, 1, 99, 100, 101, 250])(
    '[A2] writes %s annotations within the budget',
    async (count) => {
      const app = await setUpApp();
      analyse(app, { isFailed: true, issues: buildIssueList(count) });

      await reread(app);

      expect(app.codeInsights.writes.length).toBeLessThanOrEqual(2 + Math.ceil(count / 100));
      expect(shown(app.codeInsights).annotations.flatMap(([, ids]) => ids)).toHaveLength(count);
    },
  );

  it('[A5] takes away the annotation of an issue that was accepted, without a new analysis', async () => {
    const app = await setUpApp();
    const issues = buildIssueList(3);
    analyse(app, { isFailed: true, issues });
    await reread(app);
    app.codeInsights.writes.length = 0;
    analyse(app, { isFailed: true, issues: issues.slice(1) });

    await reread(app);

    expect(kinds(app)).toEqual(['report', 'delete']);
    expect(shown(app.codeInsights).annotations.flatMap(([, ids]) => ids)).toHaveLength(2);
  });

  it('[F2] turns everything green once when the gate does, and writes nothing the second time', async () => {
    const app = await setUpApp();
    await say(app, { buildStatus: 'verdict' });
    const issues = buildIssueList(1);
    analyse(app, { isFailed: true, issues });
    await reread(app);
    app.codeInsights.writes.length = 0;
    analyse(app);
    const delivery = {
      kind: 'delivery',
      ...project,
      pullRequestKey: '7',
      revision: headCommit,
      analysedAt: isoAt(-300_000),
    } as const;

    await app.handleVerdictJob(delivery, workspaceUuid);
    const first = kinds(app);
    await app.handleVerdictJob(delivery, workspaceUuid);

    expect(first).toEqual(['delete', 'report', 'status']);
    expect(kinds(app)).toEqual(first);
    expect(shown(app.codeInsights)).toMatchObject({
      reports: [[expect.any(String), 'PASSED']],
      statuses: [[expect.any(String), 'SUCCESSFUL']],
    });
  });

  it('[F2] writes nothing when nothing changed', async () => {
    const app = await setUpApp();
    analyse(app, { isFailed: true, issues: buildIssueList(120) });
    await reread(app);
    app.codeInsights.writes.length = 0;
    app.time.nowMs += 3_600_000;

    await reread(app);

    expect(app.codeInsights.writes).toEqual([]);
  });

  it('[A1] never says PASSED before everything beside it is there, and never stays PASSED once the gate failed', async () => {
    const app = await setUpApp();
    analyse(app, { isFailed: true, issues: buildIssueList(150) });
    await reread(app);
    analyse(app);
    app.codeInsights.writes.length = 0;
    await reread(app).catch(() => undefined);
    const toGreen = kinds(app);
    app.codeInsights.writes.length = 0;
    analyse(app, { isFailed: true, issues: buildIssueList(150) });

    while ((await reread(app)).kind === 'retry') app.time.nowMs += 60_000;

    expect(toGreen.at(-1)).toBe('report');
    const failed = app.codeInsights.writes.findIndex(
      (write) => write.kind === 'report' && write.report.result === 'FAILED',
    );
    const annotated = app.codeInsights.writes.findIndex(({ kind }) => kind === 'annotations');
    expect(failed).toBeGreaterThanOrEqual(0);
    expect(failed).toBeLessThan(annotated);
  });

  it('takes at most 50 annotations away in one run and the rest in the next ones', async () => {
    const app = await setUpApp();
    analyse(app, { isFailed: true, issues: buildIssueList(120) });
    await reread(app);
    analyse(app);
    const runs: number[] = [];

    let outcome;
    do {
      app.codeInsights.writes.length = 0;
      outcome = await reread(app);
      runs.push(kinds(app).filter((kind) => kind === 'delete').length);
      app.time.nowMs += 60_000;
    } while (outcome.kind === 'retry' && runs.length < 10);

    expect(runs).toEqual([50, 50, 20]);
    expect(shown(app.codeInsights).annotations).toEqual([[expect.any(String), []]]);
  });

  it('[A1] writes to the new head after a push, and leaves the report of the old one', async () => {
    const app = await setUpApp();
    analyse(app);
    await reread(app);
    const next = 'c'.repeat(40);
    app.bitbucket.pullRequest = buildPullRequest({ headHash: next.slice(0, 12) });
    app.bitbucket.fullHash = next;

    await reread(app);

    expect(shown(app.codeInsights, next).reports).toEqual([[expect.any(String), 'PENDING']]);
    expect(shown(app.codeInsights).reports).toEqual([[expect.any(String), 'PASSED']]);
  });

  it('[A4] closes a build status that was left in progress on an older head', async () => {
    const app = await setUpApp();
    await say(app, { buildStatus: 'verdict' });
    await reread(app);
    const next = 'c'.repeat(40);
    app.bitbucket.pullRequest = buildPullRequest({ headHash: next.slice(0, 12) });
    app.bitbucket.fullHash = next;

    await reread(app);

    expect(shown(app.codeInsights).statuses).toEqual([[expect.any(String), 'STOPPED']]);
    expect(shown(app.codeInsights, next).statuses).toEqual([[expect.any(String), 'INPROGRESS']]);
  });

  it('[A4] closes the build status when it is switched off', async () => {
    const app = await setUpApp();
    await say(app, { buildStatus: 'verdict' });
    analyse(app, { isFailed: true });
    await reread(app);
    await say(app, { buildStatus: 'off' });
    await reread(app);
    const closed = shown(app.codeInsights).statuses;
    app.codeInsights.writes.length = 0;

    await reread(app);

    expect(closed).toEqual([[expect.any(String), 'STOPPED']]);
    expect(app.codeInsights.writes).toEqual([]);
  });

  it.each([
    ['report', { report: 'off' }, []],
    ['annotations', { annotations: 'off' }, ['report']],
    ['buildStatus', {}, ['report', 'annotations', 'report']],
  ] as const)('[R6] calls nothing for %s when it is off', async (...[, values, expected]) => {
    const app = await setUpApp();
    await say(app, values);
    analyse(app, { isFailed: true, issues: buildIssueList(3) });

    await reread(app);

    expect(kinds(app)).toEqual(expected);
  });

  it('[R8] publishes for a decorated branch and nothing for an ignored one', async () => {
    const decorated = await setUpApp();
    await say(decorated, { branchRules: [{ pattern: 'main', treatment: 'decorated' }] });
    const ignored = await setUpApp();
    await say(ignored, { branchRules: [{ pattern: 'ma*', treatment: 'ignored' }] });

    await reread(decorated);
    await reread(ignored);

    expect(kinds(decorated)).toEqual(['report']);
    expect(kinds(ignored)).toEqual([]);
  });

  it('[N1] writes one report for each of three projects, and the same ones in every order', async () => {
    const keys = ['api', 'web', 'docs'];
    const orders = [
      [0, 1, 2],
      [0, 2, 1],
      [1, 0, 2],
      [1, 2, 0],
      [2, 0, 1],
      [2, 1, 0],
    ];
    const ends = [];
    for (const order of orders) {
      const app = await setUpApp();
      const projects = keys.map((projectKey) => ({
        ...boundProject,
        projectKey,
        projectName: projectKey,
      }));
      for (const { projectKey } of projects)
        await app.bindings.addClaim(buildClaim({ projectKey }));
      await app.bindings.save(buildBinding({ projects, sequence: 2 }), 1);
      analyse(app, { isFailed: true, issues: buildIssueList(2) });
      for (const place of order) {
        await app.handleVerdictJob(
          {
            kind: 'delivery',
            connectionId: boundProject.connectionId,
            projectKey: keys[place] ?? '',
            pullRequestKey: '7',
            revision: headCommit,
            analysedAt: isoAt(-300_000),
          },
          workspaceUuid,
        );
      }
      const { reports, annotations } = shown(app.codeInsights);
      ends.push(JSON.stringify([reports.map(String).sort(), annotations.map(String).sort()]));
    }

    expect(new Set(ends).size).toBe(1);
    expect((JSON.parse(ends[0] ?? '[]') as unknown[][])[0]).toHaveLength(3);
  });

  it('[O1] leaves a finding when Bitbucket refuses, with a repair that writes it', async () => {
    const app = await setUpApp();
    analyse(app);
    app.codeInsights.beforeWrite = () => {
      throw new RemoteForbiddenError(call, 'status 403', { status: 403 });
    };

    const outcome = await reread(app);

    const [finding] = (await app.findings.list({ limit: 10 })).items;
    expect(outcome).toEqual({ kind: 'done' });
    expect(finding).toMatchObject({
      code: 'publishFailed',
      subject: { kind: 'pullRequest', id: `${repositoryUuid}:7` },
      repair: 'Write it again',
    });

    app.codeInsights.beforeWrite = () => undefined;
    const repaired = await app.repair({ findingId: finding?.findingId ?? '', workspaceUuid });
    expect(repaired.message).toContain('comes back if that fails');
    await app.consume();
    expect((await app.findings.list({ limit: 10 })).items).toEqual([]);
    expect(shown(app.codeInsights).reports).toEqual([[expect.any(String), 'PASSED']]);
  });

  it('[O1] takes its finding back when it worked again by itself', async () => {
    const app = await setUpApp();
    analyse(app);
    app.codeInsights.beforeWrite = () => {
      throw new RemoteUnavailableError(call, 'status 503');
    };
    await reread(app);
    const during = (await app.findings.list({ limit: 10 })).items.length;
    app.codeInsights.beforeWrite = () => undefined;

    await reread(app);

    expect(during).toBe(1);
    expect((await app.findings.list({ limit: 10 })).items).toEqual([]);
  });

  it('asks for another delivery after a 429, as long as Bitbucket says', async () => {
    const app = await setUpApp();
    analyse(app);
    app.codeInsights.beforeWrite = () => {
      throw new RemoteRateLimitedError(call, 'status 429', { retryAfterSeconds: 90 });
    };

    expect(await reread(app)).toEqual({ kind: 'retry', retryAfterSeconds: 90, isRateLimit: true });
  });

  it('[N1] writes nothing for a project whose folder the change does not touch', async () => {
    const app = await setUpApp();
    const projects = [{ ...boundProject, pathScope: 'services/cart' }];
    await app.bindings.save(buildBinding({ projects, sequence: 2 }), 1);
    analyse(app, { isFailed: true, issues: buildIssueList(3) });

    await reread(app);

    expect(app.bitbucket.counts.diffstats).toBe(1);
    expect(app.codeInsights.writes).toEqual([]);
  });

  it('[A1] publishes nothing for an older analysis but that the head is pending', async () => {
    const app = await setUpApp();
    analyse(app, { commit: olderCommit, isFailed: true, issues: buildIssueList(3) });

    await reread(app);

    expect(kinds(app)).toEqual(['report']);
    expect(shown(app.codeInsights).reports).toEqual([[expect.any(String), 'PENDING']]);
  });

  it('publishes what a refresh by hand brought, without letting the person wait for it', async () => {
    const app = await setUpApp();
    analyse(app);

    // A viewer has just asked for a re-read, which ran before the server knew the news.
    await app.viewPullRequest(identity, { accountId: 'account-2', workspaceUuid });
    app.jobs.length = 0;
    await app.refreshPullRequest(identity, { accountId: 'account-1', workspaceUuid });
    const during = kinds(app);
    await app.consume();

    expect(during).toEqual([]);
    expect(kinds(app)).toEqual(['report']);
  });
});
