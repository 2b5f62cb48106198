import { kvs as forge } from '@forge/kvs';
import { KvsLimits } from '../../../host/platform/kvs/limits';
import { refusalOf, setUpKvs } from './kvs-support';

describe('rates', () => {
  it('answers 429 for the request after the thousandth in a second, and works again in the next', async () => {
    const { clock } = setUpKvs();
    for (let number = 0; number < KvsLimits.requestsPerSecond; number += 1) {
      await forge.get('a');
    }

    const refusal = await refusalOf(forge.get('a'));
    await clock.advance(1_000);

    expect(refusal).toMatchObject({ code: 'TOO_MANY_REQUESTS', responseDetails: { status: 429 } });
    expect(await forge.get('a')).toBeUndefined();
  });

  it('counts writes in units of 10 KB and writes nothing that is over the rate', async () => {
    const { kvs, clock } = setUpKvs();
    const value = 'x'.repeat(200 * 1024 - 2);
    for (let number = 0; number < 200; number += 1) {
      expect(kvs.handle('set', { key: `k:${number}`, value }).status).toBe(200);
    }

    const refusal = await refusalOf(forge.set('k:200', value));
    await clock.advance(60_000);

    expect(refusal.responseDetails.status).toBe(429);
    expect(await forge.get('k:200')).toBeUndefined();
    await expect(forge.set('k:200', value)).resolves.toBeUndefined();
  });

  it('counts reads by the size of what was read', async () => {
    const { kvs, clock } = setUpKvs();
    await forge.set('a', 'x'.repeat(200 * 1024 - 2));
    for (let second = 0; second < 4; second += 1) {
      for (let number = 0; number < 50; number += 1) {
        expect(kvs.handle('get', { key: 'a' }).status).toBe(200);
      }
      await clock.advance(1_000);
    }

    expect(kvs.handle('get', { key: 'b' }).status).toBe(429);
  });

  it('lets one key be written with 1 MB in a second', async () => {
    const { clock } = setUpKvs();
    const value = 'x'.repeat(200 * 1024);
    for (let number = 0; number < 5; number += 1) await forge.set('a', value);

    const refusal = await refusalOf(forge.set('a', value));
    await forge.set('b', value);
    await clock.advance(1_000);

    expect(refusal.code).toBe('TOO_MANY_REQUESTS');
    await expect(forge.set('a', value)).resolves.toBeUndefined();
  });
});
