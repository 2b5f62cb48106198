import { kvs as forge, MetadataField } from '@forge/kvs';
import * as fc from 'fast-check';
import { createKvs } from '../../../host/platform/kvs/kvs';
import { KvsLimits } from '../../../host/platform/kvs/limits';
import {
  connectKvs,
  entities,
  installation,
  refusalOf,
  setUpDatabaseFile,
  setUpKvs,
  START,
} from './kvs-support';

const DAY_MS = 24 * 60 * 60 * 1000;
const documentedKey = /^(?!\s+$)[a-zA-Z0-9:._\s-#]+$/;

describe('plain values', () => {
  it('gives back what was set, and undefined for what was not', async () => {
    setUpKvs();

    await forge.set('binding:1', { project: 'shop', tags: ['a', null], nested: { n: 1.5 } });

    expect(await forge.get('binding:1')).toEqual({
      project: 'shop',
      tags: ['a', null],
      nested: { n: 1.5 },
    });
    expect(await forge.get('binding:2')).toBeUndefined();
  });

  it.each([
    ['text', 'a "text" with ünïcödé\u0000 and \ud800'],
    ['number', 0.1],
    ['false', false],
    ['list', []],
    ['empty text', ''],
  ])('keeps a %s as it is', async (_, value) => {
    setUpKvs();

    await forge.set('value', value);

    expect(await forge.get('value')).toEqual(value);
  });

  it('deletes, and takes deleting nothing for a success', async () => {
    setUpKvs();
    await forge.set('a', 1);

    await forge.delete('a');
    await forge.delete('a');

    expect(await forge.get('a')).toBeUndefined();
  });

  it('tells the times of a value only when they are asked for', async () => {
    const { kvs, clock } = setUpKvs();
    await forge.set('a', 1);
    await clock.advance(5_000);
    await forge.set('a', 2, {
      keyPolicy: 'OVERRIDE',
      ttl: { unit: 'MINUTES', value: 2 },
    });

    const { CREATED_AT, UPDATED_AT, EXPIRE_TIME } = MetadataField;
    const described = await forge.get('a', {
      metadataFields: [CREATED_AT, UPDATED_AT, EXPIRE_TIME],
    });

    expect(described).toEqual({
      key: 'a',
      value: 2,
      createdAt: START,
      updatedAt: START + 5_000,
      expireTime: new Date(START + 125_000).toISOString(),
    });
    expect(kvs.handle('get', { key: 'a' })).toEqual({ status: 200, body: { key: 'a', value: 2 } });
  });

  it('refuses a second FAIL_IF_EXISTS and keeps the first value', async () => {
    setUpKvs();
    await forge.set('lease', 'first', { keyPolicy: 'FAIL_IF_EXISTS' });

    const refusal = await refusalOf(forge.set('lease', 'second', { keyPolicy: 'FAIL_IF_EXISTS' }));

    expect(refusal.responseDetails.status).not.toBe(429);
    expect(await forge.get('lease')).toBe('first');
  });

  it('returns the previous or the latest value of a write on request', async () => {
    setUpKvs();
    const previous = { keyPolicy: 'OVERRIDE', returnValue: 'PREVIOUS' } as const;

    await expect(forge.set('a', 1, previous)).resolves.toBeUndefined();
    await expect(forge.set('a', 2, previous)).resolves.toEqual({ key: 'a', value: 1 });
    expect(
      await forge.set('a', 3, {
        keyPolicy: 'OVERRIDE',
        returnValue: 'LATEST',
        returnMetadataFields: [MetadataField.CREATED_AT],
      }),
    ).toEqual({ key: 'a', value: 3, createdAt: START });
  });

  it('refuses returnValue without the key policy that it needs', () => {
    const { kvs } = setUpKvs();

    const answer = kvs.handle('set', { key: 'a', value: 1, options: { returnValue: 'LATEST' } });

    expect(answer).toMatchObject({ status: 400, body: { code: 'INVALID_REQUEST' } });
  });
});

describe('time to live', () => {
  it('lets an expired value be read for two more days, as Forge may', async () => {
    const { clock } = setUpKvs();
    await forge.set('a', 1, { ttl: { unit: 'SECONDS', value: 1 } });

    await clock.advance(2 * DAY_MS);
    const late = await forge.get('a', { metadataFields: [MetadataField.EXPIRE_TIME] });
    await clock.advance(1_000);

    expect(late).toEqual({
      key: 'a',
      value: 1,
      expireTime: new Date(START + 1_000).toISOString(),
    });
    expect(await forge.get('a')).toBeUndefined();
  });

  it('deletes on time when told to', async () => {
    const { clock } = setUpKvs({ ttlDeletion: 'prompt' });
    await forge.set('a', 1, { ttl: { unit: 'HOURS', value: 1 } });
    await forge.setSecret('s', 'x', { ttl: { unit: 'HOURS', value: 1 } });
    await clock.advance(3_599_999);
    expect(await forge.get('a')).toBe(1);

    await clock.advance(1);

    expect(await forge.get('a')).toBeUndefined();
    expect(await forge.getSecret('s')).toBeUndefined();
    expect((await forge.query().getMany()).results).toEqual([]);
  });

  it('starts anew when a deleted value is written again', async () => {
    const { clock } = setUpKvs({ ttlDeletion: 'prompt' });
    await forge.set('a', 1, { ttl: { unit: 'SECONDS', value: 1 } });
    await clock.advance(60_000);

    await forge.set('a', 2, { keyPolicy: 'FAIL_IF_EXISTS' });

    const { CREATED_AT, EXPIRE_TIME } = MetadataField;
    expect(await forge.get('a', { metadataFields: [CREATED_AT, EXPIRE_TIME] })).toEqual({
      key: 'a',
      value: 2,
      createdAt: START + 60_000,
    });
  });

  it('refuses more than one year', async () => {
    setUpKvs();

    await forge.set('a', 1, { ttl: { unit: 'DAYS', value: 365 } });
    const refusal = await refusalOf(forge.set('a', 1, { ttl: { unit: 'DAYS', value: 366 } }));

    expect(refusal.responseDetails.status).toBe(400);
  });
});

describe('what Forge refuses', () => {
  it.each([
    ['KEY_TOO_SHORT', 'an empty key', ''],
    ['KEY_TOO_LONG', 'a key of 501 characters', 'k'.repeat(501)],
    ['INVALID_KEY', 'a key with a slash', 'feature/branch'],
    ['INVALID_KEY', 'a key with braces', '{uuid}'],
    ['INVALID_KEY', 'a key of spaces', '   '],
  ])('answers %s for %s', async (code, _, key) => {
    setUpKvs();

    expect(await refusalOf(forge.set(key, 1))).toMatchObject({ code });
    expect(await refusalOf(forge.get(key))).toMatchObject({ code });
    expect(await refusalOf(forge.delete(key))).toMatchObject({ code });
  });

  it('takes exactly the keys of the documented form', async () => {
    const { kvs, clock } = setUpKvs();
    const unit = fc.oneof(
      fc.constantFrom(...Array.from('az09:._-# \n/{}é%')),
      fc.string({ unit: 'grapheme', maxLength: 1 }),
    );
    await fc.assert(
      fc.asyncProperty(fc.string({ unit, maxLength: 510 }), async (key) => {
        await clock.advance(60_000);
        const { status } = kvs.handle('set', { key, value: 1 });

        expect(status === 200).toBe(key.length <= 500 && documentedKey.test(key));
      }),
    );
  });

  it('takes no value over 240 KiB of JSON, and every one up to it', async () => {
    const { kvs, clock } = setUpKvs();
    const limit = KvsLimits.valueBytes;
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: -200, max: 200 }),
        fc.constantFrom('x', 'é', '€', '"', '\u0001'),
        async (offset, filler) => {
          await clock.advance(60_000);
          const bytesEach = Buffer.byteLength(JSON.stringify(filler)) - 2;
          const value = { text: filler.repeat(Math.floor((limit + offset) / bytesEach) - 5) };
          const fits = Buffer.byteLength(JSON.stringify(value)) <= limit;

          const { status, body } = kvs.handle('set', { key: 'big', value });

          expect(status).toBe(fits ? 200 : 400);
          if (!fits) expect(body).toMatchObject({ code: 'MAX_SIZE' });
        },
      ),
      { numRuns: 60 },
    );
  });

  it('takes values nested 31 deep, and no deeper', async () => {
    setUpKvs();
    const nest = (levels: number): unknown =>
      Array.from({ length: levels }).reduce<unknown>((inner) => ({ inner }), 'leaf');

    await forge.set('deep', nest(31));
    const refusal = await refusalOf(forge.set('deeper', nest(32)));

    expect(refusal.code).toBe('MAX_DEPTH');
    expect(await refusalOf(forge.set('deepest', nest(3_000)))).toMatchObject({ code: 'MAX_DEPTH' });
  });

  it.each([
    ['null', null],
    ['undefined', undefined],
  ])('refuses %s as a value', async (_, value) => {
    setUpKvs();

    const refusal = await refusalOf(forge.set('a', value));

    expect(refusal.responseDetails.status).toBe(400);
  });

  it('never repeats a value in a refusal', async () => {
    const { kvs } = setUpKvs();
    const token = 'squ_0123456789abcdef';

    const refusals = [
      kvs.handle('set', { key: 'a/b', value: token }),
      kvs.handle('set', { key: 'a', value: token, options: { ttl: token } }),
      kvs.handle('secret/set', { key: 'a', value: token.repeat(10_000) }),
      kvs.handle('entity/set', { entityName: 'verdict', key: 'a', value: { state: 7, token } }),
      kvs.handle('entity/set', { entityName: 'verdict', key: 'a', value: token }),
      kvs.handle('transaction', { set: [{ key: 'a', value: token, conditions: {} }] }),
    ];

    for (const { status, body } of refusals) {
      expect(status).toBe(400);
      expect(JSON.stringify(body)).not.toContain(token);
    }
    await expect(forge.get('a')).resolves.toBeUndefined();
  });

  it('refuses everything without the scope storage:app, and says how to get it', async () => {
    setUpKvs({ scopes: ['read:repository:bitbucket'] });

    for (const call of [forge.get('a'), forge.set('a', 1), forge.setSecret('a', 1)]) {
      const refusal = await refusalOf(call);
      expect(refusal.responseDetails.status).toBe(403);
      expect(refusal.message).toContain('storage:app');
    }
  });

  it.each([[{ key: 'a' }], [null], ['text'], [7], [[]]])(
    'answers a malformed body %j with a refusal, not a crash',
    (body) => {
      const { kvs } = setUpKvs();

      for (const operation of ['set', 'entity/get', 'transaction', 'batch/set', 'secret/set']) {
        expect(kvs.handle(operation, body).status).toBe(400);
      }
    },
  );

  it('says that an operation is not emulated', () => {
    const { kvs } = setUpKvs();

    const answer = kvs.handle('increment', { key: 'a' });

    expect(answer.status).toBe(404);
    expect(answer.body).toMatchObject({
      message: expect.stringContaining('"increment" is not emulated') as string,
    });
  });
});

