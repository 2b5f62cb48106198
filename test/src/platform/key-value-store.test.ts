import { PlatformUnavailableError } from '../../../src/errors/platform-errors';
import { connectKvs } from '../../host/platform/kvs-support';
import { setUpForgeStore } from '../../support/app/forge-store';
import { describeKeyValueStore } from '../../support/app/key-value-store-suite';

describeKeyValueStore("Forge's store", () => Promise.resolve(setUpForgeStore()));

describe("Forge's store behind the port", () => {
  it.each([
    ['is too busy', 429, 'RATE_LIMIT_EXCEEDED'],
    ['fails', 503, 'UNKNOWN_ERROR'],
  ])(
    'says that it may work later when it %s, and never takes that for a lost race',
    async (_, status, code) => {
      const store = setUpForgeStore();
      connectKvs({ handle: () => ({ status, body: { code, message: 'Later.' } }) });

      const calls = [
        store.get('a'),
        store.add('a', 1),
        store.addEntity('lease', 'a', { holder: 'a', expiresAt: 1 }),
        store.replaceEntity('lease', 'a', { holder: 'b', expiresAt: 1 }, { holder: 'a' }),
        store.deleteEntity('lease', 'a', { holder: 'a' }),
      ];

      for (const call of calls) await expect(call).rejects.toThrow(PlatformUnavailableError);
    },
  );

  it('does not take a value that is too large for a lost race', async () => {
    const store = setUpForgeStore();
    await store.addEntity('verdict', 'a:1', { sequence: 1, record: {} });
    const record = { text: 'x'.repeat(250 * 1024) };

    await expect(
      store.replaceEntity('verdict', 'a:1', { sequence: 2, record }, { sequence: 1 }),
    ).rejects.toThrow();
  });
});
