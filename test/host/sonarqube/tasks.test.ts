import type { Analyse, AnalysisResult } from '../../../host/sonarqube/types';
import { openDatabase } from '../../../host/database';
import { buildIssue, buildResult, gateOf42, headCommit, setUp } from './support';

/** An analysis that ends when the test says so. */
function createHeldAnalysis() {
  const ends: ((result: AnalysisResult) => void)[] = [];
  const analyse: Analyse = () => new Promise((resolve) => ends.push(resolve));
  return {
    analyse,
    get running() {
      return ends.length;
    },
    end: (result = buildResult()) => ends.shift()?.(result),
  };
}

describe('background tasks', () => {
  it('[F6] show a report as pending, in progress and successful, with times of the host clock', async () => {
    const held = createHeldAnalysis();
    const { sonarqube, clock, submit, getJson } = await setUp({ analyse: held.analyse });
    sonarqube.pauseTasks();
    const id = await submit();
    const pending = await getJson(`ce/task?id=${id}`);
    await clock.advance(60_000);
    sonarqube.resumeTasks();
    const running = await getJson(`ce/component?component=shop`);
    await clock.advance(2_000);
    held.end();
    await sonarqube.idle();
    const done = await getJson(`ce/task?id=${id}`);

    const common = { id, pullRequest: '42', submittedAt: '2026-05-01T02:15:42+0000' };
    expect(pending).toMatchObject({ task: { ...common, status: 'PENDING' } });
    expect(pending).not.toHaveProperty('task.startedAt');
    expect(running).toMatchObject({
      queue: [{ ...common, status: 'IN_PROGRESS', startedAt: '2026-05-01T02:16:42+0000' }],
    });
    expect(running).not.toHaveProperty('current');
    expect(done).toMatchObject({
      task: {
        ...common,
        status: 'SUCCESS',
        executedAt: '2026-05-01T02:16:44+0000',
        executionTimeMs: 2_000,
        warningCount: 0,
      },
    });
  });

  it('[F6] say why a report failed, and keep the result of the one before', async () => {
    const answers = [
      () => Promise.resolve(buildResult()),
      () => Promise.reject(new Error('The analysis took longer than 60 s and was stopped.')),
    ];
    const { sonarqube, submit, getJson, get } = await setUp({
      analyse: () => (answers.shift() ?? (() => Promise.reject(new Error('third'))))(),
    });
    await submit();
    await sonarqube.idle();
    const before = await (await get(gateOf42)).text();
    const id = await submit({ headCommit: 'f'.repeat(40) });
    await sonarqube.idle();

    expect(await getJson(`ce/task?id=${id}`)).toMatchObject({
      task: {
        status: 'FAILED',
        errorMessage: 'The analysis took longer than 60 s and was stopped.',
      },
    });
    expect(await (await get(gateOf42)).text()).toBe(before);
    expect(await getJson('ce/component?component=shop')).toMatchObject({
      queue: [],
      current: { status: 'FAILED' },
    });
  });

  it('run one after the other for one project, and side by side for two', async () => {
    const held = createHeldAnalysis();
    const { sonarqube, submit } = await setUp({ analyse: held.analyse });
    await submit({ key: '1' });
    await submit({ key: '2' });
    await submit({ projectKey: 'other', key: '1' });

    expect(held.running).toBe(2);
    held.end();
    held.end();
    await Promise.resolve();
    const idle = sonarqube.idle();
    while (held.running === 0) await new Promise(setImmediate);
    held.end();
    await idle;
    expect(held.running).toBe(0);
  });

  it('survive a restart: waiting and interrupted ones run again, results stay', async () => {
    const database = openDatabase(':memory:');
    const held = createHeldAnalysis();
    const first = await setUp({ database, analyse: held.analyse });
    const interrupted = await first.submit({ key: '1' });
    const waiting = await first.submit({ key: '2' });

    const { sonarqube, getJson } = await setUp({ database, result: buildResult() });
    const before = await getJson(`ce/task?id=${interrupted}`);
    await sonarqube.idle();

    expect(before).toMatchObject({ task: { status: 'PENDING' } });
    for (const id of [interrupted, waiting]) {
      expect(await getJson(`ce/task?id=${id}`)).toMatchObject({ task: { status: 'SUCCESS' } });
    }
    expect(await getJson('project_pull_requests/list?project=shop')).toMatchObject({
      pullRequests: [{ key: '1', status: { qualityGateStatus: 'OK' } }, { key: '2' }],
    });
  });

  it('warn of files that were not analysed and of those outside the analysis', async () => {
    const { sonarqube, submit, getJson } = await setUp({
      result: buildResult({
        filesNotAnalysed: [{ path: 'src/broken.ts', reason: 'line 1: Declaration expected' }],
        filesOutside: [{ path: 'tool.py', reason: 'no analyser for its language' }],
      }),
    });
    const id = await submit();
    await sonarqube.idle();

    expect(await getJson(`ce/task?id=${id}`)).toMatchObject({
      task: {
        warningCount: 2,
        warnings: [
          'Changed files that could not be analysed: src/broken.ts (line 1: Declaration expected).',
          'Changed files outside this analysis: tool.py (no analyser for its language).',
        ],
      },
    });
  });

  it('list as activity, newest first, and only the current ones when asked', async () => {
    const { sonarqube, submit, getJson } = await setUp();
    const ids = [await submit(), await submit()];
    await sonarqube.idle();

    expect(await getJson('ce/activity?component=shop')).toMatchObject({
      tasks: [{ id: ids[1] }, { id: ids[0] }],
      paging: { total: 2 },
    });
    expect(await getJson('ce/activity?component=shop&onlyCurrents=true')).toMatchObject({
      tasks: [{ id: ids[1] }],
      paging: { total: 1 },
    });
  });
});

describe('a second analysis', () => {
  it('keeps what people decided about an issue, and closes those that are gone', async () => {
    const stays = buildIssue({ key: 'stays' });
    const results = [
      buildResult({ issues: [stays, buildIssue({ key: 'goes' })] }),
      buildResult({ issues: [{ ...stays, line: 30 }, buildIssue({ key: 'comes' })] }),
    ];
    const { sonarqube, submit, getJson } = await setUp({
      analyse: () => Promise.resolve(results.shift() ?? buildResult()),
    });
    const search = 'issues/search?components=shop&pullRequest=42&issueStatuses=';
    await submit();
    await sonarqube.idle();
    const { issues } = (await getJson(`${search}OPEN`)) as { issues: { key: string }[] };
    const key = issues[0]?.key ?? '';
    await sonarqube.accept('shop', '42', key);
    await submit({ headCommit });
    await sonarqube.idle();

    expect(await getJson(`${search}ACCEPTED`)).toMatchObject({
      issues: [{ key, line: 30, status: 'RESOLVED', resolution: 'WONTFIX' }],
    });
    expect(await getJson(`${search}FIXED`)).toMatchObject({ total: 1 });
    expect(await getJson(`${search}OPEN`)).toMatchObject({ total: 1 });
  });
});
