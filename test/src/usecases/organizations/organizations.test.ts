import type { ListedOrganization } from '../../../../src/domain/ports/organizations';
import { RemoteForbiddenError, RemoteRejectedError } from '../../../../src/errors/remote-errors';
import { createBindOrganization } from '../../../../src/usecases/organizations/bind-organization';
import { createCreateOrganization } from '../../../../src/usecases/organizations/create-organization';
import { createListOrganizations } from '../../../../src/usecases/organizations/list-organizations';
import { createStartUnbind } from '../../../../src/usecases/organizations/start-unbind';
import { createEnsureWebhook } from '../../../../src/usecases/ensure-webhook';
import { connectionId, workspaceUuid } from '../../../support/app/build-app-data';
import { setUpApp } from '../../../support/app/set-up-app';

const call = { service: 'sonarqube', operation: 'organizations/create' } as const;

async function setUp() {
  const app = await setUpApp();
  const own: ListedOrganization = { key: 'acme', name: 'Acme', isAdmin: true };
  const cloud = {
    list: [own, { ...own, key: 'second' }],
    platforms: new Map<string, string>(),
    refusal: undefined as Error | undefined,
    created: [] as unknown[],
  };
  const options = {
    ...app,
    openOrganizations: () => ({
      listOwn: () => Promise.resolve(cloud.list),
      find: (key: string) => Promise.resolve(cloud.list.find((each) => each.key === key)),
      findPlatformUrl: (key: string) => Promise.resolve(cloud.platforms.get(key)),
      listMembers: () => Promise.resolve(['Ada']),
      create(input: unknown) {
        if (cloud.refusal) return Promise.reject(cloud.refusal);
        cloud.created.push(input);
        return Promise.resolve();
      },
    }),
    ensureWebhook: createEnsureWebhook(app),
  };
  const listOrganizations = createListOrganizations(options);
  const bind = createBindOrganization({ ...options, listOrganizations });
  const input = { connectionId, workspaceUuid, accountId: 'olivia' };
  return {
    app,
    cloud,
    listOrganizations,
    create: createCreateOrganization(options),
    startUnbind: createStartUnbind({ ...app, listOrganizations }),
    bind: (organizationKey: string, takeOver = false) =>
      bind({ ...input, organizationKey, takeOver }),
    input,
  };
}

describe('binding the workspace to an organization', () => {
  it('[B1] can be repeated, and keeps who bound it first', async () => {
    const { bind, app } = await setUp();

    await bind('acme');
    await bind('acme');

    expect(await app.connections.find(connectionId)).toMatchObject({
      organizationKey: 'acme',
      organizationBound: { by: 'olivia' },
    });
    expect(app.server.webhooks).toHaveLength(1);
  });

  it('[B1] leaves a connection with one organization', async () => {
    const { bind } = await setUp();

    await expect(bind('second')).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(bind('unknown')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('[B1] takes one over from another installation only when a person said so', async () => {
    const { bind, app } = await setUp();
    const url = 'https://trigger.example/public/other/99';
    const foreign = { key: 'f', name: 'Gatehouse', url, hasSecret: true, secret: 's' };
    app.server.webhooks = [foreign];

    await expect(bind('acme')).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(app.server.webhooks).toEqual([foreign]);
    await bind('acme', true);

    expect(app.server.webhooks.map((hook) => hook.url)).toEqual([
      `https://trigger.example/public/1/${connectionId}`,
    ]);
  });

  it('[B6] of another platform writes nothing anywhere', async () => {
    const { bind, cloud, app } = await setUp();
    cloud.platforms.set('acme', 'https://gitlab.com/acme');
    app.store.counts.writes = 0;

    await expect(bind('acme')).rejects.toThrow(/GitLab.*second organization/);

    expect(app.store.counts.writes).toBe(0);
    expect(app.server.calls).toEqual([]);
  });

  it('[B1] lets the first of two administrators win', async () => {
    const { bind, app } = await setUp();
    app.store.beforeNextWrite(async () => {
      const current = await app.connections.find(connectionId);
      if (current) {
        const renamed = { ...current, name: 'Cloud 2', sequence: current.sequence + 1 };
        await app.connections.replace(renamed, current.sequence);
      }
    });

    await expect(bind('acme')).rejects.toMatchObject({ code: 'CONFLICT' });
  });
});

describe('unbinding an organization', () => {
  it('[B5] [B9] unbinds the repositories first, and keeps the connection for another one', async () => {
    const { startUnbind, bind, app, input } = await setUp();
    await bind('acme');

    await expect(startUnbind({ ...input, typedKey: 'ACME' })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    });
    await startUnbind({ ...input, typedKey: 'acme' });
    await app.runOperations();

    expect((await app.bindings.listAllClaims({ limit: 10 })).items).toEqual([]);
    expect(app.server.webhooks).toEqual([]);
    expect(await app.connections.find(connectionId)).toMatchObject({ state: 'active' });
    await expect(bind('second')).resolves.toMatchObject({ after: { organizationKey: 'second' } });
  });

  it('[B6] that belongs to GitLab or Azure DevOps is refused with the reason', async () => {
    const { startUnbind, cloud, app, input } = await setUp();
    cloud.platforms.set('acme', 'https://dev.azure.com/acme');

    await expect(startUnbind({ ...input, typedKey: 'acme' })).rejects.toThrow(/Azure DevOps/);
    expect(app.operationJobs).toEqual([]);
  });
});

describe('a new organization', () => {
  const wanted = { connectionId, organizationKey: 'new', name: 'New', description: ' ' };

  it('[B2] is made with what was given, and nothing empty', async () => {
    const { create, cloud } = await setUp();

    await create.create(wanted);

    expect(cloud.created).toEqual([{ key: 'new', name: 'New' }]);
  });

  it('[B2] whose key was taken in the meantime is refused in the words of the check', async () => {
    const { create, cloud } = await setUp();
    cloud.refusal = new RemoteRejectedError(call, 'status 400');

    const check = await create.checkKey({ connectionId, organizationKey: 'acme' });

    expect(check).toMatchObject({
      isFree: false,
      message: expect.stringContaining('"acme"') as string,
    });
    await expect(create.create({ ...wanted, organizationKey: 'race' })).rejects.toThrow(
      check.message.replaceAll('acme', 'race'),
    );
  });

  it('[B10] that no app may make says where a person can', async () => {
    const { create, cloud } = await setUp();
    cloud.refusal = new RemoteForbiddenError(call, 'status 403');

    await expect(create.create(wanted)).rejects.toThrow(/on its pages/);
  });

  it('[M20] is not looked for on a Server, which is sent to its own tab', async () => {
    const { listOrganizations, app } = await setUp();
    const current = await app.connections.find(connectionId);
    if (!current) throw new Error('There is no connection.');
    const server = { ...current, kind: 'sonarqube-server', sequence: 9 } as const;
    await app.connections.replace(server, current.sequence);

    await expect(listOrganizations.list({ connectionId, workspaceUuid, page: 1 })).rejects.toThrow(
      /DevOps platforms/,
    );
  });
});
