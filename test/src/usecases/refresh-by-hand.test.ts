import { bitbucketLimits } from '../../../src/clients/bitbucket/limits';
import { sonarQubeCallLimits } from '../../../src/clients/sonarqube/limits';
import {
  buildGate,
  buildIssueList,
  caller,
  headCommit,
  identity,
  isoAt,
} from '../../support/app/build-app-data';
import { setUpApp } from '../../support/app/set-up-app';

async function setUpPassed() {
  const app = await setUpApp();
  app.server.gate = buildGate();
  app.server.listed = [
    { key: '7', gateStatus: 'OK', analysedAt: isoAt(-300_000), commit: headCommit },
  ];
  app.server.issues = buildIssueList(2);
  await app.refreshVerdict({ ...identity, workspaceUuid: caller.workspaceUuid, trigger: 'poll' });
  app.server.calls.length = 0;
  app.time.nowMs += 60_000;
  return app;
}

describe('a refresh by hand', () => {
  it('[F5] reads everything anew, also what a gate that is the same says nothing about', async () => {
    const app = await setUpPassed();
    app.server.issues = buildIssueList(1);

    const { outcome, view } = await app.refreshPullRequest(identity, caller);

    expect(outcome).toBe('changed');
    expect(view.projects[0]).toMatchObject({ state: 'passed', issueCount: 1 });
  });

  it('[F5] shows an analysis of the same commit that has begun again', async () => {
    const app = await setUpPassed();
    app.server.task = { status: 'IN_PROGRESS', submittedAt: isoAt(0) };

    const { view } = await app.refreshPullRequest(identity, caller);

    expect(view).toMatchObject({ state: 'pending' });
  });

  it('[F5] says that nothing changed, with the new time', async () => {
    const app = await setUpPassed();

    const { outcome, view } = await app.refreshPullRequest(identity, caller);

    expect(outcome).toBe('unchanged');
    expect(view).toMatchObject({ checkedAt: isoAt(60_000), knownFrom: 'manual' });
  });

  it('ends within the 25 s of a resolver when every call takes as long as it may', () => {
    // As the user, the head; then of the server the gate, everything else at once, and the gate once more.
    const longestMs = 2 * bitbucketLimits.timeoutMs + 3 * sonarQubeCallLimits.timeoutMs;

    expect(longestMs).toBeLessThanOrEqual(23_000);
  });
});
