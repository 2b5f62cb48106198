import { kvs as forge, MetadataField, WhereConditions } from '@forge/kvs';
import { refusalOf, setUpKvs, START } from './kvs-support';

describe('queries of plain values', () => {
  const keys = ['a:1', 'a:2', 'a:3', 'b:1', 'ab'];

  it('pages through the keys with a prefix, ten at a time when not told', async () => {
    setUpKvs();
    for (let number = 0; number < 25; number += 1) {
      await forge.set(`row:${String(number).padStart(2, '0')}`, number);
    }
    await forge.set('other', 0);

    const sizes: number[] = [];
    const found: unknown[] = [];
    let cursor: string | undefined;
    do {
      const query = forge.query().where('key', WhereConditions.beginsWith('row:'));
      const page = await (cursor === undefined ? query : query.cursor(cursor)).getMany();
      sizes.push(page.results.length);
      found.push(...page.results.map(({ value }) => value));
      cursor = page.nextCursor;
    } while (cursor !== undefined);

    expect(sizes).toEqual([10, 10, 5]);
    expect(found).toEqual(Array.from({ length: 25 }, (_, number) => number));
  });

  it('shows neither secrets nor entities', async () => {
    setUpKvs();
    for (const key of keys) await forge.set(key, key);
    await forge.setSecret('a:secret', 'token');
    await forge.entity('lease').set('a:entity', { holder: 'me' });

    const { results } = await forge.query().limit(100).getMany();

    expect(results.map(({ key }) => key).sort()).toEqual([...keys].sort());
  });

  it('gives metadata with each result on request', async () => {
    setUpKvs();
    await forge.set('a', 1);

    const { results } = await forge.query({ metadataFields: [MetadataField.CREATED_AT] }).getMany();

    expect(results).toEqual([{ key: 'a', value: 1, createdAt: START }]);
  });

  it.each([0, 101, 1.5])('refuses a limit of %d', async (limit) => {
    setUpKvs();

    const refusal = await refusalOf(forge.query().limit(limit).getMany());

    expect(refusal.code).toBe('LIST_QUERY_LIMIT_EXCEEDED');
  });

  it.each([
    ['QUERY_WHERE_INVALID', [{ property: 'key', condition: 'EQUAL_TO', values: ['a'] }]],
    ['QUERY_WHERE_INVALID', [{ property: 'key', condition: 'BEGINS_WITH', values: [] }]],
    ['QUERY_WHERE_INVALID', []],
    ['QUERY_WHERE_FIELD_INVALID', [{ property: 'value', condition: 'BEGINS_WITH', values: ['a'] }]],
  ])('answers %s for a condition that Forge does not know', (code, where) => {
    const { kvs } = setUpKvs();

    expect(kvs.handle('query', { where })).toMatchObject({ status: 400, body: { code } });
  });

  it('refuses a cursor that it did not give, or gave for another query', async () => {
    setUpKvs();
    for (const key of keys) await forge.set(key, key);
    const { nextCursor = '' } = await forge.query().limit(2).getMany();
    const other = forge.query().where('key', WhereConditions.beginsWith('b'));

    await refusalOf(forge.query().cursor('made-up').getMany());
    await refusalOf(other.cursor(nextCursor).getMany());

    expect(nextCursor).not.toBe('');
  });

  it('lags behind writes by as much as it is told to, while get does not', async () => {
    const { clock } = setUpKvs({ queryLagMs: 3_000 });
    const list = async () => (await forge.query().getMany()).results.map(({ value }) => value);
    await forge.set('a', 1);
    expect(await list()).toEqual([]);
    expect(await forge.get('a')).toBe(1);

    await clock.advance(2_000);
    await forge.set('a', 2);
    await clock.advance(1_000);
    expect(await list()).toEqual([1]);
    await forge.delete('a');
    await clock.advance(2_000);
    expect(await list()).toEqual([2]);
    await clock.advance(1_000);

    expect(await list()).toEqual([]);
  });
});
