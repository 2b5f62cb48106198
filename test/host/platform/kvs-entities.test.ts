import {
  Filter,
  FilterConditions,
  kvs as forge,
  MetadataField,
  Sort,
  WhereConditions,
} from '@forge/kvs';
import { toEntityDefinitions } from '../../../host/platform/kvs/entity-definition';
import { createKvs } from '../../../host/platform/kvs/kvs';
import { connectKvs, installation, refusalOf, setUpKvs, START, type Verdict } from './kvs-support';

const verdicts = forge.entity<Verdict>('verdict');

async function store(values: Readonly<Record<string, Verdict>>): Promise<void> {
  for (const [key, value] of Object.entries(values)) await verdicts.set(key, value);
}

const four = {
  a: { sequence: 3, state: 'failed', coverage: 0.5, isFresh: true },
  b: { sequence: 1, state: 'passed', coverage: 81.25, isFresh: true },
  c: { sequence: 2, state: 'failed', coverage: -1, isFresh: false },
  d: { state: 'failed', record: { any: ['thing', null] } },
} satisfies Record<string, Verdict>;

interface Page {
  readonly results: readonly { readonly key: string }[];
  readonly nextCursor?: string;
}

function keysOf({ results }: Page): string[] {
  return results.map(({ key }) => key);
}

describe('entities', () => {
  it('keeps entities apart from each other and from plain values', async () => {
    setUpKvs();
    await verdicts.set('k', { state: 'passed' });
    await forge.entity('lease').set('k', { holder: 'me' });
    await forge.set('k', 'plain');

    await verdicts.delete('k');

    expect(await verdicts.get('k')).toBeUndefined();
    expect(await forge.entity('lease').get('k')).toEqual({ holder: 'me' });
    expect(await forge.get('k')).toBe('plain');
  });

  it('gives metadata and honours FAIL_IF_EXISTS as plain values do', async () => {
    setUpKvs();
    await verdicts.set('k', { sequence: 1 }, { keyPolicy: 'FAIL_IF_EXISTS' });

    await refusalOf(verdicts.set('k', { sequence: 2 }, { keyPolicy: 'FAIL_IF_EXISTS' }));

    expect(await verdicts.get('k', { metadataFields: [MetadataField.UPDATED_AT] })).toEqual({
      key: 'k',
      value: { sequence: 1 },
      updatedAt: START,
    });
  });

  it.each([
    ['an attribute that is not declared', { colour: 'red' }],
    ['a fraction for an integer', { sequence: 1.5 }],
    ['an integer over 32 bits', { sequence: 2 ** 31 }],
    ['a text for a number', { coverage: '7' }],
    ['a number for a boolean', { isFresh: 1 }],
    ['an empty text', { state: '' }],
    ['null', { state: null }],
    ['a list as the value', []],
    ['a text as the value', 'passed'],
    ['a partition value over 1,700 bytes', { state: 'é'.repeat(851) }],
  ])('refuses %s', (_, value) => {
    const { kvs } = setUpKvs();

    const answer = kvs.handle('entity/set', { entityName: 'verdict', key: 'k', value });

    expect(answer).toMatchObject({ status: 400, body: { code: 'INVALID_ENTITY_VALUE' } });
  });

  it.each([
    ['ENTITY_TYPE_TOO_SHORT', 'ab'],
    ['ENTITY_TYPE_TOO_LARGE', 'a'.repeat(61)],
    ['INVALID_ENTITY_TYPE', 'unknown'],
  ])('answers %s for an entity that the manifest does not declare', async (code, name) => {
    setUpKvs();

    expect(await refusalOf(forge.entity(name).set('k', {}))).toMatchObject({ code });
    expect(await refusalOf(forge.entity(name).get('k'))).toMatchObject({ code });
    expect(await refusalOf(forge.entity(name).query().index('by-key').getMany())).toMatchObject({
      code,
    });
  });

  it('answers EMPTY_KEY for an empty key', async () => {
    setUpKvs();

    expect((await refusalOf(verdicts.set('', {}))).code).toBe('EMPTY_KEY');
  });
});

