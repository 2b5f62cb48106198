import fc from 'fast-check';
import {
  countLines,
  createChangedLines,
  parseRanges,
} from '../../../../host/sonarqube/analysis/changed-lines';

describe('changed lines', () => {
  it('are read from the headers of a patch, and from nothing inside its lines', () => {
    const patch = [
      '@@ -1 +1,2 @@ f()',
      '-old',
      '+new\r@@ -1 +1,999 @@',
      '+@@ -1 +500,9 @@',
      '@@ -9,2 +10,0 @@',
      '-gone',
      '-gone',
      '@@ -20 +19 @@',
    ];

    expect(parseRanges(patch.join('\n'))).toEqual([
      [1, 2],
      [19, 19],
    ]);
  });

  it('hold exactly the lines of their ranges', () => {
    const gaps = fc.array(fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 })));
    fc.assert(
      fc.property(gaps, (steps) => {
        const expected = new Set<number>();
        let line = 0;
        const ranges = steps.map(([gap, length]): readonly [number, number] => {
          const first = line + gap + 1;
          line = first + length - 1;
          for (let each = first; each <= line; each += 1) expected.add(each);
          return [first, line];
        });
        const changed = createChangedLines(ranges);

        expect(changed.count).toBe(expected.size);
        for (let each = 0; each <= line + 1; each += 1) {
          expect(changed.has(each)).toBe(expected.has(each));
          const touched = [each, each + 1, each + 2].some((one) => expected.has(one));
          expect(changed.touches(each, each + 2)).toBe(touched);
        }
      }),
    );
  });

  it.each([
    ['', 0],
    ['a', 1],
    ['a\n', 1],
    ['a\nb', 2],
    ['\r\u2028', 1],
  ])('of a new text %j are %i', (text, lines) => {
    expect(countLines(Buffer.from(text))).toBe(lines);
  });
});
