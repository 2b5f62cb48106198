import { compareShape, shapeOf } from './shape';

const sample = {
  paging: { total: 2 },
  issues: [
    { key: 'a', line: 1, tags: [] },
    { key: 'b', tags: ['x'] },
  ],
  facets: [],
};
const shape = shapeOf([sample]);

it('finds nothing in an answer of the same shape', () => {
  expect(
    compareShape(shape, {
      paging: { total: 0 },
      issues: [{ key: 'c', tags: [] }],
      facets: [{ property: 'severities' }],
    }),
  ).toEqual([]);
  expect(compareShape(shape, { paging: { total: 0 }, issues: [], facets: [] })).toEqual([]);
});

it.each([
  ['a member that no sample shows', { ...sample, extra: { deep: 1 } }, ['"extra" is in no sample']],
  [
    'a member of an item that no sample shows',
    { ...sample, issues: [{ key: 'a', tags: [], lines: 1 }] },
    ['"issues[].lines" is in no sample'],
  ],
  [
    'a member of another type',
    { ...sample, paging: { total: '2' } },
    ['"paging.total" is string, in the samples number'],
  ],
  [
    'null in place of a value',
    { ...sample, issues: null },
    ['"issues" is null, in the samples array'],
  ],
  [
    'a member that every sample shows and one item lacks',
    { ...sample, issues: [{ key: 'a', tags: [] }, { tags: [] }] },
    ['"issues[].key" is missing'],
  ],
  ['a missing list', { paging: { total: 1 }, facets: [] }, ['"issues" is missing']],
])('tells %s', (_, answer, problems) => {
  expect(compareShape(shape, answer)).toEqual(problems);
});

it('knows a member as optional when one of several samples lacks it', () => {
  const both = shapeOf([{ status: 'OK', period: { mode: 'X' } }, { status: 'OK' }]);

  expect(compareShape(both, { status: 'ERROR' })).toEqual([]);
  expect(compareShape(both, { status: 'ERROR', period: {} })).toEqual(['"period.mode" is missing']);
});

it('accepts differences that are named with a reason', () => {
  expect(
    compareShape(
      shape,
      { ...sample, paging: {}, newer: 1 },
      {
        extra: [{ path: /^newer$/, reason: 'since a later version' }],
        missing: [{ path: /^paging\.total$/, reason: 'left out when it costs too much' }],
      },
    ),
  ).toEqual([]);
});
