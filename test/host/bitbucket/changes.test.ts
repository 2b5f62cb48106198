import { createGitRepository } from '../../support/git-repository';
import { at, valuesOf } from './stand-in';
import { useWorld } from './use-world';

const stage = useWorld();

async function addShop(isNew = false) {
  const fixture = stage.keep(createGitRepository({ main: [{}] }));
  const { bitbucket } = stage.world;
  return bitbucket.addRepository({ path: fixture.path, name: 'Shop', isNew });
}

describe('a repository that administrators change', () => {
  it('takes its slug from a new name and keeps its UUID', async () => {
    const { uuid } = await addShop();
    const { bitbucket, events, get } = stage.world;

    bitbucket.rename(uuid, 'Web Shop');

    expect(at((await get('/repositories/acme/web-shop')).body, 'uuid')).toBe(uuid);
    expect((await get('/repositories/acme/shop')).status).toBe(404);
    expect(events).toMatchObject([
      {
        eventType: 'avi:bitbucket:updated:repository',
        repository: { uuid, slug: 'web-shop' },
        changes: {
          name: { old: { value: 'Shop', truncated: false }, new: { value: 'Web Shop' } },
          slug: { old: { value: 'shop' }, new: { value: 'web-shop' } },
        },
      },
    ]);
  });

  it('moves to another project, which its answers and events name from then on', async () => {
    const { uuid } = await addShop();
    const { bitbucket, events, get } = stage.world;

    bitbucket.moveToProject(uuid, 'TOOLS');

    const repository = (await get('/repositories/acme/shop')).body;
    const project = (await get('/workspaces/acme/projects/TOOLS')).body;
    expect(at(repository, 'project.uuid')).toBe(at(project, 'uuid'));
    expect(events).toMatchObject([{ project: { uuid: at(project, 'uuid') } }]);
    expect(() => bitbucket.moveToProject(uuid, 'NONE')).toThrow(/no project NONE/);
  });

  it('can become public, which an event tells', async () => {
    const { uuid } = await addShop();
    const { bitbucket, events, get, identityOf } = stage.world;

    bitbucket.setVisibility(uuid, false);

    expect((await get('/repositories/acme/shop', identityOf('outsider'))).status).toBe(200);
    expect(events).toMatchObject([{ changes: { isPrivate: { new: { value: false } } } }]);
  });

  it('is gone after its removal, with an event, and after a transfer, without one', async () => {
    const { bitbucket, events, get } = stage.world;
    const first = await addShop();
    bitbucket.deleteRepository(first.uuid);
    const second = await addShop();
    bitbucket.transferOut(second.uuid);

    expect((await get('/repositories/acme/shop')).status).toBe(404);
    expect(events.map(({ eventType }) => eventType)).toEqual(['avi:bitbucket:deleted:repository']);
  });

  it('is told of when it was made just now', async () => {
    await addShop(true);

    expect(stage.world.events).toMatchObject([{ eventType: 'avi:bitbucket:created:repository' }]);
  });
});

describe('the workspace', () => {
  it('lists its owners, as rights change', async () => {
    const { bitbucket, get, userOf } = stage.world;
    const owners = async () => {
      const q = encodeURIComponent('permission="owner"');
      const { body } = await get(`/workspaces/acme/permissions?q=${q}`);
      return valuesOf(body).map((one) => at(one, 'user.account_id'));
    };
    const [owner, member] = [userOf('owner').accountId, userOf('member').accountId];

    expect(await owners()).toEqual([owner]);
    bitbucket.setWorkspaceRole(member, 'owner');
    expect(await owners()).toEqual([owner, member]);
  });

  it('shows nothing to a person who was removed', async () => {
    await addShop();
    const { bitbucket, get, identityOf, userOf } = stage.world;
    bitbucket.setWorkspaceRole(userOf('admin').accountId, 'outsider');

    expect((await get('/workspaces/acme/projects', identityOf('admin'))).status).toBe(404);
    expect((await get('/repositories/acme/shop', identityOf('admin'))).status).toBe(404);
  });

  it('pages through thousands of repositories that have no folder', async () => {
    const { bitbucket, get } = stage.world;
    bitbucket.addListedRepositories(5_000);

    const page = (await get('/repositories/acme?pagelen=100&page=50')).body;
    const q = encodeURIComponent('name ~ "04321"');
    const found = (await get(`/repositories/acme?q=${q}&sort=-name`)).body;

    expect(at(page, 'size')).toBe(5_000);
    expect(at(page, 'values.99.slug')).toBe('listed-05000');
    expect(valuesOf(found).map((one) => at(one, 'slug'))).toEqual(['listed-04321']);
    expect((await get('/repositories/acme/listed-00007')).status).toBe(200);
    expect(bitbucket.repositories()).toEqual([]);
  });
});
