import { Filter, FilterConditions, kvs as forge, WhereConditions } from '@forge/kvs';
import * as fc from 'fast-check';
import { setUpKvs, type Verdict } from './kvs-support';

const verdicts = forge.entity<Verdict>('verdict');

type Plain = ReadonlyMap<string, number>;
type Entities = ReadonlyMap<string, Verdict>;
interface Model {
  plain: Plain;
  entities: Entities;
}

const key = fc.constantFrom('a', 'a:1', 'a:2', 'b', 'b:1', 'c');
const verdict = fc.record(
  {
    sequence: fc.integer({ min: 0, max: 4 }),
    state: fc.constantFrom('passed', 'failed'),
    coverage: fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
    isFresh: fc.boolean(),
  },
  { requiredKeys: [] },
);
const write = fc.oneof(
  fc.record({ kind: fc.constant('set'), key, value: fc.integer() }),
  fc.record({ kind: fc.constant('setEntity'), key, value: verdict }),
  fc.record({ kind: fc.constant('delete'), key }),
  fc.record({ kind: fc.constant('deleteEntity'), key }),
);
type Write = (typeof write extends fc.Arbitrary<infer T> ? T : never) & { kind: string };
const step = fc.oneof(
  { weight: 4, arbitrary: write.map((single) => ({ kind: 'write' as const, single })) },
  fc.record({
    kind: fc.constant('transaction' as const),
    writes: fc.uniqueArray(write, {
      minLength: 1,
      maxLength: 5,
      selector: (each) => `${each.kind.includes('Entity') ? 'entity' : 'plain'} ${each.key}`,
    }),
    guardKey: fc.constantFrom('guard', 'a', 'b'),
    guardSequence: fc.integer({ min: 0, max: 2 }),
  }),
  fc.record({ kind: fc.constant('claim' as const), key, value: fc.integer() }),
  fc.record({
    kind: fc.constant('list' as const),
    prefix: fc.constantFrom('a', 'a:', 'b', 'z'),
    limit: fc.integer({ min: 1, max: 4 }),
  }),
  fc.record({
    kind: fc.constant('query' as const),
    state: fc.constantFrom('passed', 'failed'),
    least: fc.integer({ min: 0, max: 4 }),
    descending: fc.boolean(),
    limit: fc.integer({ min: 1, max: 4 }),
  }),
  fc.record({
    kind: fc.constant('coverage' as const),
    from: fc.double({ noNaN: true, noDefaultInfinity: true }),
  }),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

function applyTo(model: Model, each: Write): Model {
  const plain = new Map(model.plain);
  const entities = new Map(model.entities);
  if (each.kind === 'set' && 'value' in each) plain.set(each.key, each.value);
  if (each.kind === 'setEntity' && 'value' in each) entities.set(each.key, each.value);
  if (each.kind === 'delete') plain.delete(each.key);
  if (each.kind === 'deleteEntity') entities.delete(each.key);
  return { plain, entities };
}

async function applyToStore(each: Write): Promise<void> {
  if (each.kind === 'set' && 'value' in each) await forge.set(each.key, each.value);
  if (each.kind === 'setEntity' && 'value' in each) await verdicts.set(each.key, each.value);
  if (each.kind === 'delete') await forge.delete(each.key);
  if (each.kind === 'deleteEntity') await verdicts.delete(each.key);
}

async function readAll<T>(
  getPage: (cursor: string | undefined) => Promise<{ results: T[]; nextCursor?: string }>,
): Promise<T[]> {
  const found: T[] = [];
  let cursor: string | undefined;
  do {
    const page = await getPage(cursor);
    found.push(...page.results);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return found;
}

function byKey([left]: readonly [string, unknown], [right]: readonly [string, unknown]): number {
  return left < right ? -1 : 1;
}

async function runTransaction(
  model: Model,
  { writes, guardKey, guardSequence }: Extract<Step, { kind: 'transaction' }>,
): Promise<Model> {
  const transaction = forge.transact();
  const touchesGuard = writes.some((each) => each.kind.includes('Entity') && each.key === guardKey);
  for (const each of writes) {
    if ('value' in each && typeof each.value === 'object') {
      transaction.set(each.key, each.value, { entityName: 'verdict' });
    } else if ('value' in each) transaction.set(each.key, each.value);
    else if (each.kind === 'deleteEntity') transaction.delete(each.key, { entityName: 'verdict' });
    else transaction.delete(each.key);
  }
  if (!touchesGuard) {
    transaction.check(guardKey, {
      entityName: 'verdict',
      conditions: new Filter<Verdict>()
        .or('sequence', FilterConditions.notExists())
        .or('sequence', FilterConditions.greaterThanEqualTo(guardSequence)),
    });
  }
  const guard = model.entities.get(guardKey)?.sequence;
  const holds = touchesGuard || guard === undefined || guard >= guardSequence;

  const succeeded = await transaction.execute().then(
    () => true,
    () => false,
  );

  expect(succeeded).toBe(holds);
  return holds ? writes.reduce(applyTo, model) : model;
}

async function expectSameQuery(
  { entities }: Model,
  { state, least, descending, limit }: Extract<Step, { kind: 'query' }>,
): Promise<void> {
  const found = await readAll((cursor) => {
    const query = verdicts
      .query()
      .index('by-state', { partition: [state] })
      .where(WhereConditions.greaterThanEqualTo(least))
      .filters(new Filter<Verdict>().and('isFresh', FilterConditions.equalTo(true)))
      .limit(limit);
    if (descending) query.sort('DESC' as never);
    return (cursor === undefined ? query : query.cursor(cursor)).getMany();
  });
  const expected = [...entities]
    .filter(([, each]) => each.state === state && (each.sequence ?? -1) >= least)
    .filter(([, each]) => each.isFresh === true)
    .sort(byKey)
    .sort(([, left], [, right]) => (left.sequence ?? 0) - (right.sequence ?? 0))
    .map(([name, value]) => ({ key: name, value }));
  expect(found).toEqual(descending ? expected.reverse() : expected);
}

async function runStep(model: Model, each: Step): Promise<Model> {
  switch (each.kind) {
    case 'write':
      await applyToStore(each.single);
      return applyTo(model, each.single);
    case 'transaction':
      return runTransaction(model, each);
    case 'claim': {
      const claimed = await forge.set(each.key, each.value, { keyPolicy: 'FAIL_IF_EXISTS' }).then(
        () => true,
        () => false,
      );
      expect(claimed).toBe(!model.plain.has(each.key));
      return claimed ? applyTo(model, { kind: 'set', key: each.key, value: each.value }) : model;
    }
    case 'list': {
      const found = await readAll((cursor) => {
        const query = forge.query().where('key', WhereConditions.beginsWith(each.prefix));
        return (cursor === undefined ? query : query.cursor(cursor)).limit(each.limit).getMany();
      });
      const expected = [...model.plain]
        .filter(([name]) => name.startsWith(each.prefix))
        .sort(byKey);
      expect(found).toEqual(expected.map(([name, value]) => ({ key: name, value })));
      return model;
    }
    case 'query':
      await expectSameQuery(model, each);
      return model;
    case 'coverage': {
      const page = await verdicts
        .query()
        .index('coverage')
        .where(WhereConditions.greaterThanEqualTo(each.from))
        .limit(100)
        .getMany();
      const expected = [...model.entities].filter(
        ([, { coverage }]) => coverage !== undefined && coverage >= each.from,
      );
      expect(page.results.map((result) => result.key).sort()).toEqual(
        expected.map(([name]) => name).sort(),
      );
      return model;
    }
  }
}

it('agrees with a plain map over any sequence of writes, transactions and queries', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      const { kvs } = setUpKvs();
      let model: Model = { plain: new Map(), entities: new Map() };

      for (const each of steps) model = await runStep(model, each);

      expect(kvs.dump().values).toEqual([
        ...[...model.plain].sort(byKey).map(([name, value]) => ({ key: name, value })),
        ...[...model.entities]
          .sort(byKey)
          .map(([name, value]) => ({ entityName: 'verdict', key: name, value })),
      ]);
    }),
    { numRuns: 150 },
  );
});
