import { createOpenProjects } from '../../src/clients/sonarqube/projects';
import type { Projects } from '../../src/domain/ports/projects';
import { RemoteForbiddenError, RemoteRejectedError } from '../../src/errors/remote-errors';
import {
  call,
  createStrangersToken,
  forwarding,
  http,
  post,
  publicUrl,
  realServer,
} from './support/real-server';

const openProjects = createOpenProjects({
  http,
  fetch: (url, init) => forwarding.fetch(new Request(url, init)),
});
const open = (token: string = realServer.token): Projects =>
  openProjects({ connection: { kind: 'sonarqube-server', url: publicUrl }, token });

const wish = {
  projectKey: 'import_shop',
  name: 'Shop & Söhne',
  visibility: 'private',
  mainBranch: 'trunk',
  newCode: { kind: 'server' },
} as const;

async function read(operation: string, parameters: Readonly<Record<string, string>>) {
  return (await call(operation, { parameters })).json() as Promise<unknown>;
}

describe('making projects on a real server', () => {
  let strangersToken: string;

  beforeAll(async () => {
    strangersToken = await createStrangersToken('import-stranger');
  });

  it('[M13] makes a private one with its main branch in one call', async () => {
    expect(await open().create(wish)).toEqual({ outcome: 'created' });

    expect(await open().find('import_shop')).toEqual({
      ...{ projectKey: 'import_shop', name: 'Shop & Söhne', visibility: 'private' },
    });
    expect(await read('project_branches/list', { project: 'import_shop' })).toMatchObject({
      branches: [{ name: 'trunk', isMain: true }],
    });
  });

  it('[M10] says that a key is taken, and finds which of some are', async () => {
    expect(await open().create({ ...wish, name: 'Again' })).toEqual({ outcome: 'exists' });

    expect(await open().findExisting(['import_none', 'import_shop'])).toEqual([
      { projectKey: 'import_shop', name: 'Shop & Söhne', visibility: 'private' },
    ]);
    expect(await open().find('import_none')).toBeUndefined();
  });

  it('[M13] makes a public one where that is wanted, and private again', async () => {
    const projectKey = 'import_public';

    await open().create({ ...wish, projectKey, visibility: 'public' });

    expect(await open().find(projectKey)).toMatchObject({ visibility: 'public' });
    await open().makePrivate(projectKey);
    expect(await open().find(projectKey)).toMatchObject({ visibility: 'private' });
  });

  it.each([
    [
      { kind: 'days', days: 30 },
      { type: 'NUMBER_OF_DAYS', value: '30' },
    ],
    [{ kind: 'previousVersion' }, { type: 'PREVIOUS_VERSION' }],
  ] as const)('[M25] takes %j as the definition of new code', async (newCode, expected) => {
    const projectKey = `import_${newCode.kind}`;

    expect(await open().create({ ...wish, projectKey, newCode })).toEqual({ outcome: 'created' });

    // A Community Build, whose projects have one branch, keeps it with that.
    const place = { project: projectKey, branch: 'trunk' };
    const shown = await read('new_code_periods/show', place);
    expect(shown).toMatchObject({ projectKey, ...expected });
    expect(shown).not.toMatchObject({ inherited: true });
  });

  it.each(['42', 'a b', 'a/b', 'a'.repeat(401)])(
    '[M25] refuses the key %j with a sentence',
    async (projectKey) => {
      const error: unknown = await open()
        .create({ ...wish, projectKey })
        .catch((reason: unknown) => reason);

      expect(error).toBeInstanceOf(RemoteRejectedError);
      expect((error as RemoteRejectedError).serverSentence).toMatch(/./);
    },
  );

  it('[M10] lists no projects for who may not administer, and makes none without the right', async () => {
    await post('permissions/add_user', { login: 'admin', permission: 'provisioning' });
    await post('permissions/remove_group', {
      groupName: 'sonar-users',
      permission: 'provisioning',
    });

    expect(await open(strangersToken).findExisting(['import_shop'])).toBeUndefined();
    await expect(
      open(strangersToken).create({ ...wish, projectKey: 'import_strange' }),
    ).rejects.toBeInstanceOf(RemoteForbiddenError);
  });

  it('renames a main branch as Cloud needs it', async () => {
    await post('project_branches/rename', { project: 'import_public', name: 'main line' });

    expect(await read('project_branches/list', { project: 'import_public' })).toMatchObject({
      branches: [{ name: 'main line', isMain: true }],
    });
  });
});
