import type { KeyValueStore } from '../../../src/domain/ports/key-value-store';

/** What every implementation of the port promises: the one in memory, and Forge's own through the local platform. */
export function describeKeyValueStore(name: string, create: () => Promise<KeyValueStore>): void {
  describe(name, () => {
    it('gives back what was set, and nothing for a key that was not', async () => {
      const store = await create();

      await store.set('binding:1', { list: [1, { deep: true }] });

      expect(await store.get('binding:1')).toEqual({ list: [1, { deep: true }] });
      expect(await store.get('binding:2')).toBeUndefined();
    });

    it('adds only where nothing is, and keeps what was there', async () => {
      const store = await create();

      const first = await store.add('project:1', { owner: 'a' });
      const second = await store.add('project:1', { owner: 'b' });

      expect([first, second]).toEqual([true, false]);
      expect(await store.get('project:1')).toEqual({ owner: 'a' });
    });

    it('forgets what was deleted', async () => {
      const store = await create();
      await store.set('delivery:1', { version: 1 });

      await store.delete('delivery:1');
      await store.delete('delivery:1');

      expect(await store.get('delivery:1')).toBeUndefined();
    });

    it('keeps secrets apart from values', async () => {
      const store = await create();

      await store.setSecret('token:1', { token: 'hidden' });

      expect(await store.getSecret('token:1')).toEqual({ token: 'hidden' });
      expect(await store.get('token:1')).toBeUndefined();
    });

    it('adds an entity once', async () => {
      const store = await create();

      const first = await store.addEntity('lease', 'read:1', { holder: 'a', expiresAt: 5 });
      const second = await store.addEntity('lease', 'read:1', { holder: 'b', expiresAt: 6 });

      expect([first, second]).toEqual([true, false]);
      expect(await store.getEntity('lease', 'read:1')).toEqual({ holder: 'a', expiresAt: 5 });
    });

    it('replaces an entity only while it is as expected', async () => {
      const store = await create();
      await store.addEntity('verdict', 'a:1', { sequence: 1, record: { text: 'old' } });

      const fits = await store.replaceEntity(
        'verdict',
        'a:1',
        { sequence: 2, record: { text: 'new' } },
        { sequence: 1 },
      );
      const late = await store.replaceEntity(
        'verdict',
        'a:1',
        { sequence: 2, record: { text: 'late' } },
        { sequence: 1 },
      );

      expect([fits, late]).toEqual([true, false]);
      expect(await store.getEntity('verdict', 'a:1')).toEqual({
        sequence: 2,
        record: { text: 'new' },
      });
    });

    it('replaces nothing where nothing is', async () => {
      const store = await create();

      const replaced = await store.replaceEntity(
        'verdict',
        'a:2',
        { sequence: 2, record: {} },
        { sequence: 1 },
      );

      expect(replaced).toBe(false);
      expect(await store.getEntity('verdict', 'a:2')).toBeUndefined();
    });

    it('deletes an entity only while it is as expected', async () => {
      const store = await create();
      await store.addEntity('lease', 'read:2', { holder: 'a', expiresAt: 5 });

      const foreign = await store.deleteEntity('lease', 'read:2', { holder: 'b' });
      const own = await store.deleteEntity('lease', 'read:2', { holder: 'a' });

      expect([foreign, own]).toEqual([false, true]);
      expect(await store.getEntity('lease', 'read:2')).toBeUndefined();
    });

    it('lists the keys that begin so, page by page', async () => {
      const store = await create();
      for (const key of ['issues:1:a', 'issues:1:b', 'issues:1:c', 'issues:2:a']) {
        await store.set(key, { version: 1 });
      }

      const first = await store.listKeys('issues:1:', { limit: 2 });
      const second = await store.listKeys('issues:1:', { limit: 2, cursor: first.nextCursor });

      expect([...first.keys, ...second.keys].sort()).toEqual([
        'issues:1:a',
        'issues:1:b',
        'issues:1:c',
      ]);
    });

    it('gives entities in the order of an index, of one partition, page by page', async () => {
      const store = await create();
      const claims = ['c', 'a', 'b'].map((repositoryUuid) => ({
        connectionId: 'one',
        projectKey: repositoryUuid,
        repositoryUuid,
      }));
      for (const claim of claims) await store.addEntity('project-claim', claim.projectKey, claim);
      await store.addEntity('project-claim', 'd', {
        connectionId: 'two',
        projectKey: 'd',
        repositoryUuid: 'd',
      });
      const query = { index: 'by-connection', partition: ['one'], limit: 2 };

      const first = await store.queryEntities('project-claim', query);
      const second = await store.queryEntities('project-claim', {
        ...query,
        cursor: first.nextCursor,
      });
      const last = await store.queryEntities('project-claim', {
        ...query,
        isDescending: true,
        limit: 1,
      });

      const keysOf = (page: typeof first) => page.items.map(({ key }) => key);
      expect([...keysOf(first), ...keysOf(second)]).toEqual(['a', 'b', 'c']);
      expect(keysOf(last)).toEqual(['c']);
    });
  });
}
