import { RemoteUnavailableError } from '../../../src/errors/remote-errors';
import {
  buildGate,
  buildPullRequest,
  caller,
  headCommit,
  identity,
  isoAt,
  olderCommit,
  workspaceUuid,
} from '../../support/app/build-app-data';
import { setUpApp } from '../../support/app/set-up-app';

const mergeCommit = 'c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00';
const destinationCommit = 'd00dfeedd00dfeedd00dfeedd00dfeedd00dfeed';
const poll = { ...identity, workspaceUuid, trigger: 'poll' } as const;

async function setUpAnalysisOf(commit: string, parents?: readonly string[]) {
  const app = await setUpApp();
  app.server.gate = buildGate();
  app.server.listed = [{ key: '7', gateStatus: 'OK', analysedAt: isoAt(-300_000), commit }];
  if (parents) app.bitbucket.parents.set(commit, parents);
  return app;
}

describe('an analysis of another commit than the head', () => {
  it.each([
    ['first', [headCommit, destinationCommit]],
    ['second', [destinationCommit, headCommit]],
  ])('[G7] counts when it is a merge commit with the head as its %s parent', async (_, parents) => {
    const app = await setUpAnalysisOf(mergeCommit, parents);

    await app.refreshVerdict(poll);

    expect(await app.viewPullRequest(identity, caller)).toMatchObject({
      state: 'passed',
      projects: [{ analysedCommit: mergeCommit, commitSource: 'server' }],
    });
  });

  it.each([
    ['a merge of other commits', [destinationCommit, olderCommit]],
    ['a plain successor of the head', [headCommit]],
    ['not known to Bitbucket', undefined],
  ])('[G7] is outdated when it is %s', async (_, parents) => {
    const app = await setUpAnalysisOf(mergeCommit, parents);

    await app.refreshVerdict(poll);

    expect((await app.viewPullRequest(identity, caller)).state).toBe('outdated');
  });

  it('[G7] no longer counts for a head that was pushed later', async () => {
    const app = await setUpAnalysisOf(mergeCommit, [headCommit, destinationCommit]);
    await app.refreshVerdict(poll);

    app.bitbucket.fullHash = olderCommit;
    app.bitbucket.pullRequest = buildPullRequest({ headHash: olderCommit.slice(0, 12) });

    expect((await app.viewPullRequest(identity, caller)).state).toBe('outdated');
    await app.refreshVerdict(poll);
    expect((await app.viewPullRequest(identity, caller)).state).toBe('outdated');
  });

  it('is asked about once, and again after Bitbucket could not tell', async () => {
    const app = await setUpAnalysisOf(mergeCommit, [headCommit, destinationCommit]);
    const call = { service: 'bitbucket', operation: 'getCommit' } as const;
    const findParents = jest
      .spyOn(app.bitbucket, 'findParentHashes')
      .mockRejectedValueOnce(new RemoteUnavailableError(call, 'status 503', { status: 503 }));

    await app.refreshVerdict(poll);
    const untold = await app.viewPullRequest(identity, caller);
    await app.refreshVerdict(poll);
    await app.refreshVerdict({ ...poll, trigger: 'manual' });

    expect(untold.state).toBe('outdated');
    expect((await app.viewPullRequest(identity, caller)).state).toBe('passed');
    expect(findParents).toHaveBeenCalledTimes(2);
  });
});
