import fc from 'fast-check';
import { ApiError } from '../../../host/bitbucket/api/errors';
import { parseFilter, valueAt } from '../../../host/bitbucket/api/query-filter';

const tokens = [
  'name',
  'size',
  '=',
  '!',
  '<',
  '>',
  '~',
  '(',
  ')',
  ',',
  '"',
  ' ',
  'AND',
  'OR',
  'NOT',
  'IN',
  '1',
  '\\',
  '.',
];
const quote = (text: string) => `"${text.replace(/(["\\])/g, '\\$1')}"`;

describe('the filter language of q', () => {
  const item = {
    name: 'Shop API',
    size: 12,
    is_private: true,
    parent: null,
    permission: 'write',
    updated_on: '2026-05-01T00:00:00+00:00',
    project: { key: 'SHOP' },
  };

  it.each([
    ['name = "Shop API"', true],
    ['name = "shop api"', false],
    ['name ~ "shop"', true],
    ['name !~ "shop"', false],
    ['name != "x"', true],
    ['size > 11 AND size <= 12', true],
    ['size < 12 OR is_private = true', true],
    ['(size < 12 OR size > 20) AND is_private = true', false],
    ['size < 12 AND size > 20 OR is_private = true', true],
    ['parent = null', true],
    ['project.key IN ("A", "SHOP")', true],
    ['project.key NOT IN ("A", "SHOP")', false],
    ['permission > "read"', true],
    ['permission >= "admin"', false],
    ['updated_on > 2026-04-30', true],
    ['project.key="SHOP"', true],
    ['missing.member = "x"', false],
  ])('reads %s', (expression, fits) => {
    expect(parseFilter(expression)(item)).toBe(fits);
  });

  it.each([
    '',
    '  ',
    'name',
    'name =',
    '= "x"',
    'name = x y',
    'name = "x',
    '(name = "x"',
    'name = "x" AND',
    'name NOT = "x"',
    'name IN "x"',
    'name IN ()',
  ])('refuses %j with 400', (expression) => {
    expect(() => parseFilter(expression)).toThrow(
      expect.objectContaining({ name: 'ApiError', status: 400 }) as Error,
    );
  });

  it('finds any text that is quoted, whatever is in it', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (text, other) => {
        const fits = parseFilter(`name = ${quote(text)}`);
        return fits({ name: text }) && fits({ name: other }) === (text === other);
      }),
    );
  });

  it('either answers or refuses, and never fails otherwise', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...tokens) }), (text) => {
        try {
          return typeof parseFilter(text)(item) === 'boolean';
        } catch (error) {
          return error instanceof ApiError && error.status === 400;
        }
      }),
    );
  });

  it('looks only at members of its own', () => {
    expect(valueAt(item, ['constructor', 'name'])).toBeNull();
  });
});
