import { mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folderProblem } from '../../../host/bitbucket/git/inspect-folder';
import { cloneOf, createFolder, createGitRepository } from '../../support/git-repository';
import { openWorld, valuesOf } from './stand-in';
import { useWorld } from './use-world';

describe('taking a folder in as a repository', () => {
  const stage = useWorld();
  const { keep, add } = stage;

  it('makes a pull request of each branch that is not merged', async () => {
    const fixture = keep(
      createGitRepository({
        main: [{}, {}],
        'feature/one': { from: 'main', commits: [{ message: 'One thing' }] },
        done: { from: 'main', commits: [] },
        'two-things': { from: 'main', commits: [{}, {}] },
      }),
    );

    const { summary, pullRequests } = await add(fixture);

    expect(summary).toMatchObject({ slug: 'repository', mainBranch: 'main' });
    expect(summary.problem).toBeUndefined();
    expect(pullRequests).toMatchObject([
      {
        id: 1,
        title: 'One thing',
        author: 'Dana Developer',
        sourceBranch: 'feature/one',
        destinationBranch: 'main',
        headCommit: fixture.hash('feature/one'),
        destinationCommit: fixture.hash('main'),
        baseCommit: fixture.hash('main'),
        state: 'OPEN',
      },
      { id: 2, title: 'Two things', sourceBranch: 'two-things' },
    ]);
    expect(stage.world.events).toEqual([]);
  });

  it('takes the merge base as base when the main branch went on', async () => {
    const fixture = keep(
      createGitRepository({ main: [{}], topic: { from: 'main', commits: [{}] } }),
    );
    const base = fixture.hash('main');
    fixture.commit('main');

    const { pullRequests } = await add(fixture);

    expect(pullRequests[0]).toMatchObject({
      baseCommit: base,
      destinationCommit: fixture.hash('main'),
    });
  });

  it('makes each of the last three commits one when no branch is unmerged', async () => {
    const fixture = keep(createGitRepository({ main: [{}, {}, {}, { message: 'The newest' }] }));

    const { pullRequests } = await add(fixture);

    expect(pullRequests).toHaveLength(3);
    expect(pullRequests[2]).toMatchObject({
      id: 3,
      title: 'The newest',
      sourceBranch: `commit/${fixture.hash('main').slice(0, 12)}`,
      destinationBranch: 'main',
      headCommit: fixture.hash('main'),
      destinationCommit: fixture.hash('main~1'),
      baseCommit: fixture.hash('main~1'),
    });
  });

  it('makes no pull request of a root commit', async () => {
    const fixture = keep(createGitRepository({ main: [{}, {}] }));

    expect((await add(fixture)).pullRequests).toHaveLength(1);
  });

  it('says that a single commit cannot be compared', async () => {
    const { summary, pullRequests } = await add(keep(createGitRepository({ main: [{}] })));

    expect(pullRequests).toEqual([]);
    expect(summary.problem).toMatch(/single commit/);
  });

  it('takes remote-tracking branches without a local counterpart, and origin/HEAD as the main branch', async () => {
    const origin = keep(
      createGitRepository({
        trunk: [{}],
        main: { from: 'trunk', commits: [{}] },
        remote: { from: 'trunk', commits: [{}] },
      }),
    );
    const clone = keep(cloneOf(origin));
    clone.commit('local');

    const { summary, pullRequests } = await add(clone);

    expect(summary.mainBranch).toBe('trunk');
    expect(pullRequests.map(({ sourceBranch }) => sourceBranch).sort()).toEqual([
      'local',
      'main',
      'remote',
    ]);
  });

  it.each([
    ['main', { work: [{}], main: { from: 'work', commits: [{}] } }],
    ['master', { work: [{}], master: { from: 'work', commits: [{}] } }],
    ['trunk', { trunk: [{}], work: { from: 'trunk', commits: [{}] } }],
  ] as const)('finds the main branch %s', async (mainBranch, branches) => {
    expect((await add(keep(createGitRepository(branches)))).summary.mainBranch).toBe(mainBranch);
  });

  it('reads a bare repository, whose HEAD names the main branch', async () => {
    const branches = { develop: [{}], main: { from: 'develop', commits: [{}] } };

    const { summary, pullRequests } = await add(
      keep(createGitRepository(branches, { bare: true })),
    );

    expect(summary).toMatchObject({ slug: 'bare.git', mainBranch: 'develop' });
    expect(pullRequests).toMatchObject([{ sourceBranch: 'main' }]);
  });

  it('reads a worktree', async () => {
    const fixture = keep(
      createGitRepository({ main: [{}], topic: { from: 'main', commits: [{}] } }),
    );
    const folder = keep(createFolder());
    fixture.git('worktree', 'add', '--quiet', join(folder.path, 'tree'), 'topic');

    const { summary, pullRequests } = await add({ path: join(folder.path, 'tree') });

    expect(summary).toMatchObject({ mainBranch: 'main' });
    expect(pullRequests).toMatchObject([{ sourceBranch: 'topic' }]);
  });

  it('reads a repository whose HEAD is detached', async () => {
    const fixture = keep(
      createGitRepository({ main: [{}], topic: { from: 'main', commits: [{}] } }),
    );
    fixture.git('checkout', '--quiet', '--detach', 'topic');

    expect((await add(fixture)).pullRequests).toMatchObject([{ sourceBranch: 'topic' }]);
  });

  it('says what to do when HEAD is detached and there is no branch', async () => {
    const fixture = keep(createGitRepository({ main: [{}] }));
    fixture.git('checkout', '--quiet', '--detach', 'main');
    fixture.git('branch', '--delete', '--force', 'main');

    expect((await add(fixture)).summary.problem).toMatch(
      /detached HEAD and no branch; .*git switch -c/,
    );
  });

  it('says that a repository has no commits', async () => {
    const { summary } = await add(keep(createGitRepository({})));

    expect(summary.problem).toMatch(/has no commits yet/);
    expect((await stage.world.get(`/repositories/acme/${summary.slug}`)).body).toMatchObject({
      mainbranch: null,
    });
    expect(
      valuesOf((await stage.world.get(`/repositories/acme/${summary.slug}/pullrequests`)).body),
    ).toEqual([]);
  });

  it('takes a repository in once it has commits', async () => {
    const fixture = keep(createGitRepository({}));
    const { summary } = await add(fixture);
    fixture.commit('main');
    fixture.commit('topic');

    expect(await stage.world.bitbucket.push(summary.uuid)).toEqual([1]);
    expect(stage.world.bitbucket.repositories()[0]?.problem).toBeUndefined();
  });

  it('reads a shallow clone as far as its history goes', async () => {
    const origin = keep(createGitRepository({ main: [{}, {}, {}, {}, {}] }));

    const { pullRequests } = await add(keep(cloneOf(origin, '--depth=2')));

    expect(pullRequests).toMatchObject([{ headCommit: origin.hash('main') }]);
  });

  it('says what to do about a shallow clone of one commit', async () => {
    const origin = keep(createGitRepository({ main: [{}, {}] }));

    const { summary } = await add(keep(cloneOf(origin, '--depth=1')));

    expect(summary.problem).toMatch(/shallow clone .*git fetch --unshallow/);
  });

  it('says which branches a shallow clone cannot place', async () => {
    const origin = keep(
      createGitRepository({ main: [{}, {}, {}], topic: { from: 'main~2', commits: [{}] } }),
    );

    const { summary } = await add(keep(cloneOf(origin, '--depth=1', '--no-single-branch')));

    expect(summary.problem ?? summary.notice).toMatch(/1 branch.*shallow clone.*--unshallow/);
  });

  it('leaves branches without common history out and says so', async () => {
    const fixture = keep(
      createGitRepository({ main: [{}, {}], pages: [{}], topic: { from: 'main', commits: [{}] } }),
    );

    const { summary, pullRequests } = await add(fixture);

    expect(pullRequests).toMatchObject([{ sourceBranch: 'topic' }]);
    expect(summary.notice).toMatch(/share no history with "main"/);
  });

  it('takes the newest 50 branches and says how many are left out', async () => {
    const fixture = keep(createGitRepository({ main: [{}] }));
    const tree = fixture.git('rev-parse', 'main^{tree}');
    for (let index = 1; index <= 53; index += 1) {
      const date = `2026-02-01T00:00:${String(index).padStart(2, '0')}Z`;
      const commit = fixture.git(
        '-c',
        `user.name=n`,
        '-c',
        'user.email=e',
        'commit-tree',
        tree,
        '-p',
        'main',
        '-m',
        date,
      );
      fixture.git('branch', `topic-${index}`, commit);
    }

    const { summary, pullRequests } = await add(fixture);

    expect(pullRequests).toHaveLength(50);
    expect(summary.notice).toMatch(/newest 50 unmerged branches .* 3 older/);
  });

  it('keeps two folders of one name apart', async () => {
    const first = keep(createGitRepository({ main: [{}, {}] }));
    const second = keep(createGitRepository({ main: [{}, {}] }));

    const summaries = [(await add(first)).summary, (await add(second)).summary];

    expect(summaries.map(({ slug }) => slug)).toEqual(['repository', 'repository-2']);
    expect(new Set(summaries.map(({ uuid }) => uuid)).size).toBe(2);
  });

  it('knows a folder again by its real path', async () => {
    const fixture = keep(createGitRepository({ main: [{}, {}] }));
    const folder = keep(createFolder());
    symlinkSync(fixture.path, join(folder.path, 'link'));

    const direct = (await add(fixture)).summary;
    const linked = (await add({ path: join(folder.path, 'link') })).summary;

    expect(linked.uuid).toBe(direct.uuid);
    expect(stage.world.bitbucket.repositories()).toHaveLength(1);
  });

  it('makes a slug of a name that has none', async () => {
    const fixture = keep(createGitRepository({ main: [{}, {}] }, { folderName: '分支' }));

    const { summary } = await add(fixture);

    expect(summary).toMatchObject({ slug: 'repository', name: '分支' });
  });

  it('names the problem of a bad folder and goes on with the others', async () => {
    const folder = keep(createFolder());
    writeFileSync(join(folder.path, 'file'), 'x');
    mkdirSync(join(folder.path, 'plain'));
    const good = keep(createGitRepository({ main: [{}, {}] }));
    mkdirSync(join(good.path, 'below'));
    const broken = keep(createGitRepository({ main: [{}, {}] }));
    writeFileSync(join(broken.path, '.git', 'HEAD'), 'not a ref at all\n');

    const problems = [];
    for (const path of [
      join(folder.path, 'missing'),
      join(folder.path, 'file'),
      join(folder.path, 'plain'),
      join(good.path, 'below'),
      join(good.path, '.git'),
      broken.path,
      `${folder.path}/nul\0byte`,
    ])
      problems.push((await add({ path })).summary.problem);
    const { pullRequests } = await add(good);

    expect(problems).toEqual([
      expect.stringMatching(/There is no folder ".*missing"; check the path\./),
      expect.stringMatching(/is a file; give the folder of a git repository/),
      expect.stringMatching(/is not a git repository; run "git init"/),
      expect.stringMatching(/lies inside the git repository/),
      expect.stringMatching(/is the inside of a git repository/),
      expect.stringMatching(/is not a git repository/),
      expect.stringMatching(/cannot be opened|There is no folder/),
    ]);
    expect(pullRequests).toHaveLength(1);
  });

  it('says that a folder may not be read', () => {
    const refusal = Object.assign(new Error('denied'), { code: 'EACCES' });

    expect(folderProblem('somewhere', refusal)).toMatch(/"somewhere" may not be read/);
  });

  it('refuses object names that Bitbucket does not know', async () => {
    const folder = keep(createFolder());
    const fixture = keep(createGitRepository({ main: [{}] }));
    fixture.git('init', '--quiet', '--object-format=sha256', join(folder.path, 'new'));

    const { summary } = await add({ path: join(folder.path, 'new') });

    expect(summary.problem).toMatch(/uses sha256 object names/);
  });

  it('says what git says about a repository with missing objects', async () => {
    const fixture = keep(createGitRepository({ main: [{}, {}] }));
    renameSync(join(fixture.path, '.git', 'objects'), join(fixture.path, '.git', 'gone'));
    mkdirSync(join(fixture.path, '.git', 'objects'));

    const { summary } = await add(fixture);

    expect(summary.problem).toBeDefined();
  });

  it('keeps what was pushed while the folder is away', async () => {
    const fixture = keep(
      createGitRepository({ main: [{}], topic: { from: 'main', commits: [{}] } }),
    );
    const { summary } = await add(fixture);
    renameSync(fixture.path, `${fixture.path}-away`);

    const changed = await stage.world.bitbucket.push(summary.uuid);

    expect(changed).toEqual([]);
    expect(stage.world.bitbucket.pullRequests(summary.uuid)).toMatchObject([{ state: 'OPEN' }]);
    expect(stage.world.bitbucket.repositories()[0]?.problem).toMatch(/There is no folder/);
    expect(await stage.world.bitbucket.hasUnpushed(summary.uuid)).toBe(false);
  });

  it('knows everything again after a restart', async () => {
    const folder = keep(createFolder());
    const file = join(folder.path, 'host.db');
    const fixture = keep(
      createGitRepository({ main: [{}], topic: { from: 'main', commits: [{}] } }),
    );
    const first = openWorld(file);
    const before = await first.bitbucket.addRepository({ path: fixture.path, name: 'Shop' });
    first.bitbucket.grant(before.uuid, first.userOf('member').accountId, 'read');
    const pushed = fixture.hash('topic');
    first.close();
    fixture.commit('topic');

    const second = openWorld(file);
    const after = await second.bitbucket.addRepository({ path: fixture.path });

    expect(after).toEqual(before);
    expect(second.bitbucket.pullRequests(after.uuid)).toMatchObject([
      { id: 1, headCommit: pushed },
    ]);
    expect(second.events).toEqual([]);
    expect(await second.bitbucket.hasUnpushed(after.uuid)).toBe(true);
    const asMember = await second.get(
      `/repositories/acme/${after.slug}`,
      second.identityOf('member'),
    );
    expect(asMember.status).toBe(200);
    expect(second.bitbucket.users).toEqual(first.bitbucket.users);
    second.close();
  });
});
