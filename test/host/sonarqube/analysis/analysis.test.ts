import { analyseChange, places, removeRepositories } from './fixture';

afterEach(removeRepositories);

const unused = 'export function f() {\n  const total = 1;\n}\n';

describe('the analysis of a pull request', () => {
  it('finds issues on changed lines, and leaves those of old lines alone', async () => {
    const old = 'export function g(a) {\n  return a == null || a === a;\n}\n';
    const result = await analyseChange({ 'src/a.js': old }, { 'src/a.js': `${old}${unused}` });

    expect(places(result)).toEqual(['eslint:no-unused-vars src/a.js:5']);
    expect(result).toMatchObject({
      issues: [
        {
          kind: 'CODE_SMELL',
          severity: 'MAJOR',
          startColumn: 8,
          endColumn: 13,
          message: "'total' is assigned a value but never used.",
        },
      ],
      newLines: 3,
      filesAnalysed: 1,
      filesNotAnalysed: [],
      author: { name: 'Dana Developer', email: 'dana@example.com' },
    });
  });

  it('knows TypeScript, JSX, React hooks, regular expressions, promises, JSON and CSS', async () => {
    const result = await analyseChange(
      {},
      {
        'a.ts': 'export enum Size {\n  S = 1,\n  M = 1,\n}\n',
        'b.tsx':
          "import { useState } from 'react';\nexport function B(p: { a: boolean }) {\n  if (p.a) useState(1);\n  return <b>{1}</b>;\n}\n",
        'c.mjs': 'export const r = /(a|)b{0}/;\nexport const p = new Promise.resolve(1);\n',
        'd.json': '{ "a": 1, "a": 2 }\n',
        'e.css': 'a { colr: red; }\n',
      },
    );

    expect(places(result)).toEqual([
      'typescript:no-duplicate-enum-values a.ts:3',
      'react:rules-of-hooks b.tsx:3',
      'regexp:no-empty-alternative c.mjs:1',
      'regexp:no-zero-quantifier c.mjs:1',
      'promise:no-new-statics c.mjs:2',
      'json:no-duplicate-keys d.json:1',
      'css:no-invalid-properties e.css:1',
    ]);
    expect(result.filesAnalysed).toBe(5);
  });

  it('raises what is sensitive as a hotspot for review', async () => {
    const result = await analyseChange(
      {},
      { 'a.js': 'export function run(text) {\n  return eval(text);\n}\n' },
    );

    expect(result.issues).toMatchObject([{ rule: 'eslint:no-eval', kind: 'SECURITY_HOTSPOT' }]);
  });

  it('reads scripts, CommonJS and decorators without being told which they are', async () => {
    const result = await analyseChange(
      {},
      {
        'script.js': 'var x = 010;\nreturn x;\n',
        'module.js': "import a from 'a';\nexport default a;\n",
        'decorated.js': 'export class A {\n  @observed b = 1;\n}\n',
        'tsconfig.json': '{\n  // comment\n  "a": 1,\n}\n',
      },
    );

    expect(result).toMatchObject({ issues: [], filesAnalysed: 4, filesNotAnalysed: [] });
  });

  it('keeps the key of an issue when its line moves, and gives two equal lines two keys', async () => {
    const change = { 'a.js': `${unused}${unused.replace('f()', 'g()')}` };
    const first = await analyseChange({}, change);
    const moved = await analyseChange({}, { 'a.js': `// moved\n\n${change['a.js']}` });

    const keys = first.issues.map(({ key }) => key);
    expect(new Set(keys).size).toBe(2);
    expect(moved.issues.map(({ key }) => key)).toEqual(keys);
    expect(moved.issues.map(({ line }) => line)).toEqual([4, 7]);
  });

  it('follows a renamed file to its old lines', async () => {
    const text = `${unused}${Array.from({ length: 20 }, (_, i) => `export const c${i} = ${i};\n`).join('')}`;
    const result = await analyseChange(
      { 'old.js': text },
      { 'old.js': null, 'new.js': `${text}export const z = 1;\n` },
    );

    expect(result).toMatchObject({ issues: [], newLines: 1, filesAnalysed: 1 });
  });

  it('takes names with spaces, quotes, line breaks and unicode', async () => {
    const names = [
      'a b.js',
      `"quoted'.js`,
      'line\nbreak.js',
      'grüße-日本.js',
      '-n.js',
      ':(top)x.js',
    ];
    const result = await analyseChange(
      Object.fromEntries(names.map((name) => [name, 'export {};\n'])),
      Object.fromEntries(names.map((name) => [name, `export {};\n${unused}`])),
    );

    expect(result.issues.map(({ path }) => path).toSorted()).toEqual(names.toSorted());
    expect(result.issues.every(({ line }) => line === 3)).toBe(true);
  });

  it('leaves out other languages, dependencies, build output and minified files, and says so', async () => {
    const result = await analyseChange(
      {},
      {
        'tool.py': 'x = 1\n',
        'node_modules/x/index.js': unused,
        'dist/app.js': unused,
        'app.min.js': unused,
        'package-lock.json': '{}',
      },
    );

    expect(result).toMatchObject({ issues: [], newLines: 0, filesAnalysed: 0 });
    expect(result.filesOutside).toEqual([
      { path: 'app.min.js', reason: 'minified' },
      { path: 'dist/app.js', reason: 'output of a tool' },
      { path: 'node_modules/x/index.js', reason: 'code of others' },
      { path: 'package-lock.json', reason: 'lock file' },
      { path: 'tool.py', reason: 'no analyser for its language' },
    ]);
  });

  it('does not raise an issue on a line that says NOSONAR', async () => {
    const result = await analyseChange(
      {},
      { 'a.js': unused.replace('= 1;', '= 1; // NOSONAR kept for the debugger') },
    );

    expect(result.issues).toEqual([]);
  });
});

