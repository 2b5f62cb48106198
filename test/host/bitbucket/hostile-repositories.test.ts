import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GitFixture } from '../../support/git-repository';
import { createGitRepository } from '../../support/git-repository';
import { at, valuesOf } from './stand-in';
import { useWorld } from './use-world';

describe('a repository that anybody could have made', () => {
  const stage = useWorld();
  const { keep, add } = stage;

  it.each([
    'feature/ünïcödé-分支',
    `quotes'and"double`,
    'percent%2Fencoded',
    'hash#and&amp;question',
    'dash/--upload-pack=x',
    'semi;colon$(id)`id`',
    'non\u00a0breaking',
    'emoji-🦄',
  ])('works with a branch named %j', async (name) => {
    const fixture = keep(
      createGitRepository({ main: [{}], [name]: { from: 'main', commits: [{}] } }),
    );
    const { base, pullRequests } = await add(fixture);

    const branch = await stage.world.get(`${base}/refs/branches/${encodeURIComponent(name)}`);
    const pullRequest = await stage.world.get(`${base}/pullrequests/1`);

    expect(pullRequests).toMatchObject([{ sourceBranch: name }]);
    expect(branch.body).toMatchObject({
      name,
      target: { hash: pullRequests[0]?.headCommit },
    });
    expect(at(pullRequest.body, 'source.branch.name')).toBe(name);
  });

  it.each([
    'with space.ts',
    'line\nend.ts',
    'tab\there.ts',
    `quote"and'back\\slash.ts`,
    'ünïcödé/分支.ts',
    ':(exclude)magic.ts',
    '*star?.ts',
    '-dash.ts',
    'percent%41.ts',
    'hash#query?.ts',
  ])('works with a file named %j', async (name) => {
    const fixture = keep(
      createGitRepository({
        main: [{ files: { 'a.ts': 'a\n', [name]: 'old\n' } }],
        topic: { from: 'main', commits: [{ files: { [name]: 'new\nnewer\n', 'a.ts': 'b\n' } }] },
      }),
    );
    const { summary, base } = await add(fixture);
    const encoded = name.split('/').map(encodeURIComponent).join('/');

    const changed = await stage.world.bitbucket.changedFiles(summary.uuid, 1);
    const source = await stage.world.get(`${base}/src/${fixture.hash('topic')}/${encoded}`);
    const onePath = await stage.world.get(
      `${base}/diffstat/${fixture.hash('topic')}..main?path=${encodeURIComponent(name)}`,
    );

    expect(changed).toContainEqual({
      path: name,
      status: 'modified',
      linesAdded: 2,
      linesRemoved: 1,
    });
    expect(source.text).toBe('new\nnewer\n');
    expect(valuesOf(onePath.body)).toHaveLength(1);
    expect(at(onePath.body, 'values.0.new.path')).toBe(name);
  });

  describe('of somebody else', () => {
    function plant(fixture: GitFixture): string {
      const program = join(fixture.path, '.git', 'planted.sh');
      const mark = join(fixture.path, '.git', 'it-ran');
      writeFileSync(program, `#!/bin/sh\necho ran >> '${mark}'\ncat "$1" 2>/dev/null\n`);
      chmodSync(program, 0o755);
      for (const [key, value] of [
        ['core.fsmonitor', program],
        ['core.pager', program],
        ['core.editor', program],
        ['core.sshCommand', program],
        ['core.hooksPath', join(fixture.path, '.git')],
        ['diff.external', program],
        ['diff.planted.command', program],
        ['diff.planted.textconv', program],
        ['filter.planted.smudge', program],
        ['filter.planted.clean', program],
        ['gpg.program', program],
        ['log.showSignature', 'true'],
        ['alias.log', `!${program}`],
        ['uploadpack.packObjectsHook', program],
      ] as const)
        fixture.git('config', key, value);
      return mark;
    }

    it('starts no program that its settings or attributes name', async () => {
      const fixture = keep(
        createGitRepository({
          main: [{ files: { '.gitattributes': '* diff=planted filter=planted\n', 'a.ts': 'a\n' } }],
          topic: { from: 'main', commits: [{ files: { 'a.ts': 'b\n' } }] },
        }),
      );
      const mark = plant(fixture);

      const { base } = await add(fixture);
      const spec = `${fixture.hash('topic')}..${fixture.hash('main')}`;
      const answers = [
        await stage.world.get(`${base}/diff/${spec}`),
        await stage.world.get(`${base}/diffstat/${spec}`),
        await stage.world.get(`${base}/commits/topic`),
        await stage.world.get(`${base}/src/${fixture.hash('topic')}/a.ts`),
      ];

      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
      expect(answers[0]?.text).toContain('+b');
      expect(() => readFileSync(mark)).toThrow();
    });

    it('follows no variable of a surrounding git command', async () => {
      const fixture = keep(createGitRepository({ main: [{}, {}, {}] }));
      const other = keep(createGitRepository({ trunk: [{}] }));
      process.env.GIT_DIR = join(other.path, '.git');
      try {
        expect((await add(fixture)).pullRequests).toHaveLength(2);
      } finally {
        delete process.env.GIT_DIR;
      }
    });

    it('writes nothing into the repository', async () => {
      const fixture = keep(
        createGitRepository({ main: [{}], topic: { from: 'main', commits: [{}] } }),
      );
      const before = fixture.git('for-each-ref') + listing(fixture);

      const { summary } = await add(fixture);
      await stage.world.get(
        `/repositories/acme/${summary.slug}/diffstat/${fixture.hash('topic')}..main`,
      );
      await stage.world.bitbucket.merge(summary.uuid, 1, stage.world.userOf('owner').accountId);
      await stage.world.bitbucket.push(summary.uuid);

      expect(fixture.git('for-each-ref') + listing(fixture)).toBe(before);
    });

    function listing(fixture: GitFixture): string {
      return (
        fixture.git('count-objects', '-v') +
        readFileSync(join(fixture.path, '.git', 'index'), 'base64')
      );
    }
  });
});
