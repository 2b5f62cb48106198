import type { BitbucketStandIn } from '../../../host/bitbucket/types';
import { watchDisk } from '../../../host/launch/disk-watch';

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

function setUp(options: { readonly pushes?: boolean; readonly isNeeded?: boolean } = {}) {
  const { pushes = false, isNeeded = true } = options;
  const disk = { isAhead: false, isGone: false, looks: 0 };
  const changes: boolean[] = [];
  const watch = watchDisk({
    bitbucket: {
      repositories: () => [{ uuid: '{a}' }, { uuid: '{b}', problem: 'not a git repository' }],
      hasUnpushed(uuid: string) {
        disk.looks += 1;
        if (uuid !== '{a}' || disk.isGone) return Promise.reject(new Error('gone'));
        return Promise.resolve(disk.isAhead);
      },
    } as unknown as BitbucketStandIn,
    isNeeded: () => isNeeded,
    onChange(_uuid, hasUnpushed) {
      changes.push(hasUnpushed);
      if (pushes) disk.isAhead = false;
      return Promise.resolve();
    },
  });
  return { disk, changes, watch, look: () => jest.advanceTimersByTimeAsync(2_000) };
}

describe('watching the disk', () => {
  it('tells once that a branch moved, and once that it was pushed', async () => {
    const { disk, changes, look, watch } = setUp();

    await look();
    disk.isAhead = true;
    await look();
    await look();
    disk.isAhead = false;
    await look();

    expect(changes).toEqual([true, false]);
    await watch.stop();
  });

  it('notices each commit when the listener pushes', async () => {
    const { disk, changes, look, watch } = setUp({ pushes: true });

    disk.isAhead = true;
    await look();
    disk.isAhead = true;
    await look();

    expect(changes).toEqual([true, true]);
    await watch.stop();
  });

  it('goes on after a folder could not be read', async () => {
    const { disk, changes, look, watch } = setUp();

    disk.isGone = true;
    await look();
    Object.assign(disk, { isGone: false, isAhead: true });
    await look();

    expect(changes).toEqual([true]);
    await watch.stop();
  });

  it('asks nothing while nobody needs it, and nothing after its end', async () => {
    const idle = setUp({ isNeeded: false });
    await idle.look();
    const ended = setUp();
    await ended.watch.stop();
    await ended.look();

    expect([idle.disk.looks, ended.disk.looks]).toEqual([0, 0]);
    await idle.watch.stop();
  });
});