describe('a file that cannot be analysed', () => {
  it.each([
    ['broken.ts', 'export const = 1;\n', /^line 1: /],
    ['broken.json', '{ "a": \n', /^line \d+: /],
    ['binary.js', new Uint8Array([0x61, 0, 0x62]), /binary/],
    ['huge.js', `export const x = '${'x'.repeat(9_000_000)}';\n`, /9000021 bytes/],
  ])('is named with the reason and raises an issue: %s', async (path, content, reason) => {
    const result = await analyseChange({}, { [path]: content, 'fine.js': 'export {};\n' });

    expect(result.filesNotAnalysed.map((file) => file.path)).toEqual([path]);
    expect(result.filesNotAnalysed[0]?.reason).toMatch(reason);
    expect(result).toMatchObject({
      issues: [{ rule: 'eslint:parsing-error', kind: 'CODE_SMELL', path }],
      filesAnalysed: 1,
      newLines: 1,
    });
  });
});

describe('coverage', () => {
  const source = 'export function f(a) {\n  if (a) return 1;\n  return 2;\n}\n';
  const lcov = (path: string) => `TN:\nSF:${path}\nDA:1,1\nDA:2,4\nDA:3,0\nend_of_record\n`;

  it('is read from an lcov report', async () => {
    const result = await analyseChange(
      {},
      { 'src/a.js': source, 'coverage/lcov.info': lcov('src/a.js') },
    );

    expect(result.coverage).toEqual({ linesToCover: 3, coveredLines: 2 });
  });

  it('is read from a cobertura report', async () => {
    const report = `<?xml version="1.0" ?>
<coverage version="1"><sources><source>src</source></sources><packages><package name="p"><classes>
<class name="a" filename="a.js"><methods/><lines><line number="1" hits="1"/><line number="2" hits="0"/></lines></class>
</classes></package></packages></coverage>`;
    const result = await analyseChange({}, { 'src/a.js': source, 'coverage.xml': report });

    expect(result.coverage).toEqual({ linesToCover: 2, coveredLines: 1 });
  });

  it('counts changed lines only', async () => {
    const result = await analyseChange(
      { 'src/a.js': source },
      { 'src/a.js': source.replace('return 2', 'return 3'), 'lcov.info': lcov('src/a.js') },
    );

    expect(result.coverage).toEqual({ linesToCover: 1, coveredLines: 0 });
  });

  it('is absent without a report, and a broken report is a warning', async () => {
    const without = await analyseChange({}, { 'src/a.js': source });
    const broken = await analyseChange(
      {},
      { 'src/a.js': source, 'cobertura.xml': '<coverage><pa' },
    );

    expect(without).not.toHaveProperty('coverage');
    expect(broken).not.toHaveProperty('coverage');
    expect(broken.warnings).toEqual([
      'The coverage report cobertura.xml could not be read: it does not end as a cobertura report',
    ]);
  });
});

describe('duplication', () => {
  const block = Array.from(
    { length: 14 },
    (_, i) => `  const value${i} = compute(input.part${i}, ${i});\n`,
  ).join('');
  const copy = (name: string) =>
    `export function ${name}(input) {\n${block}  return [value0];\n}\n`;

  it('counts new lines that stand elsewhere in the repository', async () => {
    const result = await analyseChange({ 'old.ts': copy('first') }, { 'new.ts': copy('second') });

    expect(result.newLines).toBe(17);
    expect(result.duplicatedLines).toBeGreaterThanOrEqual(16);
  });

  it('counts both copies inside one new file', async () => {
    const result = await analyseChange({}, { 'new.ts': `${copy('first')}${copy('second')}` });

    expect(result.duplicatedLines).toBeGreaterThanOrEqual(32);
  });

  it('counts nothing below ten lines or a hundred tokens', async () => {
    const short = 'export const a = [\n  1,\n  2,\n  3,\n];\n';
    const result = await analyseChange({ 'old.ts': short }, { 'new.ts': short });

    expect(result.duplicatedLines).toBe(0);
  });
});
