import { createKeyValueStore } from '../../../src/platform/key-value-store';
import { connectKvs, setUpKvs } from '../../host/platform/kvs-support';

/** Forge's store of which somebody else runs `work` right after it refused a write. */
function setUpStore(work: (refusals: number) => void = () => undefined) {
  const { kvs } = setUpKvs();
  let refusals = 0;
  connectKvs({
    handle(operation, body) {
      const answer = kvs.handle(operation, body);
      if (answer.status >= 400 && operation.endsWith('set')) work((refusals += 1));
      return answer;
    },
  });
  const giveBack = (key: string) => kvs.handle('entity/delete', { entityName: 'lease', key });
  return { store: createKeyValueStore(), giveBack };
}

describe("an addition to Forge's store", () => {
  it('is made when the key was freed just after it was refused', async () => {
    const { store, giveBack } = setUpStore(() => giveBack('read:1'));
    await store.addEntity('lease', 'read:1', { holder: 'a' });

    const isFirst = await store.addEntity('lease', 'read:1', { holder: 'b' });

    expect(isFirst).toBe(true);
    expect(await store.getEntity('lease', 'read:1')).toEqual({ holder: 'b' });
  });

  it('that is refused for another reason fails, and is not taken for a lost race', async () => {
    const { store } = setUpStore();

    const addition = store.addEntity('lease', 'read:2', { unknownAttribute: 1 });

    await expect(addition).rejects.toThrow();
  });
});

describe("a replacement in Forge's store", () => {
  it('that is wrong in itself fails, and is not taken for a lost race', async () => {
    const { store } = setUpStore();
    await store.addEntity('lease', 'read:3', { holder: 'a' });

    const replacement = store.replaceEntity(
      'lease',
      'read:3',
      { unknownAttribute: 1 },
      { holder: 'a' },
    );

    await expect(replacement).rejects.toThrow();
    expect(await store.getEntity('lease', 'read:3')).toEqual({ holder: 'a' });
  });
});
