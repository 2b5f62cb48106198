import { Filter, FilterConditions, kvs as forge, MetadataField } from '@forge/kvs';
import { refusalOf, setUpKvs, START, type Verdict } from './kvs-support';

const verdicts = forge.entity<Verdict>('verdict');
const verdict = { entityName: 'verdict' };

function isSequence(sequence: number) {
  return new Filter<Verdict>().and('sequence', FilterConditions.equalTo(sequence));
}

describe('transactions', () => {
  it('writes and deletes plain values and entities together', async () => {
    setUpKvs();
    await forge.set('old', 1);

    await forge
      .transact()
      .set('new', 2)
      .set('v', { sequence: 1 }, verdict, { ttl: { unit: 'DAYS', value: 1 } })
      .delete('old')
      .execute();

    expect(await forge.get('old')).toBeUndefined();
    expect(await forge.get('new')).toBe(2);
    expect(await verdicts.get('v', { metadataFields: [MetadataField.EXPIRE_TIME] })).toEqual({
      key: 'v',
      value: { sequence: 1 },
      expireTime: new Date(START + 24 * 60 * 60_000).toISOString(),
    });
  });

  it('writes nothing when one condition does not hold', async () => {
    setUpKvs();
    await verdicts.set('v', { sequence: 1 });

    const refusal = await refusalOf(
      forge
        .transact()
        .set('plain', 1)
        .set('w', { sequence: 9 }, verdict)
        .set<Verdict>('v', { sequence: 2 }, { ...verdict, conditions: isSequence(7) })
        .execute(),
    );

    expect(refusal.responseDetails.status).not.toBe(429);
    expect(refusal.message).toContain('nothing was written');
    expect(await forge.get('plain')).toBeUndefined();
    expect(await verdicts.get('w')).toBeUndefined();
    expect(await verdicts.get('v')).toEqual({ sequence: 1 });
  });

  it('lets a check on one entity guard the write of another', async () => {
    setUpKvs();
    await verdicts.set('guard', { sequence: 1 });
    const write = (sequence: number) =>
      forge
        .transact()
        .check('guard', { ...verdict, conditions: isSequence(sequence) })
        .set('guarded', sequence)
        .execute();

    await refusalOf(write(2));
    expect(await forge.get('guarded')).toBeUndefined();
    await write(1);

    expect(await forge.get('guarded')).toBe(1);
  });

  it('lets exactly one of two writers through that both saw the same version', async () => {
    setUpKvs();
    await verdicts.set('v', { sequence: 1 });
    const write = (state: string) =>
      forge
        .transact()
        .set<Verdict>('v', { sequence: 2, state }, { ...verdict, conditions: isSequence(1) })
        .execute();

    const results = await Promise.allSettled([write('passed'), write('failed')]);

    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('takes a missing entity for one without attributes: only NOT_EXISTS holds', async () => {
    setUpKvs();
    const set = (conditions: ReturnType<typeof isSequence>) =>
      forge
        .transact()
        .set<Verdict>('v', { sequence: 1 }, { ...verdict, conditions })
        .execute();
    const absent = new Filter<Verdict>().and('sequence', FilterConditions.notExists());

    await refusalOf(set(new Filter<Verdict>().and('sequence', FilterConditions.notEqualTo(1))));
    await refusalOf(set(new Filter<Verdict>().and('sequence', FilterConditions.exists())));
    await set(absent);
    await refusalOf(set(absent));

    expect(await verdicts.get('v')).toEqual({ sequence: 1 });
  });

  it('guards deletions, and joins conditions with or', async () => {
    setUpKvs();
    await verdicts.set('v', { sequence: 1, state: 'failed' });
    const remove = (sequence: number, state: string) =>
      forge
        .transact()
        .delete('v', {
          ...verdict,
          conditions: new Filter<Verdict>()
            .or('sequence', FilterConditions.equalTo(sequence))
            .or('state', FilterConditions.equalTo(state)),
        })
        .execute();

    await refusalOf(remove(2, 'passed'));
    await remove(2, 'failed');

    expect(await verdicts.get('v')).toBeUndefined();
  });

  it.each([
    ['nothing to do', {}],
    ['26 operations', { delete: Array.from({ length: 26 }, (_, n) => ({ key: `k${n}` })) }],
    ['a key twice', { set: [{ key: 'k', value: 1 }], delete: [{ key: 'k' }] }],
    ['conditions on a plain value', { set: [{ key: 'k', value: 1, conditions: { and: [] } }] }],
    ['a check without conditions', { check: [{ key: 'k', entityName: 'verdict' }] }],
    ['a key policy', { set: [{ key: 'k', value: 1, options: { keyPolicy: 'FAIL_IF_EXISTS' } }] }],
    [
      'a key that is not valid',
      {
        set: [
          { key: 'ok', value: 1 },
          { key: 'a/b', value: 1 },
        ],
      },
    ],
    [
      'a value that is not valid',
      {
        set: [
          { key: 'ok', value: 1 },
          { key: 'k', value: null },
        ],
      },
    ],
    [
      'an unknown entity',
      {
        set: [
          { key: 'ok', value: 1 },
          { key: 'k', value: {}, entityName: 'nope' },
        ],
      },
    ],
    [
      'more than 4 MB',
      { set: Array.from({ length: 20 }, (_, n) => ({ key: `k${n}`, value: 'x'.repeat(220_000) })) },
    ],
  ])('refuses %s, and writes nothing', (_, body) => {
    const { kvs } = setUpKvs();

    expect(kvs.handle('transaction', body).status).toBe(400);
    expect(kvs.dump().values).toEqual([]);
  });

  it('shows to lagging queries all of it or nothing', async () => {
    const { clock } = setUpKvs({ queryLagMs: 1_000 });
    await verdicts.set('v', { sequence: 1 });
    await clock.advance(1_000);
    await refusalOf(
      forge
        .transact()
        .set('w', { sequence: 5 }, verdict)
        .check('v', { ...verdict, conditions: isSequence(2) })
        .execute(),
    );
    await forge.transact().set('x', { sequence: 2 }, verdict).delete('v', verdict).execute();
    const list = async () =>
      (await verdicts.query().index('sequence').getMany()).results.map(({ key }) => key);
    expect(await list()).toEqual(['v']);

    await clock.advance(1_000);

    expect(await list()).toEqual(['x']);
  });

  it('counts as one write of its whole size', () => {
    const { kvs } = setUpKvs();
    const set = (round: number) =>
      Array.from({ length: 25 }, (_, n) => ({ key: `k${round}:${n}`, value: 'small' }));

    for (let round = 0; round < 170; round += 1) {
      expect(kvs.handle('transaction', { set: set(round) }).status).toBe(204);
    }
  });
});

describe('batches', () => {
  it('sets, gets and deletes many keys, each by itself', async () => {
    setUpKvs();
    const set = await forge.batchSet<unknown>([
      { key: 'a', value: 1 },
      { key: 'b/c', value: 2 },
      { key: 'v', value: { sequence: 1 }, entityName: 'verdict' },
      { key: 'w', value: { sequence: 'one' }, entityName: 'verdict' },
    ]);
    const got = await forge.batchGet([
      { key: 'a' },
      { key: 'none' },
      { key: 'v', entityName: 'verdict' },
    ]);
    const deleted = await forge.batchDelete([{ key: 'a' }, { key: 'none' }]);

    expect(set.successfulKeys).toEqual([{ key: 'a' }, { key: 'v', entityName: 'verdict' }]);
    expect(set.failedKeys).toMatchObject([
      { key: 'b/c', error: { code: 'INVALID_KEY' } },
      { key: 'w', entityName: 'verdict', error: { code: 'INVALID_ENTITY_VALUE' } },
    ]);
    expect(got.successfulKeys).toEqual([
      { key: 'a', value: 1 },
      { key: 'v', entityName: 'verdict', value: { sequence: 1 } },
    ]);
    expect(got.failedKeys).toMatchObject([{ key: 'none', error: { code: 'KEY_NOT_FOUND' } }]);
    expect(deleted).toEqual({ successfulKeys: [{ key: 'a' }, { key: 'none' }], failedKeys: [] });
    expect(await forge.get('a')).toBeUndefined();
  });

  it.each([
    ['no items', []],
    ['26 items', Array.from({ length: 26 }, (_, n) => ({ key: `k${n}`, value: 1 }))],
    [
      'a key twice',
      [
        { key: 'k', value: 1 },
        { key: 'k', value: 2 },
      ],
    ],
    [
      'more than 4 MB',
      Array.from({ length: 20 }, (_, n) => ({ key: `k${n}`, value: 'x'.repeat(220_000) })),
    ],
  ])('refuses %s as a whole', (_, items) => {
    const { kvs } = setUpKvs();

    expect(kvs.handle('batch/set', items).status).toBe(400);
    expect(kvs.dump().values).toEqual([]);
  });

  it('takes the same key of two entities for two keys', async () => {
    setUpKvs();

    const { failedKeys } = await forge.batchSet<unknown>([
      { key: 'k', value: 1 },
      { key: 'k', value: {}, entityName: 'verdict' },
      { key: 'k', value: {}, entityName: 'lease' },
    ]);

    expect(failedKeys).toEqual([]);
  });
});