describe('queries of entities', () => {
  it('follows the order of an index, leaving out what has no value there', async () => {
    setUpKvs();
    await store(four);

    expect(keysOf(await verdicts.query().index('sequence').getMany())).toEqual(['b', 'c', 'a']);
    expect(keysOf(await verdicts.query().index('coverage').sort(Sort.DESC).getMany())).toEqual([
      'b',
      'a',
      'c',
    ]);
    expect(keysOf(await verdicts.query().index('by-key').getMany())).toEqual(['a', 'b', 'c', 'd']);
  });

  it.each([
    [WhereConditions.equalTo(2), ['c']],
    [WhereConditions.greaterThan(2), ['a']],
    [WhereConditions.greaterThanEqualTo(2), ['c', 'a']],
    [WhereConditions.lessThan(2), ['b']],
    [WhereConditions.lessThanEqualTo(2), ['b', 'c']],
    [WhereConditions.between(1, 2), ['b', 'c']],
  ])('cuts out a range with %j', async (condition, keys) => {
    setUpKvs();
    await store(four);

    expect(keysOf(await verdicts.query().index('sequence').where(condition).getMany())).toEqual(
      keys,
    );
  });

  it('takes one partition, given in full', async () => {
    setUpKvs();
    await store(four);
    const inState = (state: string) => verdicts.query().index('by-state', { partition: [state] });

    expect(keysOf(await inState('failed').getMany())).toEqual(['c', 'a']);
    expect(keysOf(await inState('failed').where(WhereConditions.lessThan(3)).getMany())).toEqual([
      'c',
    ]);
    const byTwo = verdicts.query().index('by-state-and-age', { partition: ['failed', true] });
    expect(keysOf(await byTwo.getMany())).toEqual(['a']);
    const noRange = verdicts.query().index('in-state', { partition: ['failed'] });
    expect(keysOf(await noRange.getMany())).toEqual(['a', 'c', 'd']);
  });

  it('compares texts by their bytes and finds prefixes outside the basic plane', async () => {
    setUpKvs();
    const leases = forge.entity<{ holder: string }>('lease');
    for (const holder of ['🦊 fox', '🦊', '\uffee', 'z', '🦉']) {
      await leases.set(`k${Buffer.from(holder).toString('hex')}`, { holder });
    }
    const all = await leases.query().index('holder').getMany();
    const foxes = await leases
      .query()
      .index('holder')
      .where(WhereConditions.beginsWith('🦊'))
      .getMany();

    expect(all.results.map(({ value }) => value.holder)).toEqual([
      'z',
      '\uffee',
      '🦉',
      '🦊',
      '🦊 fox',
    ]);
    expect(foxes.results).toHaveLength(2);
  });

  it.each([
    ['INVALID_ENTITY_INDEX', { indexName: 'state' }],
    ['INVALID_FILTER_VALUES', { indexName: 'by-state' }],
    ['INVALID_FILTER_VALUES', { indexName: 'by-state', partition: [7] }],
    ['INVALID_FILTER_VALUES', { indexName: 'by-state-and-age', partition: ['failed'] }],
    ['INVALID_FILTER_VALUES', { indexName: 'by-state-and-age', partition: [true, 'failed'] }],
    ['INVALID_FILTER_VALUES', { indexName: 'sequence', partition: ['failed'] }],
    ['INVALID_FILTER_VALUES', { range: { condition: 'EQUAL_TO', values: ['1'] } }],
    ['INVALID_FILTER_VALUES', { range: { condition: 'EQUAL_TO', values: [] } }],
    ['INSUFFICIENT_FILTER_VALUES', { range: { condition: 'BETWEEN', values: [1] } }],
    ['INVALID_FILTER_CONDITION', { range: { condition: 'CONTAINS', values: [1] } }],
    ['INVALID_FILTER_CONDITION', { range: { condition: 'BEGINS_WITH', values: [1] } }],
    ['EMPTY_FILTER_OPERATOR', { filters: {} }],
    ['EMPTY_FILTER_OPERATOR', { filters: { and: [] } }],
    ['INVALID_FILTER_OPERATORS_COMBINATION', { filters: { and: [], or: [] } }],
    [
      'INVALID_ENTITY_ATTRIBUTE',
      { filters: { and: [{ property: 'x', condition: 'EXISTS', values: [true] }] } },
    ],
    ['COMPLEX_QUERY_PAGE_LIMIT_NOT_IN_RANGE', { limit: 101 }],
    ['COMPLEX_QUERY_PAGE_LIMIT_NOT_IN_RANGE', { limit: 0 }],
  ])('answers %s for %j', (code, query) => {
    const { kvs } = setUpKvs();

    const body = { entityName: 'verdict', indexName: 'sequence', ...query };

    expect(kvs.handle('entity/query', body)).toMatchObject({ status: 400, body: { code } });
  });

  it('answers 422 for a filter on an attribute of type any', async () => {
    setUpKvs();
    const filter = new Filter<Verdict>().and('record', FilterConditions.exists());

    const refusal = await refusalOf(verdicts.query().index('by-key').filters(filter).getMany());

    expect(refusal.responseDetails.status).toBe(422);
  });

  it('takes a hundred conditions, and no more', async () => {
    setUpKvs();
    const filter = (count: number) =>
      Array.from({ length: count }).reduce<ReturnType<Filter<Verdict>['and']>>(
        (sum) => sum.and('state', FilterConditions.exists()),
        new Filter<Verdict>().and('state', FilterConditions.exists()),
      );

    await verdicts.query().index('by-key').filters(filter(99)).getMany();

    await refusalOf(verdicts.query().index('by-key').filters(filter(100)).getMany());
  });

  it.each([
    [FilterConditions.equalTo('failed'), ['a', 'c', 'd']],
    [FilterConditions.notEqualTo('failed'), ['b']],
    [FilterConditions.beginsWith('pa'), ['b']],
    [FilterConditions.contains('ile'), ['a', 'c', 'd']],
    [FilterConditions.notContains('ile'), ['b']],
    [FilterConditions.greaterThan('failed'), ['b']],
    [FilterConditions.between('f', 'g'), ['a', 'c', 'd']],
  ])('filters by %j', async (condition, keys) => {
    setUpKvs();
    await store(four);

    const filter = new Filter<Verdict>().and('state', condition);

    expect(keysOf(await verdicts.query().index('by-key').filters(filter).getMany())).toEqual(keys);
  });

  it('takes a missing attribute for missing, whatever else is asked of it', async () => {
    setUpKvs();
    await store(four);
    const missing = new Filter<Verdict>().and('sequence', FilterConditions.notExists());
    const other = new Filter<Verdict>().and('sequence', FilterConditions.notEqualTo(3));
    const either = new Filter<Verdict>()
      .or('sequence', FilterConditions.equalTo(1))
      .or('sequence', FilterConditions.notExists());
    const query = () => verdicts.query().index('by-key');

    expect(keysOf(await query().filters(missing).getMany())).toEqual(['d']);
    expect(keysOf(await query().filters(other).getMany())).toEqual(['b', 'c']);
    expect(keysOf(await query().filters(either).getMany())).toEqual(['b', 'd']);
  });

  it('filters after the page is cut, so that an empty page may have a cursor', async () => {
    setUpKvs();
    for (let sequence = 0; sequence < 12; sequence += 1) {
      await verdicts.set(`k${sequence}`, { sequence, state: sequence < 10 ? 'passed' : 'failed' });
    }
    const failed = new Filter<Verdict>().and('state', FilterConditions.equalTo('failed'));
    const query = () => verdicts.query().index('sequence').filters(failed).limit(5);

    const first = await query().getMany();
    const second = await query()
      .cursor(first.nextCursor ?? '')
      .getMany();
    const third = await query()
      .cursor(second.nextCursor ?? '')
      .getMany();

    expect([first, second, third].map(keysOf)).toEqual([[], [], ['k10', 'k11']]);
    expect(third.nextCursor).toBeUndefined();
  });

  it('pages in both directions over equal values without losing or repeating one', async () => {
    setUpKvs();
    for (let number = 0; number < 11; number += 1) {
      await verdicts.set(`k${number}`, { coverage: number % 2 === 0 ? 0.1 : 0.7 });
    }
    for (const sort of [Sort.ASC, Sort.DESC]) {
      const found: string[] = [];
      let cursor: string | undefined;
      do {
        const query = verdicts.query().index('coverage').sort(sort).limit(2);
        const page = await (cursor === undefined ? query : query.cursor(cursor)).getMany();
        found.push(...keysOf(page));
        cursor = page.nextCursor;
      } while (cursor !== undefined);

      expect(found).toHaveLength(11);
      expect(new Set(found).size).toBe(11);
    }
  });

  it('follows a manifest that declares another index later', async () => {
    const { database, clock } = setUpKvs();
    await store(four);

    const changed = createKvs({
      database,
      clock,
      installation,
      manifest: {
        scopes: ['storage:app'],
        entities: toEntityDefinitions([
          {
            name: 'verdict',
            attributes: { state: { type: 'string' }, isFresh: { type: 'boolean' } },
            indexes: ['isFresh'],
          },
        ]),
      },
    });
    connectKvs(changed);

    expect(keysOf(await verdicts.query().index('isFresh').getMany())).toEqual(['c', 'a', 'b']);
    await refusalOf(verdicts.query().index('sequence').getMany());
  });

  it('uses the index for a query, instead of reading every entity', () => {
    const { database } = setUpKvs();

    const plan = database
      .prepare(
        `EXPLAIN QUERY PLAN SELECT key FROM kvs_record WHERE installation = 'i' AND entity = 'verdict'
           AND json_extract(value, '$.state') = 'failed' AND json_extract(value, '$.sequence') > 2
         ORDER BY json_extract(value, '$.sequence'), key`,
      )
      .all() as { readonly detail: string }[];

    expect(plan.map(({ detail }) => detail)).toEqual([
      expect.stringMatching(/SEARCH kvs_record USING INDEX kvs_attribute_\w+/),
    ]);
  });
});

describe('the entities of a manifest', () => {
  it('reads an index that is a bare attribute as one of that name and range', () => {
    const [entity] = toEntityDefinitions([
      { name: 'row', attributes: { at: { type: 'float' } }, indexes: ['at'] },
    ]);

    expect(entity?.indexes).toEqual([{ name: 'at', partition: [], range: ['at'] }]);
    expect(toEntityDefinitions(undefined)).toEqual([]);
  });

  it.each([
    ['any', { attributes: { at: { type: 'any' } }, indexes: ['at'] }],
    ['not declared', { attributes: {}, indexes: ['at'] }],
    ['not valid', { attributes: { at: { type: 'date' } } }],
    ['not valid', { attributes: { "a') OR 1": { type: 'string' } } }],
  ])('says that an index or attribute is %s', (reason, entity) => {
    expect(() => toEntityDefinitions([{ name: 'row', ...entity }])).toThrow(reason);
  });
});
