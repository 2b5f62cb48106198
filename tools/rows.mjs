// `npm run rows`: each row of docs/features.md with the tests that show it: those whose name, or whose block's name, begins
// with the row's id in brackets (`[P1] shows …`). With `--check` it fails when a row called done has none.
// Another folder than the project may be named: `node tools/rows.mjs [--check] [folder]`.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ensureInstalled, giveUp, projectRoot } from './set-up.mjs';

const states = ['done', 'planned'];

/** Rows of the feature list: `| P1 | done | text |`. */
function readRows(folder) {
  const text = readFileSync(join(folder, 'docs/features.md'), 'utf8');
  const rows = [...text.matchAll(/^\| *([A-Z]\d+) *\| *(\w+) *\| *(.+?) *\|$/gm)].map(
    ([, id, state, feature]) => ({ id, state, feature }),
  );
  if (rows.length === 0) giveUp('docs/features.md holds no row of the form "| P1 | done | … |".');
  return rows;
}

/** Ids in brackets at the start of any of the titles: `[P1][F5] shows …`. */
function idsOf(titles) {
  return titles.flatMap((title) => {
    const [leading] = /^(?:\[[A-Z]\d+\] ?)*/.exec(title);
    return leading.match(/[A-Z]\d+/g) ?? [];
  });
}

async function readTests(folder) {
  const { findTests } = await import('./test-names.mjs');
  const files = readdirSync(join(folder, 'test'), { recursive: true })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => /\.test\.tsx?$/.test(file) && !file.startsWith('fixtures/'));
  return files.sort().flatMap((file) =>
    findTests(file, readFileSync(join(folder, 'test', file), 'utf8')).map((titles) => ({
      file: `test/${file}`,
      name: titles.join(' '),
      ids: idsOf(titles),
    })),
  );
}

/** What is wrong with the list and the tests together, as sentences. */
function findProblems(rows, tests) {
  const known = new Set(rows.map(({ id }) => id));
  return [
    ...rows
      .filter(({ id }, index) => rows.findIndex((row) => row.id === id) !== index)
      .map(({ id }) => `Row ${id} is there twice.`),
    ...rows
      .filter(({ state }) => !states.includes(state))
      .map(({ id, state }) => `Row ${id} is "${state}": write ${states.join(' or ')}.`),
    ...rows
      .filter(({ id, state }) => state === 'done' && !tests.some(({ ids }) => ids.includes(id)))
      .map(({ id }) => `Row ${id} is called done and no test is named "[${id}] …".`),
    ...tests.flatMap(({ file, name, ids }) =>
      ids
        .filter((id) => !known.has(id))
        .map((id) => `${file}: "${name}" names row ${id}, which is not in docs/features.md.`),
    ),
  ];
}

function print(rows, tests) {
  for (const { id, state, feature } of rows) {
    console.log(`${id} (${state}) ${feature}`);
    for (const { file, name, ids } of tests) {
      if (ids.includes(id)) console.log(`    ${file}: ${name}`);
    }
  }
}

const isCheck = process.argv.includes('--check');
const folder = process.argv.slice(2).find((argument) => argument !== '--check') ?? projectRoot;
if (folder === projectRoot) ensureInstalled();
const rows = readRows(folder);
const tests = await readTests(folder);
if (!isCheck) print(rows, tests);
const problems = findProblems(rows, tests);
for (const problem of problems) console.error(problem);
if (isCheck && problems.length > 0) process.exitCode = 1;
