import { resultWithIssues, startWalk, type Walk } from '../support/walk';
import { accountOf, viewOf } from '../support/walk-calls';

let walk: Walk;
beforeAll(async () => {
  walk = await startWalk({ hasMergeChecks: true });
});
afterAll(() => walk.stop());

const reportsOf = (commit: string) =>
  walk.host.bitbucket.insights(walk.repositoryUuid, commit).reports;

describe('what goes on by itself', () => {
  it('[B11] follows a repository that is renamed and moved to another project', async () => {
    const { host, repositoryUuid } = walk;
    const before = await walk.openPullRequest(resultWithIssues(1));

    host.bitbucket.rename(repositoryUuid, 'Web Store');
    host.bitbucket.moveToProject(repositoryUuid, 'TOOLS');
    await host.settle();
    const after = await walk.openPullRequest(resultWithIssues(2));

    expect((await viewOf(walk, before)).state).toBe('failed');
    expect(await viewOf(walk, after)).toMatchObject({
      state: 'failed',
      projects: [{ projectKey: walk.projectKey }],
    });
    expect(reportsOf(after.head)).toMatchObject([{ result: 'FAILED' }]);
    const stored = JSON.stringify(host.platform.dumpStorage());
    expect(stored).not.toMatch(/"key":"[^"]*[{}]/);
  });

  it('[K4] does not stop when the person leaves who installed and connected it', async () => {
    const { host } = walk;
    host.bitbucket.setWorkspaceRole(accountOf(host, 'Olivia Owner'), 'outsider');

    const pullRequest = await walk.openPullRequest(resultWithIssues(3));
    const check = await host.platform.runMergeCheck({
      moduleKey: 'quality-gate',
      repositoryUuid: walk.repositoryUuid,
      pullRequestId: pullRequest.id,
      trigger: 'on-merge',
    });

    expect(reportsOf(pullRequest.head)).toMatchObject([{ result: 'FAILED' }]);
    expect(check).toMatchObject({ success: false });
  });
});
