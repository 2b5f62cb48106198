import { RemoteUnavailableError } from '../../../../src/errors/remote-errors';
import { createRecordChange } from '../../../../src/usecases/record-change';
import { createCheckManual } from '../../../../src/usecases/repository/check-manual';
import { createListChanges } from '../../../../src/usecases/repository/list-changes';
import { createPreviewUnbind } from '../../../../src/usecases/repository/preview-unbind';
import { createSearchProjects } from '../../../../src/usecases/repository/search-projects';
import { createViewRepository } from '../../../../src/usecases/repository/view-repository';
import {
  boundProject,
  caller,
  connectionId,
  projectKey,
  repositoryUuid,
  workspaceUuid,
} from '../../../support/app/build-app-data';
import { setUpApp } from '../../../support/app/set-up-app';

const other = '99999999-0000-4000-8000-000000000000';
const call = { service: 'sonarqube', operation: 'x' } as const;

async function setUp() {
  const app = await setUpApp();
  return {
    app,
    view: createViewRepository(app),
    search: (input: { connectionId: string; query: string; page: number }) =>
      createSearchProjects(app)({ repositoryUuid, workspaceUuid, ...input }),
    check: createCheckManual(app),
    preview: createPreviewUnbind(app),
  };
}

describe('the settings of a repository', () => {
  it('[R1] show what it is bound to, and the connections there are', async () => {
    const { view } = await setUp();

    expect(await view(repositoryUuid, caller)).toEqual({
      repositoryName: 'Shop',
      repositorySlug: 'shop',
      projects: [
        {
          connectionId,
          connectionName: 'Cloud',
          projectKey,
          projectName: 'Acme Shop',
          state: 'bound',
          dashboardUrl: 'https://sonarcloud.io/dashboard?id=acme_shop',
        },
      ],
      connections: [
        {
          connectionId,
          name: 'Cloud',
          kind: 'sonarqube-cloud',
          url: 'https://sonarcloud.io',
          keepsBindings: false,
        },
      ],
    });
  });

  it('[B11] go by the UUID: a renamed repository keeps its binding', async () => {
    const { app, view } = await setUp();
    if (app.bitbucket.repository) {
      app.bitbucket.repository = { ...app.bitbucket.repository, name: 'Store', slug: 'store' };
    }

    expect(await view(repositoryUuid, caller)).toMatchObject({
      repositoryName: 'Store',
      repositorySlug: 'store',
      projects: [{ projectKey }],
    });
  });

  it('say when the repository is gone', async () => {
    const { app, view } = await setUp();
    app.bitbucket.repository = undefined;

    await expect(view(repositoryUuid, caller)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('searching a project to bind', () => {
  const projects = Array.from({ length: 10_000 }, (_, index) => ({
    projectKey: `acme_${index}`,
    name: `Service ${index}`,
  }));

  it('[R3] loads one page of ten thousand, and says which are bound', async () => {
    const { app, search } = await setUp();
    app.server.projects = [{ projectKey, name: 'Acme Shop' }, ...projects];
    await app.bindProject({ repositoryUuid: other, connectionId, projectKey: 'acme_3' });
    app.server.calls.length = 0;

    const found = await search({ connectionId, query: '', page: 1 });

    expect(found.projects).toHaveLength(20);
    expect(found).toMatchObject({ total: 10_001, hasMore: true });
    expect(found.projects[0]).toMatchObject({ projectKey, boundTo: 'this' });
    expect(found.projects[4]).toMatchObject({ projectKey: 'acme_3', boundTo: 'other' });
    expect(found.projects[5]).not.toHaveProperty('boundTo');
    expect(JSON.stringify(found)).not.toContain(other);
    expect(app.server.calls).toEqual(['searchProjects']);
  });

  it('[R3] finds by name and by key, to the last page', async () => {
    const { app, search } = await setUp();
    app.server.projects = projects;
    const find = (query: string, page = 1) => search({ connectionId, query, page });

    expect((await find(' Service 7777 ')).projects).toMatchObject([{ name: 'Service 7777' }]);
    expect((await find('acme_77')).projects).toMatchObject([{ projectKey: 'acme_77' }]);
    expect(await find('', 500)).toMatchObject({ hasMore: false });
  });

  it('[K6] counts the private projects of repositories that the caller may not see, and names none', async () => {
    const { app, search } = await setUp();
    app.server.projects = [
      { projectKey: 'secret', name: 'Merger with Globex', visibility: 'private' },
      { projectKey: 'open', name: 'Open', visibility: 'public' },
    ];
    await app.bindProject({ repositoryUuid: other, connectionId, projectKey: 'secret' });
    await app.bindProject({ repositoryUuid: other, connectionId, projectKey: 'open' });
    app.bitbucket.repositoryRole = undefined;

    const found = await search({ connectionId, query: '', page: 1 });

    expect(found).toMatchObject({ projects: [{ projectKey: 'open' }], locked: 1, total: 2 });
    expect(JSON.stringify(found)).not.toContain('Globex');
  });

  it('says what to do when the server cannot be asked', async () => {
    const { app, search } = await setUp();
    app.server.faults.set('*', new RemoteUnavailableError(call, 'status 503', { status: 503 }));

    const found = search({ connectionId, query: '', page: 1 });

    await expect(found).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });
});

describe('binding by hand', () => {
  const right = { configurationName: 'cloud', projectKey, repositorySlug: 'shop' };

  it('[R3] accepts what fits, whatever the case of names', async () => {
    const { check } = await setUp();

    expect(await check({ repositoryUuid, ...right, repositorySlug: 'SHOP' }, caller)).toEqual({
      projectKey,
      repositorySlug: 'SHOP',
      connectionId,
      problems: [],
    });
  });

  it.each([
    ['https://git.example.com/projects/acme_shop/repos/shop/browse'],
    ['https://git.example.com/context/projects/acme_shop/repos/shop?at=main'],
    ['  http://git.example.com:7990/projects/acme_shop/repos/shop  '],
  ])('[R3] fills key and slug from %s, in either field', async (address) => {
    const { check } = await setUp();
    const wanted = { projectKey, repositorySlug: 'shop', problems: [] };

    expect(await check({ repositoryUuid, ...right, projectKey: address }, caller)).toMatchObject(
      wanted,
    );
    expect(
      await check(
        { repositoryUuid, configurationName: 'Cloud', projectKey: '', repositorySlug: address },
        caller,
      ),
    ).toMatchObject(wanted);
  });

  it.each([
    ['no name', { configurationName: ' ' }, 'configurationName', /Enter the name/],
    ['an unknown name', { configurationName: 'X' }, 'configurationName', /There are: "Cloud"/],
    ['no key', { projectKey: '' }, 'projectKey', /Enter the key/],
    ['no slug', { repositorySlug: '' }, 'repositorySlug', /Enter the slug/],
    ["another repository's slug", { repositorySlug: 'api' }, 'repositorySlug', /is "shop"/],
  ])('[R3] says which part is wrong: %s', async (_, part, field, words) => {
    const { check } = await setUp();

    const { connectionId: usable, problems } = await check(
      { repositoryUuid, ...right, ...part },
      caller,
    );

    expect(usable).toBeUndefined();
    expect(problems).toEqual([{ field, message: expect.stringMatching(words) as string }]);
  });

  it('[R3] says that the server has no such project', async () => {
    const { app, check } = await setUp();
    app.server.hasProject = false;

    const { problems } = await check({ repositoryUuid, ...right }, caller);

    expect(problems).toMatchObject([{ field: 'projectKey' }]);
  });
});

describe('unbinding', () => {
  it('[B5] says before what it touches: the last project, or one of several', async () => {
    const { app, preview } = await setUp();
    const address = { repositoryUuid, connectionId, projectKey };

    const last = await preview(address);
    await app.bindProject({ repositoryUuid, connectionId, projectKey: 'acme_api' });
    const oneOfTwo = await preview(address);

    expect(last.sentences.join(' ')).toMatch(/no project is bound/);
    expect(oneOfTwo.sentences.join(' ')).toMatch(/the other projects go on deciding/);
  });

  it('makes pull requests unbound, and a message of the server that comes late is dropped', async () => {
    const { app } = await setUp();

    await app.unbindProject({ repositoryUuid, connectionId, projectKey });

    const { state } = await app.viewPullRequest({ repositoryUuid, pullRequestId: 7 }, caller);
    expect(state).toBe('unbound');
    expect(await app.bindings.findClaim(boundProject)).toBeUndefined();
  });

  it('does not show the verdict of a project that is on its way out', async () => {
    const { app } = await setUp();
    const binding = await app.bindings.find(repositoryUuid);
    await app.bindings.save(
      {
        repositoryUuid,
        sequence: 2,
        projects: [{ ...boundProject, state: 'unbinding' }],
      },
      binding?.sequence,
    );

    const { state } = await app.viewPullRequest({ repositoryUuid, pullRequestId: 7 }, caller);
    expect(state).toBe('unbound');
  });
});

describe('the changes of a repository', () => {
  it('[O3] are listed newest first, page by page, and only its own', async () => {
    const { app } = await setUp();
    const recordChange = createRecordChange(app);
    const listChanges = createListChanges(app);
    for (let index = 0; index < 12; index += 1) {
      app.time.nowMs += 1_000;
      const changes = [{ field: 'project a', after: `bound ${index}` }];
      const subject = { kind: 'repository', id: repositoryUuid, name: 'Shop' } as const;
      await recordChange('repository.bind', { subject, changes }, 'ada');
      await recordChange('repository.bind', { subject: { ...subject, id: other }, changes }, 'ada');
    }

    const first = await listChanges({ repositoryUuid });
    const second = await listChanges({ repositoryUuid, cursor: first.nextCursor });

    const texts = [...first.entries, ...second.entries].map(({ changes }) => changes[0]?.after);
    expect(texts).toEqual(Array.from({ length: 12 }, (_, index) => `bound ${11 - index}`));
    expect(first.entries[0]).toMatchObject({ actor: 'ada', action: 'repository.bind' });
    expect(second.nextCursor).toBeUndefined();
  });
});
