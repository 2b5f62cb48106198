import type { GitFixture } from '../../support/git-repository';
import { createGitRepository } from '../../support/git-repository';
import type { ProductEvent } from '../../../host/platform/types';
import { at, valuesOf } from './stand-in';
import { useWorld } from './use-world';

describe('pushing what moved on disk', () => {
  const stage = useWorld();
  const { keep, add } = stage;

  function withTopic(): GitFixture {
    return keep(createGitRepository({ main: [{}], topic: { from: 'main', commits: [{}] } }));
  }
  function typesOf(events: readonly ProductEvent[]): string[] {
    return events.map(({ eventType }) => eventType.replace('avi:bitbucket:', ''));
  }

  it('shows nothing of what was not pushed', async () => {
    const fixture = withTopic();
    const { summary, base } = await add(fixture);
    const pushed = fixture.hash('topic');
    const unpushed = fixture.commit('topic');

    expect(await stage.world.bitbucket.hasUnpushed(summary.uuid)).toBe(true);
    expect(at((await stage.world.get(`${base}/pullrequests/1`)).body, 'source.commit.hash')).toBe(
      pushed.slice(0, 12),
    );
    expect((await stage.world.get(`${base}/commit/${unpushed}`)).status).toBe(404);
    expect((await stage.world.get(`${base}/commit/${unpushed.slice(0, 12)}`)).status).toBe(404);
  });

  it('says nothing when nothing moved', async () => {
    const { summary } = await add(withTopic());

    expect(await stage.world.bitbucket.hasUnpushed(summary.uuid)).toBe(false);
    expect(await stage.world.bitbucket.push(summary.uuid)).toEqual([]);
    expect(stage.world.events).toEqual([]);
  });

  it('moves the head of a pull request and sends both events as Forge delivers them', async () => {
    const fixture = withTopic();
    const { summary, base } = await add(fixture);
    const before = fixture.hash('topic');
    const after = fixture.commit('topic', { message: 'More of it' });
    await stage.world.clock.advance(60_000);

    const changed = await stage.world.bitbucket.push(summary.uuid);

    expect(changed).toEqual([1]);
    const writer = stage.world.userOf('writer');
    const common = {
      selfGenerated: false,
      timestamp: '2026-06-01T00:01:00.000000Z',
      actor: { type: 'user', accountId: writer.accountId, uuid: writer.uuid },
      workspace: { uuid: '{4c16a397-8e48-479c-8ca2-442e46c90570}' },
      project: { uuid: expect.stringMatching(/^\{.{36}\}$/) as unknown },
      repository: { uuid: summary.uuid, slug: 'repository' },
    };
    expect(summary.uuid).toMatch(/^\{.{36}\}$/);
    expect(stage.world.events).toEqual([
      {
        ...common,
        eventType: 'avi:bitbucket:push:repository',
        push: {
          ref: 'topic',
          mainbranch: false,
          before,
          after,
          created: false,
          closed: false,
          forced: false,
          truncated: false,
          commits: [
            {
              hash: after,
              message: { value: 'More of it\n', truncated: false },
              date: '2026-01-05T00:03:00.000000Z',
              author: { user: expect.objectContaining({ type: 'user' }) as unknown },
            },
          ],
        },
      },
      {
        ...common,
        eventType: 'avi:bitbucket:updated:pullrequest',
        pullrequest: expect.objectContaining({
          id: 1,
          state: 'OPEN',
          source: { branch: 'topic', commit: { hash: after.slice(0, 12) } },
          destination: { branch: 'main', commit: { hash: fixture.hash('main').slice(0, 12) } },
          title: { value: 'Commit 2 on topic', truncated: false },
          createdOn: '2026-06-01T00:00:00.000000+00:00',
          updatedOn: '2026-06-01T00:01:00.000000+00:00',
          commentCount: 0,
          taskCount: 0,
        }) as unknown,
      },
    ]);
    expect((await stage.world.get(`${base}/commit/${after.slice(0, 12)}`)).body).toMatchObject({
      hash: after,
    });
  });

  it('tells a force-push and keeps the old commits visible', async () => {
    const fixture = withTopic();
    const { summary, base } = await add(fixture);
    const before = fixture.hash('topic');
    fixture.git('checkout', '--quiet', '-B', 'topic', 'main');
    fixture.commit('topic', { message: 'Another way' });

    await stage.world.bitbucket.push(summary.uuid);

    expect(at(stage.world.events[0], 'push.forced')).toBe(true);
    expect(at(stage.world.events[0], 'push.before')).toBe(before);
    expect((await stage.world.get(`${base}/commit/${before}`)).status).toBe(200);
  });

  it('opens a pull request for a new branch', async () => {
    const fixture = withTopic();
    const { summary } = await add(fixture);
    fixture.git('checkout', '--quiet', 'main');
    fixture.commit('second', { message: 'A second thing' });

    expect(await stage.world.bitbucket.push(summary.uuid)).toEqual([2]);

    expect(typesOf(stage.world.events)).toEqual(['push:repository', 'created:pullrequest']);
    expect(at(stage.world.events[0], 'push.created')).toBe(true);
    expect(at(stage.world.events[0], 'push.before')).toBeUndefined();
    expect(at(stage.world.events[1], 'pullrequest.id')).toBe(2);
  });

  it('says how a large push is cut', async () => {
    const fixture = withTopic();
    const { summary } = await add(fixture);
    for (let count = 0; count < 7; count += 1) fixture.commit('topic');

    await stage.world.bitbucket.push(summary.uuid);

    expect(at(stage.world.events[0], 'push.truncated')).toBe(true);
    expect(at(stage.world.events[0], 'push.commits')).toHaveLength(5);
  });

  it.each([['--no-ff'], ['--ff-only']])(
    'closes a pull request whose branch was merged with %s',
    async (how) => {
      const fixture = withTopic();
      const { summary, base } = await add(fixture);
      const head = fixture.hash('topic');
      fixture.git('checkout', '--quiet', 'main');
      fixture.git('merge', '--quiet', how, '-m', 'Merge it', 'topic');
      const mergeCommit = fixture.hash('main');
      fixture.commit('main');

      expect(await stage.world.bitbucket.push(summary.uuid)).toEqual([1]);

      expect(typesOf(stage.world.events)).toEqual(['push:repository', 'fulfilled:pullrequest']);
      expect(at(stage.world.events[0], 'push.mainbranch')).toBe(true);
      expect(at(stage.world.events[1], 'pullrequest')).toMatchObject({
        state: 'MERGED',
        mergeCommit: { hash: mergeCommit.slice(0, 12) },
        source: { commit: { hash: head.slice(0, 12) } },
      });
      const pullRequest = await stage.world.get(`${base}/pullrequests/1`);
      expect(at(pullRequest.body, 'merge_commit.hash')).toBe(mergeCommit.slice(0, 12));
      expect(valuesOf((await stage.world.get(`${base}/pullrequests/1/commits`)).body)).toHaveLength(
        1,
      );
      expect(valuesOf((await stage.world.get(`${base}/pullrequests`)).body)).toEqual([]);
    },
  );

  it('closes a pull request whose branch was merged and deleted in one push', async () => {
    const fixture = withTopic();
    const { summary } = await add(fixture);
    fixture.git('checkout', '--quiet', 'main');
    fixture.git('merge', '--quiet', '--no-ff', '-m', 'Merge it', 'topic');
    fixture.git('branch', '--delete', 'topic');

    await stage.world.bitbucket.push(summary.uuid);

    expect(typesOf(stage.world.events)).toEqual([
      'push:repository',
      'push:repository',
      'fulfilled:pullrequest',
    ]);
  });

  it('closes a pull request whose branch was rebased and then merged in one push', async () => {
    const fixture = withTopic();
    const { summary } = await add(fixture);
    fixture.commit('main');
    fixture.git('rebase', '--quiet', 'main', 'topic');
    fixture.git('checkout', '--quiet', 'main');
    fixture.git('merge', '--quiet', '--ff-only', 'topic');

    await stage.world.bitbucket.push(summary.uuid);

    expect(stage.world.bitbucket.pullRequests(summary.uuid)).toMatchObject([
      { state: 'MERGED', headCommit: fixture.hash('main') },
    ]);
  });

  it('does not take a branch that was reset to the main branch for merged', async () => {
    const fixture = withTopic();
    const { summary, base } = await add(fixture);
    fixture.git('branch', '--force', 'topic', 'main');

    await stage.world.bitbucket.push(summary.uuid);

    expect(stage.world.bitbucket.pullRequests(summary.uuid)).toMatchObject([{ state: 'OPEN' }]);
    expect(valuesOf((await stage.world.get(`${base}/pullrequests/1/commits`)).body)).toEqual([]);
  });

  it('opens another pull request when a merged branch goes on', async () => {
    const fixture = withTopic();
    const { summary } = await add(fixture);
    fixture.git('checkout', '--quiet', 'main');
    fixture.git('merge', '--quiet', '--no-ff', '-m', 'Merge it', 'topic');
    fixture.commit('topic');

    expect(await stage.world.bitbucket.push(summary.uuid)).toEqual([1, 2]);

    expect(stage.world.bitbucket.pullRequests(summary.uuid)).toMatchObject([
      { id: 1, state: 'MERGED' },
      { id: 2, state: 'OPEN', headCommit: fixture.hash('topic') },
    ]);
  });

  it('keeps the pull request of a deleted branch open, without commits, until the branch is back', async () => {
    const fixture = withTopic();
    const { summary, base } = await add(fixture);
    const head = fixture.hash('topic');
    fixture.git('branch', '--delete', '--force', 'topic');

    await stage.world.bitbucket.push(summary.uuid);

    expect(typesOf(stage.world.events)).toEqual(['push:repository']);
    expect(at(stage.world.events[0], 'push')).toMatchObject({
      closed: true,
      before: head,
      commits: [],
    });
    expect(at(stage.world.events[0], 'push.after')).toBeUndefined();
    expect((await stage.world.get(`${base}/pullrequests/1`)).body).toMatchObject({ state: 'OPEN' });
    expect(valuesOf((await stage.world.get(`${base}/pullrequests/1/commits`)).body)).toEqual([]);

    fixture.git('branch', 'topic', head);
    expect(await stage.world.bitbucket.push(summary.uuid)).toEqual([]);
    expect(valuesOf((await stage.world.get(`${base}/pullrequests/1/commits`)).body)).toHaveLength(
      1,
    );
  });

  it('keeps pull requests open when every branch is deleted', async () => {
    const fixture = withTopic();
    const { summary, base } = await add(fixture);
    fixture.git('checkout', '--quiet', '--detach');
    fixture.git('branch', '--delete', '--force', 'main', 'topic');

    await stage.world.bitbucket.push(summary.uuid);

    expect(stage.world.bitbucket.repositories()[0]?.problem).toMatch(/no branch/);
    expect((await stage.world.get(`${base}/pullrequests/1`)).body).toMatchObject({
      state: 'OPEN',
      destination: { commit: null },
    });
    expect(valuesOf((await stage.world.get(`${base}/pullrequests/1/commits`)).body)).toEqual([]);
  });

  it('follows the destination without an event when only the main branch moved', async () => {
    const fixture = withTopic();
    const { summary } = await add(fixture);
    const base = fixture.hash('main');
    const main = fixture.commit('main');

    expect(await stage.world.bitbucket.push(summary.uuid)).toEqual([]);

    expect(typesOf(stage.world.events)).toEqual(['push:repository']);
    expect(stage.world.bitbucket.pullRequests(summary.uuid)).toMatchObject([
      { destinationCommit: main, baseCommit: base },
    ]);
  });

  it('adds a pull request for a new commit of a repository without branches', async () => {
    const fixture = keep(createGitRepository({ main: [{}, {}, {}] }));
    const { summary, pullRequests } = await add(fixture);
    const newest = fixture.commit('main');

    expect(await stage.world.bitbucket.push(summary.uuid)).toEqual([3]);

    const all = stage.world.bitbucket.pullRequests(summary.uuid);
    expect(all.slice(0, 2)).toEqual(pullRequests);
    expect(all[2]).toMatchObject({ headCommit: newest, destinationCommit: fixture.hash('main~1') });
  });

  it('makes no more pull requests of commits once there is a branch', async () => {
    const fixture = keep(createGitRepository({ main: [{}, {}] }));
    const { summary } = await add(fixture);
    fixture.commit('topic');
    await stage.world.bitbucket.push(summary.uuid);
    fixture.commit('main');

    await stage.world.bitbucket.push(summary.uuid);

    expect(
      stage.world.bitbucket.pullRequests(summary.uuid).map(({ sourceBranch }) => sourceBranch),
    ).toEqual([expect.stringMatching(/^commit\//), 'topic']);
  });

  it('keeps the main branch when another one is checked out', async () => {
    const fixture = keep(
      createGitRepository({ trunk: [{}], topic: { from: 'trunk', commits: [{}] } }),
    );
    const { summary } = await add(fixture);
    fixture.commit('topic');

    await stage.world.bitbucket.push(summary.uuid);

    expect(stage.world.bitbucket.repositories()[0]?.mainBranch).toBe('trunk');
  });

  it('takes two pushes at once as one after the other', async () => {
    const fixture = withTopic();
    const { summary } = await add(fixture);
    fixture.commit('topic');

    const changed = await Promise.all([
      stage.world.bitbucket.push(summary.uuid),
      stage.world.bitbucket.push(summary.uuid),
    ]);

    expect(changed).toEqual([[1], []]);
    expect(typesOf(stage.world.events)).toEqual(['push:repository', 'updated:pullrequest']);
  });

  it('declines for a person who may write', async () => {
    const { summary, base } = await add(withTopic());
    const writer = stage.world.userOf('writer');

    await stage.world.bitbucket.decline(summary.uuid, 1, writer.accountId);

    expect(typesOf(stage.world.events)).toEqual(['rejected:pullrequest']);
    expect(at(stage.world.events[0], 'pullrequest.mergeCommit')).toBeUndefined();
    expect((await stage.world.get(`${base}/pullrequests/1`)).body).toMatchObject({
      state: 'DECLINED',
      merge_commit: null,
      closed_by: { account_id: writer.accountId },
    });
    expect(await stage.world.bitbucket.push(summary.uuid)).toEqual([]);
  });

  it('merges for a person who may write', async () => {
    const { summary } = await add(withTopic());

    await stage.world.bitbucket.merge(summary.uuid, 1, stage.world.userOf('admin').accountId);

    expect(typesOf(stage.world.events)).toEqual(['fulfilled:pullrequest']);
    expect(at(stage.world.events[0], 'pullrequest.mergeCommit.hash')).toHaveLength(12);
    expect(at(stage.world.events[0], 'actor.accountId')).toBe(
      stage.world.userOf('admin').accountId,
    );
  });

  it('refuses to close for others, twice, or what does not exist', async () => {
    const { summary } = await add(withTopic());
    const { bitbucket } = stage.world;
    const owner = stage.world.userOf('owner').accountId;

    await expect(
      bitbucket.merge(summary.uuid, 1, stage.world.userOf('member').accountId),
    ).rejects.toThrow(/needs the write right/);
    await expect(bitbucket.merge(summary.uuid, 9, owner)).rejects.toThrow(/no pull request 9/);
    await bitbucket.decline(summary.uuid, 1, owner);
    await expect(bitbucket.merge(summary.uuid, 1, owner)).rejects.toThrow(/is DECLINED, not OPEN/);
    expect(typesOf(stage.world.events)).toEqual(['rejected:pullrequest']);
  });

  it('stops telling a listener that left', async () => {
    const fixture = withTopic();
    const { summary } = await add(fixture);
    const heard: ProductEvent[] = [];
    const leave = stage.world.bitbucket.onEvent((event) => heard.push(event));
    leave();
    fixture.commit('topic');

    await stage.world.bitbucket.push(summary.uuid);

    expect(heard).toEqual([]);
  });
});
