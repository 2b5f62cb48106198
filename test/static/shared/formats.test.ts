import { isSameCommit, shorten } from '../../../static/shared/format/commit';
import { createFormats } from '../../../static/shared/format/formats';

const at = '2026-03-04T12:00:00.000Z';
const later = (seconds: number) => Date.parse(at) + seconds * 1000;

describe('an age', () => {
  const { age } = createFormats('en-US', 'UTC');

  it.each([
    [-30, 'just now'],
    [59, 'just now'],
    [60, '1 minute ago'],
    [179, '2 minutes ago'],
    [3_600, '1 hour ago'],
    [86_399, '23 hours ago'],
    [3 * 86_400, '3 days ago'],
  ])('of %d seconds reads "%s"', (seconds, words) => {
    expect(age(at, later(seconds))).toBe(words);
  });

  it('gives back what is not a date', () => {
    expect(age('yesterday', later(0))).toBe('yesterday');
  });
});

it('prints dates and numbers in the locale and time zone of the person', () => {
  const formats = createFormats('de-DE', 'Asia/Tokyo');

  expect(formats.dateTime(at)).toBe('04.03.2026, 21:00');
  expect(formats.count(10_000)).toBe('10.000');
});

it('keeps the words of an age in the language of the other words', () => {
  expect(createFormats('de-DE', 'UTC').age(at, later(120))).toBe('2 minutes ago');
  expect(createFormats('de-DE', 'UTC').language).toBe('en');
});

it.each([
  ['not a locale', 'UTC'],
  ['en_GB', 'UTC'],
  ['en-GB', 'Nowhere/Land'],
])('works with locale "%s" and time zone "%s"', (locale, timeZone) => {
  expect(createFormats(locale, timeZone).dateTime(at)).toMatch(/2026/);
});

it('compares full and shortened hashes', () => {
  const hash = '4f2d1c0b9a8e7d6c5b4a39281706f5e4d3c2b1a0';

  expect(isSameCommit(hash, hash.slice(0, 12))).toBe(true);
  expect(isSameCommit(hash.slice(0, 12), hash)).toBe(true);
  expect(isSameCommit(hash, 'f'.repeat(12))).toBe(false);
  expect(shorten(hash)).toBe('4f2d1c0');
});
