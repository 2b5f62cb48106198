import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const script = join(process.cwd(), 'tools/rows.mjs');

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gatehouse-rows-'));
  mkdirSync(join(folder, 'docs'));
  mkdirSync(join(folder, 'test/src'), { recursive: true });
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(rows: readonly string[], tests: string) {
  writeFileSync(join(folder, 'docs/features.md'), ['# Features', '', ...rows, ''].join('\n'));
  writeFileSync(join(folder, 'test/src/some.test.ts'), tests);
}

function rows(...options: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...options, folder], {
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

it('prints each row with the tests whose names begin with its id', () => {
  write(
    ['| P1 | done | The card |', '| P2 | planned | The conditions |'],
    `
      it('[P1] shows the state', () => {});
      it.each([1])('[P1][P2] shows %s', () => {});
      it.each\`a\`('[P2] shows a table', () => {});
      describe('[P1] the card', () => { it(\`shows \${state} in words\`, () => {}); });
      it('mentions [P2] later', () => {});
    `,
  );

  expect(rows().stdout).toBe(
    [
      'P1 (done) The card',
      '    test/src/some.test.ts: [P1] shows the state',
      '    test/src/some.test.ts: [P1][P2] shows %s',
      '    test/src/some.test.ts: [P1] the card shows … in words',
      'P2 (planned) The conditions',
      '    test/src/some.test.ts: [P1][P2] shows %s',
      '    test/src/some.test.ts: [P2] shows a table',
      '',
    ].join('\n'),
  );
});

it.each([
  ['a row called done has no test', ['| P1 | done | The card |'], '', /Row P1 is called done/],
  [
    'its only test is skipped',
    ['| P1 | done | The card |'],
    "it.skip('[P1] shows', () => {}); describe.skip('[P1]', () => { it('shows', () => {}); });",
    /Row P1 is called done/,
  ],
  [
    'a test names a row that is not there',
    ['| P1 | planned | The card |'],
    "it('[P9] shows', () => {});",
    /names row P9, which is not in/,
  ],
  ['a state is unknown', ['| P1 | soon | The card |'], '', /Row P1 is "soon"/],
  [
    'a row is there twice',
    ['| P1 | planned | The card |', '| P1 | planned | The card |'],
    '',
    /Row P1 is there twice/,
  ],
  ['there are no rows', ['| Row | State | What |'], '', /holds no row/],
])('fails the check when %s', (_, lines, tests, sentence) => {
  write(lines, tests);

  const { status, stderr } = rows('--check');

  expect(status).toBe(1);
  expect(stderr).toMatch(sentence);
});

it('passes the check when every row called done has a test', () => {
  write(
    ['| P1 | done | The card |', '| P2 | planned | The rest |'],
    "test('[P1] shows', () => {});",
  );

  expect(rows('--check')).toEqual({ status: 0, stdout: '', stderr: '' });
});
