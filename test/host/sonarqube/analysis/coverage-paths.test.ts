import { findCoveredPath } from '../../../../host/sonarqube/analysis/coverage-paths';

const known = new Set(['src/a.js', 'packages/p/src/b.js', 'index.js']);

describe('the file that a coverage report means', () => {
  it.each([
    ['relative to the repository', 'src/a.js', 'coverage/lcov.info', [], 'src/a.js'],
    [
      'relative to a package',
      'src/b.js',
      'packages/p/coverage/lcov.info',
      [],
      'packages/p/src/b.js',
    ],
    ['relative to the report', '../src/a.js', 'coverage/lcov.info', [], 'src/a.js'],
    ['relative to a source root', 'a.js', 'coverage.xml', ['src'], 'src/a.js'],
    ['absolute on another machine', '/builds/shop/src/a.js', 'lcov.info', [], 'src/a.js'],
    ['absolute on Windows', 'C:\\builds\\shop\\src\\a.js', 'lcov.info', [], 'src/a.js'],
    ['unknown', 'src/gone.js', 'lcov.info', [], undefined],
    ['known by nothing but its bare name', '/elsewhere/index.js', 'lcov.info', [], undefined],
  ])('is found by a path %s', (_, reported, report, roots, expected) => {
    expect(findCoveredPath(reported, report, roots, known)).toBe(expected);
  });
});