describe('durability', () => {
  const files = setUpDatabaseFile();
  afterAll(() => files.remove());

  it('keeps everything over a restart, and installations apart', async () => {
    const first = setUpKvs({ database: files.open() });
    await forge.set('a', { n: 1 });
    await forge.entity('lease').set('l', { holder: 'me' });
    await forge.setSecret('token', 'squ_secret');

    const database = files.reopen(first.database);
    setUpKvs({ database });

    expect(await forge.get('a')).toEqual({ n: 1 });
    expect(await forge.entity('lease').get('l')).toEqual({ holder: 'me' });
    expect(await forge.getSecret('token')).toBe('squ_secret');
    const other = createKvs({
      database,
      clock: first.clock,
      manifest: { entities, scopes: ['storage:app'] },
      installation: { ...installation, installationId: 'another' },
    });
    connectKvs(other);
    expect(await forge.get('a')).toBeUndefined();
    expect(await forge.getSecret('token')).toBeUndefined();
    expect(other.dump()).toEqual({ values: [], secrets: [] });
  });
});

describe('dump', () => {
  it('lists values and entities, and of secrets only that they exist', async () => {
    const { kvs } = setUpKvs();
    await forge.set('a', 1);
    await forge.entity('lease').set('l', { holder: 'me' });
    await forge.setSecret('token', 'squ_secret');

    const dump = kvs.dump();

    expect(dump.values).toEqual([
      { key: 'a', value: 1 },
      { entityName: 'lease', key: 'l', value: { holder: 'me' } },
    ]);
    expect(dump.secrets).toEqual([{ key: 'token', createdAt: START, updatedAt: START }]);
    expect(JSON.stringify(dump)).not.toContain('squ_secret');
  });
});
