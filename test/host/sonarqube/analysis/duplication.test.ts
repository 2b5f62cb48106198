import fc from 'fast-check';
import { createDuplicationSearch } from '../../../../host/sonarqube/analysis/duplication';
import { tokenize } from '../../../../host/sonarqube/analysis/tokens';

/** Lines of eight tokens each, different for each seed. */
const block = (seed: string, lines: number) =>
  Array.from({ length: lines }, (_, i) => `${seed}${i} = f(${seed}, ${i});\n`).join('');

describe('duplication', () => {
  it('is found wherever the copy stands, on its lines', () => {
    fc.assert(
      fc.property(
        fc.nat(30),
        fc.nat(30),
        fc.integer({ min: 13, max: 40 }),
        (before, after, lines) => {
          const copy = block('copied', lines);
          const changed = `${block('own', before)}${copy}${block('mine', after)}`;
          const search = createDuplicationSearch([tokenize(changed)]);
          search.compareWith(tokenize(`${block('other', 20)}${copy}`));

          // The lines beside the copy end and begin alike, so one more on each side may belong to it.
          const found = [...(search.duplicatedLines[0] ?? [])];
          expect(found).toEqual(
            expect.arrayContaining(Array.from({ length: lines }, (_, i) => before + i + 1)),
          );
          expect(Math.min(...found)).toBeGreaterThanOrEqual(before);
          expect(Math.max(...found)).toBeLessThanOrEqual(before + lines + 1);
        },
      ),
    );
  });

  it('is none where a block has under ten lines, however many tokens they hold', () => {
    const wide = `call(${Array.from({ length: 200 }, (_, i) => `a${i}`).join(', ')});\n`;
    const search = createDuplicationSearch([tokenize(wide), tokenize(wide)]);

    expect(search.duplicatedLines.map((lines) => lines.size)).toEqual([0, 0]);
  });

  it('is found on every line of a long table of equal ones', () => {
    const search = createDuplicationSearch([tokenize('  { a: 1, b: 2 },\n'.repeat(20_000))]);

    expect(search.duplicatedLines[0]?.size).toBeGreaterThan(19_000);
  });

  it('ends on one endless line too', () => {
    const search = createDuplicationSearch([tokenize('[1, 2, 3], '.repeat(40_000))]);

    expect(search.duplicatedLines[0]?.size).toBe(0);
  });

  it('does not count imports, comments, blanks or the words inside strings', () => {
    const [a, b] = ['one', 'two'].map((word) =>
      tokenize(`import { ${word} } from '${word}';\n// ${word}\n\ncall('${word}');\n`),
    );

    expect(a?.values).toEqual(b?.values);
    expect([...(a?.lines ?? [])]).toEqual([4, 4, 4, 4, 4]);
  });
});
