import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createAnalyser } from '../../../../host/sonarqube/analysis/analyser';
import { buildWorker } from '../support';
import {
  analyse,
  analyseChange,
  buildPullRequest,
  findWorker,
  places,
  removeRepositories,
  requestOf,
} from './fixture';

afterEach(removeRepositories);

const unused = 'export function f() {\n  const total = 1;\n}\n';

describe('a hostile repository', () => {
  it('cannot run its own ESLint configuration, plugins or hooks', async () => {
    const trap = (path: string) => `require('fs').writeFileSync(${JSON.stringify(path)}, '');\n`;
    const fixture = buildPullRequest({}, { 'a.js': unused });
    const marker = join(fixture.path, 'it-ran');
    fixture.commit('feature', {
      files: {
        'eslint.config.js': `${trap(marker)}module.exports = [];\n`,
        '.eslintrc.js': trap(marker),
        'node_modules/typescript-eslint/index.js': trap(marker),
        '.gitattributes': '* diff=evil filter=evil\n',
      },
    });
    for (const [key, value] of [
      ['diff.external', `touch ${marker}`],
      ['diff.evil.textconv', `touch ${marker};`],
      ['filter.evil.smudge', `touch ${marker}`],
      ['core.fsmonitor', `touch ${marker}`],
    ] as const) {
      fixture.git('config', key, value);
    }

    const result = await analyse(fixture);

    expect(existsSync(marker)).toBe(false);
    expect(places(result)).toContain('eslint:no-unused-vars a.js:2');
  });

  it('cannot hide issues with comments for ESLint', async () => {
    const result = await analyseChange(
      {},
      {
        'a.js': `/* eslint-disable */\n/* eslint no-unused-vars: off */\n${unused}`,
        'b.ts': `// eslint-disable-next-line\n${unused}`,
      },
    );

    expect(places(result)).toEqual([
      'eslint:no-unused-vars a.js:4',
      'typescript:no-unused-vars b.ts:3',
    ]);
  });

  it('cannot hide changes with attributes that call its files binary', async () => {
    const result = await analyseChange(
      { 'a.js': 'export {};\n', '.gitattributes': '*.js binary -diff\n' },
      { 'a.js': `export {};\n${unused}` },
    );

    expect(result).toMatchObject({ newLines: 3 });
    expect(places(result)).toEqual(['eslint:no-unused-vars a.js:3']);
  });

  it('cannot move issues off the changed lines with odd line ends', async () => {
    const result = await analyseChange(
      { 'a.js': 'export {};\n' },
      { 'a.js': `export {}; //\u2028//\r//\r\n${unused}` },
    );

    expect(places(result)).toEqual([
      'eslint:no-irregular-whitespace a.js:1',
      'eslint:no-unused-vars a.js:3',
    ]);
  });

  it('cannot point out of itself with a symbolic link', async () => {
    const fixture = buildPullRequest({}, { 'a.js': 'export {};\n' });
    fixture.git('checkout', '--quiet', 'feature');
    fixture.git('update-index', '--add', '--cacheinfo', `120000,${hashOf(fixture)},link.js`);
    fixture.git('commit', '--quiet', '-m', 'link');

    const result = await analyse(fixture);

    expect(result).toMatchObject({ filesAnalysed: 1, filesNotAnalysed: [] });
  });
});

function hashOf(fixture: ReturnType<typeof buildPullRequest>): string {
  return fixture.git('hash-object', '-w', 'README.md');
}

describe('an analysis that cannot end', () => {
  const runaway = (name: string) =>
    createAnalyser({
      workerFile: buildWorker(`test/host/sonarqube/analysis/${name}.ts`, name),
      timeoutMs: name === 'endless-worker' ? 300 : 30_000,
      memoryMb: 32,
    });
  const request = { repositoryPath: '/nowhere', headCommit: '', baseCommit: '' };

  it('is stopped at its time limit', async () => {
    await expect(runaway('endless-worker')(request)).rejects.toThrow(
      'The analysis took longer than 0.3 s and was stopped.',
    );
  });

  it('is stopped at its memory limit', async () => {
    await expect(runaway('hungry-worker')(request)).rejects.toThrow(
      'The analysis needed more than 32 MB of memory and was stopped.',
    );
  });

  it('says so when the worker ends without a result', async () => {
    await expect(runaway('silent-worker')(request)).rejects.toThrow(
      'The analysis ended without a result (exit code 3).',
    );
  });

  it('names a commit that the repository does not have', async () => {
    const fixture = buildPullRequest({}, {});
    const run = createAnalyser({ workerFile: findWorker(), timeoutMs: 30_000, memoryMb: 256 });
    const headCommit = 'f'.repeat(40);

    await expect(run({ ...requestOf(fixture), headCommit })).rejects.toThrow(
      `The repository has no commit ${headCommit}; fetch it and analyse again.`,
    );
    await expect(run({ ...requestOf(fixture), headCommit: '--output=x' })).rejects.toThrow(
      '"--output=x" is not a full commit hash.',
    );
    await expect(run({ ...requestOf(fixture), repositoryPath: '/nowhere' })).rejects.toThrow(
      /The analysis failed: .*\/nowhere/,
    );
  });
});
