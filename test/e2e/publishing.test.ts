import type { CommitInsights } from '../../host/bitbucket/types';
import {
  buildAnalysedIssue,
  cleanResult,
  resultWithIssues,
  startWalk,
  type Walk,
} from '../support/walk';
import { viewOf } from '../support/walk-calls';

let walk: Walk;
beforeAll(async () => {
  walk = await startWalk();
});
afterEach(() => walk.host.faults.clear());
afterAll(() => walk.stop());

const insightsOf = (commit: string) => walk.host.bitbucket.insights(walk.repositoryUuid, commit);

/** What a reader sees, without when it was written. */
function shown({ reports, statuses }: CommitInsights) {
  return {
    reports: reports.map(({ result, details, data, annotations }) => ({
      result,
      details,
      data,
      annotations: annotations.map(({ externalId, summary }) => `${externalId} ${summary}`).sort(),
    })),
    statuses: statuses.map(({ key, state }) => [key, state]),
  };
}

function writes(): number {
  return walk.host.traffic.calls.filter(
    ({ kind, method }) => kind === 'bitbucket' && method !== 'GET',
  ).length;
}

describe('reports in the whole app', () => {
  it('[A1] are pending on the pushed head, and end with the analysis in the same place', async () => {
    walk.host.sonarqube.pauseTasks();
    const pullRequest = await walk.openPullRequest(resultWithIssues(3));
    const [pending] = insightsOf(pullRequest.head).reports;

    walk.host.sonarqube.resumeTasks();
    await walk.host.settle();

    const { reports } = insightsOf(pullRequest.head);
    expect(pending).toMatchObject({ result: 'PENDING', reporter: 'Gatehouse' });
    expect(reports).toMatchObject([{ uuid: pending?.uuid, result: 'FAILED' }]);
    expect(reports[0]?.annotations).toHaveLength(3);
    expect(reports[0]?.reportId).not.toContain('com.sonarsource.sonarqube');
  });

  it('[A2] hold the 1,000 worst of 1,734 issues, written in ten calls', async () => {
    const issues = Array.from({ length: 1_734 }, (_, index) =>
      buildAnalysedIssue(index + 1, { severity: index % 2 === 0 ? 'MINOR' : 'CRITICAL' }),
    );
    const before = walk.host.traffic.calls.length;

    const { head } = await walk.openPullRequest({ ...cleanResult, newLines: 2_000, issues });

    const [report] = insightsOf(head).reports;
    const posts = walk.host.traffic.calls
      .slice(before)
      .filter(({ method, target }) => method === 'POST' && target.endsWith('/annotations'));
    expect(report?.annotations).toHaveLength(1_000);
    expect(posts).toHaveLength(10);
    expect(report?.annotations.filter(({ severity }) => severity === 'HIGH')).toHaveLength(867);
    expect(report?.details).toContain('734 more are on the server');
  });

  it('[A5] [F2] turn green by an accepted issue without a new analysis, once', async () => {
    const pullRequest = await walk.openPullRequest(resultWithIssues(1));
    const { id, head } = pullRequest;
    const [project] = (await viewOf(walk, pullRequest)).projects;
    const red = shown(insightsOf(head));
    const { host, projectKey } = walk;

    await host.sonarqube.accept(projectKey, String(id), project?.issues[0]?.key ?? '');
    await host.settle();

    const green = shown(insightsOf(head));
    const written = writes();
    await host.settle();
    expect(red.reports).toMatchObject([{ result: 'FAILED' }]);
    expect(red.reports[0]?.annotations).toHaveLength(1);
    expect(green.reports).toMatchObject([{ result: 'PASSED', annotations: [] }]);
    expect(writes()).toBe(written);
  });

  it('[F2] end in the same state when a message comes twice, without one more write', async () => {
    walk.host.platform.queue.deliverNext(3);
    const { head } = await walk.openPullRequest(resultWithIssues(2));
    const once = shown(insightsOf(head));
    const written = writes();

    walk.host.platform.queue.deliverNext(2);
    await walk.host.clock.advance(60_000);
    await walk.host.settle();

    expect(once.reports[0]?.annotations).toHaveLength(2);
    expect(writes()).toBe(written);
    expect(shown(insightsOf(head))).toEqual(once);
  });

  it('[O1] leave a finding when Bitbucket refuses them, which goes with the next writing', async () => {
    const clear = walk.host.faults.add({
      target: 'bitbucket',
      match: /^PUT /,
      times: Infinity,
      effect: { kind: 'answer', status: 403 },
    });
    const pullRequest = await walk.openPullRequest(resultWithIssues(1));
    const during = findings();
    clear();

    const again = await walk.push(pullRequest, resultWithIssues(1));
    await walk.host.settle();
    await walk.host.clock.advance(6_000);
    await walk.host.settle();

    expect(during).toMatchObject([{ code: 'publishFailed' }]);
    expect(insightsOf(again.head).reports).toMatchObject([{ result: 'FAILED' }]);
  });

  it.each([0, 1, 2, 3, 4])(
    '[A1] [F2] are complete in the end although the function is killed after write %s',
    async (skip) => {
      const removeRule = walk.host.faults.add({
        target: 'bitbucket',
        match: /^(?:PUT|POST|DELETE) /,
        times: 1,
        skip,
        effect: { kind: 'crash', when: 'after' },
      });
      const pullRequest = await walk.openPullRequest(resultWithIssues(230));
      removeRule();

      await walk.host.clock.advance(20 * 60_000);
      await walk.host.settle();

      const [report] = insightsOf(pullRequest.head).reports;
      expect(report).toMatchObject({ result: 'FAILED' });
      expect(report?.annotations).toHaveLength(230);
    },
  );
});

function findings() {
  const values = walk.host.platform.dumpStorage().values as {
    readonly entityName?: string;
    readonly value: { readonly record: { readonly code: string } };
  }[];
  return values
    .filter(({ entityName }) => entityName === 'finding')
    .map(({ value }) => value.record);
}
