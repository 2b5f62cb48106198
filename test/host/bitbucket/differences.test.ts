import { at, valuesOf } from './stand-in';
import { addTopicTo } from './topic-repository';
import { useWorld } from './use-world';

describe('what the REST API reads from git', () => {
  const stage = useWorld();
  const get = (path: string) => stage.world.get(path);
  const addTopic = () => addTopicTo(stage);

  describe('differences', () => {
    it('lists changed files with their lines, null for the missing side', async () => {
      const { base, fixture } = await addTopic();

      const { body } = await get(
        `${base}/diffstat/${fixture.hash('topic')}..${fixture.hash('main')}`,
      );

      expect(valuesOf(body)).toMatchObject(
        [
          {
            status: 'renamed',
            old: { path: 'moved.ts' },
            new: { path: 'deep/er/moved.ts' },
            lines_added: 0,
          },
          { status: 'removed', old: { path: 'gone.ts' }, new: null, lines_removed: 1 },
          {
            status: 'modified',
            lines_added: 2,
            lines_removed: 1,
            new: { path: 'kept.ts', escaped_path: 'kept.ts' },
          },
          {
            status: 'added',
            old: null,
            new: { path: 'new.bin' },
            lines_added: 0,
            lines_removed: 0,
          },
        ].sort((a, b) => pathOf(a).localeCompare(pathOf(b))),
      );
    });

    function pathOf(entry: {
      new?: { path: string } | null;
      old?: { path: string } | null;
    }): string {
      return entry.new?.path ?? entry.old?.path ?? '';
    }

    it('counts from the merge base with topic, from the destination without', async () => {
      const { base, fixture, summary } = await addTopic();
      fixture.commit('main', { files: { 'later.ts': 'x\n' } });
      await stage.world.bitbucket.push(summary.uuid);
      const pathsWith = async (query: string) =>
        valuesOf((await get(`${base}/diffstat/topic..main${query}`)).body).map(
          (value) => at(value, 'old.path') ?? at(value, 'new.path'),
        );

      expect(await pathsWith('?topic=true')).not.toContain('later.ts');
      expect(await pathsWith('')).not.toContain('later.ts');
      expect(await pathsWith('?topic=false')).toContain('later.ts');
      expect((await get(`${base}/diffstat/topic..main?topic=true&merge=true`)).status).toBe(400);
    });

    it('answers a commit against its parent, and a root commit against nothing', async () => {
      const { base, fixture } = await addTopic();

      const child = await get(`${base}/diffstat/${fixture.hash('topic')}`);
      const root = await get(`${base}/diffstat/${fixture.hash('main')}`);

      expect(valuesOf(child.body)).toHaveLength(4);
      expect(valuesOf(root.body).map((value) => at(value, 'status'))).toEqual([
        'added',
        'added',
        'added',
      ]);
    });

    it('answers the patch as text, of one file with as much context as asked', async () => {
      const { base } = await addTopic();

      const answer = await get(`${base}/diff/topic..main?path=kept.ts&context=0`);

      expect(answer.headers.get('content-type')).toBe('text/plain');
      expect(answer.text).toContain('--- a/kept.ts\n+++ b/kept.ts\n@@ -2 +2 @@ a\n-b\n+B\n');
      expect(answer.text).not.toContain('gone.ts');
    });

    it('finds the merge base', async () => {
      const { base, fixture } = await addTopic();

      expect((await get(`${base}/merge-base/topic..main`)).body).toMatchObject({
        hash: fixture.hash('main'),
      });
      expect((await get(`${base}/merge-base/topic`)).status).toBe(400);
    });

    it.each(['nope..main', 'topic..nope', '--output=x..main'])(
      'answers 404 for %s',
      async (spec) => {
        const { base } = await addTopic();

        expect((await get(`${base}/diffstat/${encodeURIComponent(spec)}`)).status).toBe(404);
      },
    );

    it('tells the shell which files a pull request changes', async () => {
      const { summary } = await addTopic();

      const files = await stage.world.bitbucket.changedFiles(summary.uuid, 1);

      expect(files).toContainEqual({
        path: 'deep/er/moved.ts',
        oldPath: 'moved.ts',
        status: 'renamed',
        linesAdded: 0,
        linesRemoved: 0,
      });
      await expect(stage.world.bitbucket.changedFiles(summary.uuid, 7)).rejects.toThrow(
        /no pull request 7/,
      );
    });
  });

  describe('source', () => {
    it('answers a file as it is stored, with an etag', async () => {
      const { base } = await addTopic();

      const answer = await get(`${base}/src/topic/kept.ts`);
      const etag = answer.headers.get('etag') ?? '';
      const again = await stage.world.bitbucket.fetch(
        new Request(`https://api.bitbucket.org/2.0${base}/src/topic/kept.ts`, {
          headers: { 'if-none-match': etag },
        }),
        stage.world.identityOf('app'),
      );

      expect(answer.text).toBe('a\nB\nc\nd\ne\n');
      expect(again.status).toBe(304);
    });

    it('answers a folder as a listing, as deep as asked', async () => {
      const { base } = await addTopic();
      const pathsOf = async (path: string) =>
        valuesOf((await get(`${base}/src/topic/${path}`)).body).map((value) => at(value, 'path'));

      expect(await pathsOf('')).toEqual(['deep', 'kept.ts', 'new.bin']);
      expect(await pathsOf('deep/')).toEqual(['deep/er']);
      expect(await pathsOf('?max_depth=3')).toContain('deep/er/moved.ts');
    });

    it('answers what a path is with format=meta', async () => {
      const { base } = await addTopic();

      expect((await get(`${base}/src/topic/kept.ts?format=meta`)).body).toMatchObject({
        type: 'commit_file',
        path: 'kept.ts',
        size: 10,
      });
      expect((await get(`${base}/src/topic/deep?format=meta`)).body).toMatchObject({
        type: 'commit_directory',
      });
    });

    it('answers 404 for what is not there', async () => {
      const { base } = await addTopic();

      for (const path of [
        'topic/nope.ts',
        'topic/kept.ts/below',
        'nope/kept.ts',
        'topic/..%2F..%2Fetc',
      ])
        expect((await get(`${base}/src/${path}`)).status).toBe(404);
    });
  });
});
