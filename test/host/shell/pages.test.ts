import { createFolder, createGitRepository, type GitFixture } from '../../support/git-repository';
import { framesIn, openShell, type ShellWorld } from './shell-world';

let world: ShellWorld;
let fixture: GitFixture;
beforeEach(async () => {
  world = openShell();
  fixture = createGitRepository({
    main: [{ files: { 'README.md': '<b>Shop</b>', 'a & b.js': 'let a;\n' } }],
    'feature/<one>': {
      from: 'main',
      commits: [{ message: 'Fix "quotes" & <tags>', files: { 'a & b.js': 'let b;\n' } }],
    },
  });
  await world.bitbucket.addRepository({ path: fixture.path, isPrivate: true });
});
afterEach(() => {
  world.close();
  fixture.remove();
});
const pullRequest = '/workshop/repository/pull-requests/1';

describe('pages of the shell', () => {
  it('lead from the root to the repositories', async () => {
    const answer = await world.get('/');

    expect(answer.headers.get('location')).toBe('/workshop/workspace/repositories/');
  });

  it.each([
    ['/workshop/workspace/repositories/', 'repository'],
    ['/workshop/repository/src/', '&lt;b&gt;Shop&lt;/b&gt;'],
    ['/workshop/repository/commits/', 'Commit 1 on main'],
    ['/workshop/repository/branches/', 'feature/&lt;one&gt;'],
    ['/workshop/repository/pull-requests/', 'Fix &quot;quotes&quot; &amp; &lt;tags&gt;'],
    [pullRequest, 'Fix &quot;quotes&quot; &amp; &lt;tags&gt;'],
    [`${pullRequest}/commits`, 'Fix &quot;quotes&quot; &amp; &lt;tags&gt;'],
    [`${pullRequest}/diff`, '+let b;'],
    ['/control', 'Control panel'],
  ])('show %s with everything escaped', async (path, text) => {
    const answer = await world.get(path);

    expect(answer.status).toBe(200);
    const html = await answer.text();
    expect(html).toContain(text);
    expect(html).not.toContain('<b>Shop');
    expect(html).not.toContain('<tags>');
  });

  it('hold the card and the panel of the app, each in a frame on the other origin', async () => {
    const html = await (await world.get(pullRequest)).text();

    const frames = framesIn(html);
    expect(frames.map(({ moduleKey }) => moduleKey)).toEqual([
      'pull-request-panel',
      'pull-request-card',
    ]);
    expect(html).toContain(`src="http://127.0.0.1:4001/e/v/pull-request/index.html"`);
    expect(html).not.toContain('allow-top-navigation');
    expect(html).toContain('Quality gate (DEVELOPMENT)');
  });

  it('allow nothing but their own parts and the frames', async () => {
    const policy = (await world.get(pullRequest)).headers.get('content-security-policy') ?? '';

    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
  });

  it.each(['/workshop/repository/src/', '/workshop/repository/pull-requests/', pullRequest])(
    'give %s to a person without access as if it did not exist',
    async (path) => {
      const hidden = await world.get(path, 'member');
      const unknown = await world.get(path.replace('/repository/', '/nothing/'), 'member');

      expect(hidden.status).toBe(404);
      const text = await hidden.text();
      expect(text.replaceAll('/repository/', '/nothing/')).toBe(await unknown.text());
      expect(text).not.toContain('quotes');
      expect(framesIn(text)).toEqual([]);
    },
  );

  it('list only repositories that the person may see', async () => {
    const names = async (role: 'writer' | 'member' | 'outsider') =>
      (await (await world.get('/workshop/workspace/repositories/', role)).text()).includes(
        '/workshop/repository/src/',
      );

    expect(await names('writer')).toBe(true);
    expect(await names('member')).toBe(false);
    expect(await names('outsider')).toBe(false);
  });

  it('say of a folder that is no repository what is wrong, and show the rest', async () => {
    const folder = createFolder();
    await world.bitbucket.addRepository({ path: folder.path, isPrivate: true });

    const html = await (await world.get('/workshop/workspace/repositories/')).text();

    expect(html).toContain('is not a git repository');
    expect(html).toContain('/workshop/repository/src/');
    folder.remove();
  });

  it('show a pull request that does not exist as denied', async () => {
    expect((await world.get('/workshop/repository/pull-requests/99')).status).toBe(404);
    expect((await world.get('/workshop/repository/pull-requests/x')).status).toBe(404);
  });
});

describe('what a person can do on the pages', () => {
  it('is refused when it does not come from a page of the shell', async () => {
    const foreign = { origin: 'http://127.0.0.1:4001' };

    const answers = await Promise.all([
      world.post('/workshop/repository/push', '', { headers: foreign }),
      world.post('/control', 'action=clear-faults', { headers: foreign }),
      world.post('/-/session', 'accountId=x', { headers: { 'sec-fetch-site': 'same-site' } }),
      world.post('/control', '', { headers: { origin: 'null' } }),
    ]);

    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 403]);
  });

  it('pushes what moved on disk', async () => {
    fixture.commit('feature/<one>');

    const first: unknown = await (await world.post('/workshop/repository/push', '')).json();
    const second: unknown = await (await world.post('/workshop/repository/push', '')).json();

    expect(first).toEqual({ message: 'Pushed. Pull requests that changed: #1.' });
    expect(second).toEqual({
      message: 'Nothing to push: no branch moved on disk.',
      nothing: true,
    });
  });

  it('merges and declines only with the right to', async () => {
    const asMember = await world.post(`${pullRequest}/merge`, '', { role: 'member' });
    const asWriter = await world.post(`${pullRequest}/decline`, '', { role: 'writer' });
    const again = await world.post(`${pullRequest}/merge`, '', { role: 'writer' });

    expect([asMember.status, asWriter.status, again.status]).toEqual([404, 200, 409]);
    expect(await again.json()).toMatchObject({
      message: expect.stringContaining('DECLINED') as string,
    });
  });

  it('changes the acting person, and leads back to no other site', async () => {
    const form = (returnTo: string) =>
      new URLSearchParams({ accountId: world.userOf('writer').accountId, returnTo });

    const back = await world.post('/-/session', form('/workshop/repository/src/'));
    const away = await world.post('/-/session', form('//evil.example/'));

    expect(back.headers.get('location')).toBe('/workshop/repository/src/');
    expect(back.headers.get('set-cookie')).toMatch(
      /^gatehouse_user_4000=.*HttpOnly; SameSite=Strict/,
    );
    expect(away.headers.get('location')).toBe('/');
  });
});
