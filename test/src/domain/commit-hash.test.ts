import fc from 'fast-check';
import { isFullHash, isSameCommit } from '../../../src/domain/commit-hash';

const hex = (length: number) =>
  fc
    .array(fc.constantFrom(...Array.from({ length: 16 }, (_, digit) => digit.toString(16))), {
      minLength: length,
      maxLength: length,
    })
    .map((digits) => digits.join(''));

describe('commit hashes', () => {
  it('[G7] count a short hash of 12 characters or more as the full one that it begins', () => {
    fc.assert(
      fc.property(hex(40), fc.integer({ min: 12, max: 40 }), (full, length) => {
        expect(isSameCommit(full.slice(0, length), full)).toBe(true);
        expect(isSameCommit(full, full.slice(0, length).toUpperCase())).toBe(true);
      }),
    );
  });

  it('[G7] never take two different full hashes for one commit', () => {
    fc.assert(
      fc.property(hex(40), hex(40), (left, right) => {
        expect(isSameCommit(left, right)).toBe(left === right);
      }),
    );
  });

  it.each([
    ['fewer than 12 characters', '4f2d1c0b9a8', '4f2d1c0b9a8e7d6c5b4a39281706f5e4d3c2b1a0'],
    ['nothing', undefined, '4f2d1c0b9a8e7d6c5b4a39281706f5e4d3c2b1a0'],
    ['empty texts', '', ''],
    ['words', 'not-a-hash-at-all', 'not-a-hash-at-all'],
    ['nothing on both sides', undefined, undefined],
  ])('[G7] take %s for no commit', (_, left, right) => {
    expect(isSameCommit(left, right)).toBe(false);
  });

  it('tell a full hash from a short one', () => {
    expect(isFullHash('4f2d1c0b9a8e7d6c5b4a39281706f5e4d3c2b1a0')).toBe(true);
    expect(isFullHash('4f2d1c0b9a8e')).toBe(false);
  });
});
