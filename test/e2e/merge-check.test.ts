import type { FaultTarget } from '../../host/faults';
import type { MergeCheckResult } from '../../host/platform/types';
import { resultWithIssues, startWalk, type Walk } from '../support/walk';
import { serverCalls, storedVerdict, viewOf } from '../support/walk-calls';

let walk: Walk;
beforeAll(async () => {
  walk = await startWalk({ hasMergeChecks: true });
});
afterEach(() => walk.host.faults.clear());
afterAll(() => walk.stop());

function check(pullRequestId: number, trigger: 'on-code-pushed' | 'on-merge' = 'on-merge') {
  return walk.host.platform.runMergeCheck({
    moduleKey: 'quality-gate',
    repositoryUuid: walk.repositoryUuid,
    pullRequestId,
    trigger,
  });
}

describe('the merge check in the whole app', () => {
  it('[G1] stops a merge that the gate fails, in the words of its conditions', async () => {
    const pullRequest = await walk.openPullRequest(resultWithIssues(2));

    const { success, message } = await check(pullRequest.id);

    expect(success).toBe(false);
    expect(message).toMatch(/^The quality gate failed: New issues is 2 \(at most 0\)\. https:/);
  });

  it('[G1] lets a merge pass that the gate passes', async () => {
    const pullRequest = await walk.openPullRequest();

    expect(await check(pullRequest.id)).toEqual({
      success: true,
      message: 'The quality gate passed.',
    });
  });

  it('[G2] runs on a push and at the merge, and reads the gate anew each time', async () => {
    const pullRequest = await walk.openPullRequest(resultWithIssues(1));
    const [project] = (await viewOf(walk, pullRequest)).projects;
    const before = await check(pullRequest.id);
    const { host, projectKey } = walk;
    // The message about it waits, so the stored verdict stays as it was.
    host.platform.queue.pause();
    await host.sonarqube.accept(projectKey, String(pullRequest.id), project?.issues[0]?.key ?? '');
    const stored = storedVerdict(walk, pullRequest);
    const calls = serverCalls(host, 'qualitygates/project_status');

    const after = await check(pullRequest.id);

    expect([before.success, after.success]).toEqual([false, true]);
    expect(serverCalls(host, 'qualitygates/project_status')).toBe(calls + 1);
    expect(storedVerdict(walk, pullRequest)).toEqual(stored);
    host.platform.queue.resume();
    await host.settle();
  });

  it('[G7] never passes a new head by the analysis of the old one', async () => {
    const pullRequest = await walk.openPullRequest();
    walk.host.sonarqube.pauseTasks();
    await walk.push(pullRequest);

    const { success, message } = await check(pullRequest.id, 'on-code-pushed');

    walk.host.sonarqube.resumeTasks();
    await walk.host.settle();
    expect(success).toBe(false);
    expect(message).toMatch(/queue of the server|older|newest analysis/);
    expect((await check(pullRequest.id)).success).toBe(true);
  });

  const targets: readonly FaultTarget[] = ['bitbucket', 'sonarqube', 'kvs', 'queue'];

  it.each([...targets, targets.join(' and ')])(
    '[G1] answers in less than 20 s with %s hanging',
    async (names) => {
      const hanging = names.split(' and ') as FaultTarget[];
      const pullRequest = await walk.openPullRequest();
      const { clock, faults } = walk.host;
      for (const target of hanging) {
        faults.add({ target, times: Infinity, effect: { kind: 'hang' } });
      }
      const startedAt = clock.now();
      const answered: { at?: number; result?: MergeCheckResult } = {};
      const running = check(pullRequest.id).then((result) => {
        answered.at = clock.now();
        answered.result = result;
      });

      await clock.advance(20_000);
      await running;
      // What else was called in the meantime runs into its own limit.
      faults.clear();
      await clock.advance(120_000);

      expect((answered.at ?? Infinity) - startedAt).toBeLessThan(20_000);
      expect(answered.result?.message).not.toMatch(/Something went wrong/);
      if (hanging.some((target) => target !== 'queue')) {
        expect(answered.result).toMatchObject({
          success: false,
          message: expect.stringContaining('Try the merge again') as string,
        });
      }
    },
  );

  it('[G4] answers every refusal of Bitbucket and the server with a sentence of its own', async () => {
    const pullRequest = await walk.openPullRequest();
    for (const target of ['bitbucket', 'sonarqube'] as const) {
      for (const status of [401, 403, 404, 429, 500, 555]) {
        const clear = walk.host.faults.add({
          target,
          times: Infinity,
          effect: { kind: 'answer', status },
        });
        const running = check(pullRequest.id);
        await walk.host.clock.advance(5_000);
        const { success, message = '' } = await running;
        clear();

        expect([target, status, success]).toEqual([target, status, false]);
        expect(message.length).toBeGreaterThan(20);
      }
    }
  });
});
