import { createGitRepository } from '../../support/git-repository';
import { at, valuesOf } from './stand-in';
import { addTopicTo } from './topic-repository';
import { useWorld } from './use-world';

describe('the REST API', () => {
  const stage = useWorld();
  const { keep } = stage;
  const get = (path: string) => stage.world.get(path);
  const addTopic = () => addTopicTo(stage);

  describe('pull requests', () => {
    it('answers the single read with short hashes, links and participants', async () => {
      const { base, summary, fixture } = await addTopic();

      const { body } = await get(`${base}/pullrequests/1`);

      expect(body).toMatchObject({
        type: 'pullrequest',
        id: 1,
        title: 'Change it',
        state: 'OPEN',
        draft: false,
        author: { type: 'user', display_name: 'Dana Developer' },
        source: {
          branch: { name: 'topic' },
          commit: { hash: fixture.hash('topic').slice(0, 12) },
          repository: { uuid: summary.uuid, full_name: 'acme/repository' },
        },
        destination: {
          branch: { name: 'main' },
          commit: { hash: fixture.hash('main').slice(0, 12) },
          repository: { uuid: summary.uuid },
        },
        merge_commit: null,
        closed_by: null,
        reviewers: [],
        participants: [{ approved: false }],
        links: {
          diffstat: {
            href: 'https://api.bitbucket.org/2.0/repositories/acme/repository/pullrequests/1/diffstat',
          },
          html: { href: 'https://bitbucket.org/acme/repository/pull-requests/1' },
        },
      });
    });

    it('leaves reviewers and participants out of the listing', async () => {
      const { base } = await addTopic();

      const [listed] = valuesOf((await get(`${base}/pullrequests`)).body);

      expect(listed).toMatchObject({ id: 1 });
      expect(listed).not.toHaveProperty('participants');
    });

    it('lists commits with full hashes', async () => {
      const { base, fixture } = await addTopic();

      const { body } = await get(`${base}/pullrequests/1/commits`);

      expect(body).toMatchObject({
        values: [{ hash: fixture.hash('topic'), message: 'Change it\n\nAt length.\n' }],
      });
    });

    it.each(['diff', 'diffstat'])(
      'answers 302 for %s, to the repository-level operation',
      async (operation) => {
        const { base } = await addTopic();

        const redirect = await get(`${base}/pullrequests/1/${operation}`);
        const location = redirect.headers.get('location') ?? '';
        const followed = await get(location);

        expect([redirect.status, redirect.text]).toEqual([302, '']);
        expect(location).toMatch(
          new RegExp(
            `^https://api\\.bitbucket\\.org/2\\.0${base}/${operation}/\\w{12}\\.\\.\\w{12}\\?`,
          ),
        );
        expect(followed.status).toBe(200);
      },
    );

    it('shows a fork by its own repository', async () => {
      const { base, summary } = await addTopic();
      stage.world.bitbucket.setFork(summary.uuid, 1, 'fork');

      const { body } = await get(`${base}/pullrequests/1`);

      expect(at(body, 'source.repository.uuid')).not.toBe(summary.uuid);
      expect(at(body, 'destination.repository.uuid')).toBe(summary.uuid);
      expect(stage.world.bitbucket.pullRequests(summary.uuid)[0]?.isFork).toBe(true);
    });

    it('shows a deleted fork as null and has no commits or diff of it', async () => {
      const { base, summary } = await addTopic();
      stage.world.bitbucket.setFork(summary.uuid, 1, 'deletedFork');

      const { body } = await get(`${base}/pullrequests/1`);

      expect(body).toMatchObject({ source: { repository: null, commit: null } });
      expect((await get(`${base}/pullrequests/1/commits`)).status).toBe(404);
      expect((await get(`${base}/pullrequests/1/diffstat`)).status).toBe(404);
    });

    it('shows a destination commit of null once the branch is gone', async () => {
      const { base, summary, fixture } = await addTopic();
      fixture.git('checkout', '--quiet', 'topic');
      fixture.git('branch', '--move', 'main', 'trunk');
      await stage.world.bitbucket.push(summary.uuid);

      expect((await get(`${base}/pullrequests/1`)).body).toMatchObject({
        destination: { branch: { name: 'main' }, commit: null },
      });
    });

    it('filters by state and by query', async () => {
      const { base, summary } = await addTopic();
      await stage.world.bitbucket.decline(summary.uuid, 1, stage.world.userOf('owner').accountId);
      const countOf = async (query: string) =>
        valuesOf((await get(`${base}/pullrequests?${query}`)).body).length;
      const q = (text: string) => `q=${encodeURIComponent(text)}`;

      expect(await countOf('')).toBe(0);
      expect(await countOf('state=DECLINED')).toBe(1);
      expect(await countOf('state=OPEN&state=DECLINED')).toBe(1);
      expect(await countOf(q('state="DECLINED" AND source.branch.name="topic"'))).toBe(1);
      expect(await countOf(q('state="DECLINED" AND source.branch.name="other"'))).toBe(0);
      expect((await get(`${base}/pullrequests?state=BROKEN`)).status).toBe(400);
      expect((await get(`${base}/pullrequests?${q('state=')}`)).status).toBe(400);
    });

    it.each([51, 100, 0, 'x'])('refuses a page of %s', async (pagelen) => {
      const { base } = await addTopic();

      const answer = await get(`${base}/pullrequests?pagelen=${pagelen}`);

      expect(answer.status).toBe(400);
      expect(answer.body).toEqual({ type: 'error', error: { message: 'Invalid pagelen' } });
    });

    it.each(['2', '0', 'x', '99999999999', '1.5'])(
      'answers 404 for pull request %s',
      async (id) => {
        const { base } = await addTopic();

        expect((await get(`${base}/pullrequests/${id}`)).status).toBe(404);
      },
    );
  });

  describe('paging', () => {
    it('follows opaque links to the end, each item once', async () => {
      const fixture = keep(createGitRepository({ main: [{}, {}, {}, {}, {}, {}, {}] }));
      const { base } = await stage.add(fixture);
      const hashes: unknown[] = [];
      let next: string | undefined = `${base}/commits/main?pagelen=3`;
      let pages = 0;

      while (next !== undefined) {
        const { body } = await get(next);
        hashes.push(...valuesOf(body).map((value) => at(value, 'hash')));
        const link = at(body, 'next');
        next = typeof link === 'string' ? link : undefined;
        pages += 1;
      }

      expect(pages).toBe(3);
      expect(hashes).toEqual(fixture.git('log', '--format=%H', 'main').split('\n'));
    });

    it('keeps filter, sort and page length in the link', async () => {
      for (let count = 0; count < 3; count += 1)
        await stage.add(keep(createGitRepository({ main: [{}, {}] })), { name: `Shop ${count}` });

      const first = await get('/repositories/acme?pagelen=2&sort=-name&q=name%20~%20%22shop%22');
      const second = await get(String(at(first.body, 'next')));

      expect(at(first.body, 'next')).not.toMatch(/page=2\b/);
      expect(
        [...valuesOf(first.body), ...valuesOf(second.body)].map((value) => at(value, 'name')),
      ).toEqual(['Shop 2', 'Shop 1', 'Shop 0']);
      expect(at(second.body, 'next')).toBeUndefined();
    });

    it('refuses a token that it did not give', async () => {
      await addTopic();

      expect((await get('/repositories/acme?page=nonsense')).status).toBe(400);
    });
  });

  describe('repositories, branches and commits', () => {
    it.each([
      'acme/repository',
      '%7B4c16a397-8e48-479c-8ca2-442e46c90570%7D/UUID',
      '%7B%7D/UUID',
      'ACME/UUID',
    ])('finds a repository by %s', async (path) => {
      const { summary } = await addTopic();

      const { body } = await get(
        `/repositories/${path.replace('UUID', encodeURIComponent(summary.uuid))}`,
      );

      expect(body).toMatchObject({
        uuid: summary.uuid,
        slug: 'repository',
        full_name: 'acme/repository',
        is_private: true,
        mainbranch: { name: 'main' },
        parent: null,
        project: { type: 'project' },
        language: 'typescript',
      });
    });

    it('knows no other workspace', async () => {
      await addTopic();

      for (const path of [
        '/repositories/other',
        '/repositories/other/repository',
        '/workspaces/other',
      ])
        expect((await get(path)).status).toBe(404);
    });

    it('lists branches with full hashes', async () => {
      const { base, fixture } = await addTopic();

      const { body } = await get(`${base}/refs/branches?sort=name`);

      expect(body).toMatchObject({
        values: [
          { type: 'branch', name: 'main', target: { hash: fixture.hash('main') } },
          { type: 'branch', name: 'topic', target: { hash: fixture.hash('topic') } },
        ],
      });
      expect((await get(`${base}/refs/branches/nope`)).status).toBe(404);
    });

    it('expands a short hash', async () => {
      const { base, fixture } = await addTopic();
      const hash = fixture.hash('topic');

      for (const short of [
        hash,
        hash.slice(0, 12),
        hash.slice(0, 7),
        hash.slice(0, 12).toUpperCase(),
      ])
        expect((await get(`${base}/commit/${short}`)).body).toMatchObject({
          hash,
          parents: [{ hash: fixture.hash('main') }],
          author: { raw: 'Dana Developer <dana@example.com>' },
        });
    });

    it.each([
      'ffffffffffff',
      'f'.repeat(40),
      '--all',
      '-n1',
      'HEAD',
      'main~1',
      '^main',
      '@{u}',
      'a'.repeat(41),
    ])('answers 404 for commit %s', async (revision) => {
      const { base } = await addTopic();

      expect((await get(`${base}/commit/${encodeURIComponent(revision)}`)).status).toBe(404);
    });

    it('lists what a branch adds, of one path', async () => {
      const { base, fixture } = await addTopic();

      const added = await get(`${base}/commits/topic?exclude=main`);
      const ofPath = await get(`${base}/commits/topic?path=gone.ts`);
      const everything = await get(`${base}/commits`);

      expect(valuesOf(added.body)).toMatchObject([{ hash: fixture.hash('topic') }]);
      expect(valuesOf(ofPath.body)).toHaveLength(2);
      expect(valuesOf(everything.body)).toHaveLength(2);
    });

    it('finds no branch with a slash where Bitbucket does not', async () => {
      const fixture = keep(
        createGitRepository({ main: [{}], 'feature/x': { from: 'main', commits: [{}] } }),
      );
      const { base } = await stage.add(fixture);

      expect((await get(`${base}/commits/feature%2Fx`)).status).toBe(404);
      expect((await get(`${base}/src/feature%2Fx/`)).status).toBe(404);
      expect((await get(`${base}/refs/branches/feature%2Fx`)).status).toBe(200);
    });
  });

  describe('what it does not have', () => {
    it('answers 404 in the standard form for a path that does not exist', async () => {
      const answer = await get('/no/such/thing');

      expect(answer.status).toBe(404);
      expect(answer.body).toEqual({ type: 'error', error: { message: 'Resource not found' } });
    });

    it.each([
      ['GET', '/repositories/acme/repository/pullrequests/1/comments'],
      ['POST', '/repositories/acme/repository/pullrequests/1/merge'],
      ['GET', '/repositories/acme/repository/pullrequests/1/mergeability/checks'],
      ['GET', '/repositories/acme/repository/pullrequests/activity'],
      ['GET', '/repositories/acme/repository/branch-restrictions'],
      ['DELETE', '/repositories/acme/repository'],
    ])('says of %s %s that it is not emulated', async (method, path) => {
      const response = await stage.world.bitbucket.fetch(
        new Request(`https://api.bitbucket.org/2.0${path}`, { method }),
        stage.world.identityOf('app'),
      );

      expect(response.status).toBe(501);
      expect(await response.text()).toMatch(/exists on Bitbucket and is not emulated here/);
    });

    it.each([
      '/repositories',
      '/workspaces',
      '/user/permissions/workspaces',
      '/user/permissions/repositories',
    ])('answers 410 for the removed listing %s', async (path) => {
      const answer = await get(path);

      expect(answer.status).toBe(410);
      expect(answer.body).toMatchObject({
        error: {
          message: 'CHANGE-2770 - Functionality has been deprecated',
          data: { announcement_url: expect.stringContaining('CHANGE-2770') as unknown },
        },
      });
    });
  });
});
