import {
  buildRecord,
  caller,
  headCommit,
  identity,
  isoAt,
  olderCommit,
} from '../../support/app/build-app-data';
import { setUpApp } from '../../support/app/set-up-app';

const pushed = {
  ...identity,
  isOpen: true,
  headHash: olderCommit.slice(0, 12),
  updatedAt: isoAt(-1_000),
};

async function setUpStored() {
  const app = await setUpApp();
  await app.verdicts.save(buildRecord(), undefined);
  return app;
}

describe('a change of a pull request', () => {
  it('[G7] with a new head outdates the verdict, tells open pages and queues a re-read', async () => {
    const app = await setUpStored();

    expect(await app.pullRequestChanged(pushed)).toBe('queued');

    expect(app.jobs).toEqual([{ kind: 'refresh', ...identity, trigger: 'push' }]);
    expect(app.announced).toEqual([2]);
    expect(await app.verdicts.find(identity)).toMatchObject({
      sequence: 2,
      head: { hash: pushed.headHash, since: pushed.updatedAt },
    });
  });

  it('of a pull request that was never read notes its head', async () => {
    const app = await setUpApp();

    await app.pullRequestChanged(pushed);

    expect(await app.verdicts.find(identity)).toMatchObject({ sequence: 1, projects: [] });
    expect((await app.viewPullRequest(identity, caller)).state).toBe('notAnalysed');
  });

  it('that leaves the head as it was does nothing', async () => {
    const app = await setUpStored();

    const outcome = await app.pullRequestChanged({ ...pushed, headHash: headCommit.slice(0, 12) });

    expect(outcome).toBe('ignored');
    expect([app.jobs, app.announced]).toEqual([[], []]);
  });

  it('that comes twice before it was read is queued again and noted once', async () => {
    const app = await setUpStored();
    await app.pullRequestChanged(pushed);

    expect(await app.pullRequestChanged(pushed)).toBe('queued');
    expect(app.announced).toEqual([2]);
  });

  it('that comes late does not take back a newer head', async () => {
    const app = await setUpStored();

    await app.pullRequestChanged({ ...pushed, updatedAt: isoAt(-700_000) });

    expect((await app.verdicts.find(identity))?.head?.hash).toBe(headCommit);
    expect(app.jobs).toHaveLength(1);
  });

  it('that closes it tells open pages and reads nothing', async () => {
    const app = await setUpStored();

    expect(await app.pullRequestChanged({ ...pushed, isOpen: false })).toBe('ignored');
    expect([app.jobs, app.announced]).toEqual([[], [2]]);
    expect((await app.verdicts.find(identity))?.retiredAt).toBe(isoAt(0));
  });

  it('in a repository without a binding does nothing', async () => {
    const app = await setUpApp({ isBound: false });

    expect(await app.pullRequestChanged(pushed)).toBe('ignored');
    expect(app.store.counts.writes).toBe(0);
  });
});
