import { createRepositoryChangedHandler } from '../../../../src/handlers/repository-changed';
import { RemoteUnavailableError } from '../../../../src/errors/remote-errors';
import {
  bitbucketProjectUuid,
  boundProject,
  projectKey,
  repositoryUuid,
  workspaceUuid,
} from '../../../support/app/build-app-data';
import { setUpApp, type AppUnderTest } from '../../../support/app/set-up-app';

const context = { installContext: `ari:cloud:bitbucket::workspace/${workspaceUuid}` };
const other = '99999999-0000-4000-8000-000000000000';

/** A Server that keeps bindings, with the one of the repository written under its first slug. */
async function setUp(slug = 'shop') {
  const app = await setUpApp();
  const [connection] = await app.connections.list();
  if (!connection) throw new Error('The app has no connection.');
  const capabilities = { ...connection.capabilities, projectBindings: true };
  const sequence = connection.sequence + 1;
  await app.connections.replace(
    { ...connection, kind: 'sonarqube-server', capabilities, sequence },
    connection.sequence,
  );
  app.server.records = [
    { kind: 'bitbucket-cloud', key: 'bb', workspace: 'acme', clientId: 'c' } as never,
  ];
  await app.bindEverywhere({ ...boundProject, repositoryUuid, workspaceUuid });
  app.server.calls.length = 0;
  rename(app, slug);
  const handle = createRepositoryChangedHandler(app);
  return { app, handle };
}

function rename({ bitbucket }: AppUnderTest, slug: string): void {
  if (bitbucket.repository) bitbucket.repository = { ...bitbucket.repository, slug };
}

const event = (repository: object, verb = 'updated') => ({
  eventType: `avi:bitbucket:${verb}:repository`,
  workspace: { uuid: `{${workspaceUuid}}` },
  repository,
});

describe('a repository that was renamed or moved', () => {
  it.each([
    ['with its slug', { uuid: `{${repositoryUuid}}`, slug: 'store' }],
    ['without its slug', { uuid: `{${repositoryUuid}}` }],
    ['with a slug of an earlier name', { uuid: `{${repositoryUuid}}`, slug: 'shop' }],
  ])('[B11] keeps its binding, here and on the server (an event %s)', async (_, repository) => {
    const { app, handle } = await setUp('store');

    expect(await handle(event(repository), context)).toBeUndefined();

    expect(app.server.bindings.get(projectKey)).toMatchObject({ repository: 'store' });
    expect((await app.bindings.find(repositoryUuid))?.projects).toMatchObject([
      { projectKey, state: 'bound', serverRecord: { slugs: ['store'], isWritten: true } },
    ]);
  });

  it('[B11] writes nothing when only something else changed, or the second time', async () => {
    const { app, handle } = await setUp();
    if (app.bitbucket.repository) {
      const moved = { ...app.bitbucket.repository, bitbucketProjectUuid: other };
      app.bitbucket.repository = moved;
    }

    await handle(event({ uuid: repositoryUuid }), context);

    expect(app.server.calls).toEqual([]);
    expect(bitbucketProjectUuid).not.toBe(other);
  });

  it('[B11] is asked for again when Bitbucket or the store does not answer', async () => {
    const { app, handle } = await setUp('store');
    app.bitbucket.fault = new RemoteUnavailableError(
      { service: 'bitbucket', operation: 'x' },
      'status 503',
    );

    expect(await handle(event({ uuid: repositoryUuid }), context)).toMatchObject({
      retryOptions: { retryAfter: 60 },
    });
    app.bitbucket.fault = undefined;
    await handle(event({ uuid: repositoryUuid }), context);

    expect(app.server.bindings.get(projectKey)).toMatchObject({ repository: 'store' });
  });

  it('[B11] is a finding when the server refuses the new name', async () => {
    const { app, handle } = await setUp('store');
    app.server.faults.set(
      'writeBinding',
      new RemoteUnavailableError({ service: 'sonarqube', operation: 'x' }, 'status 503'),
    );

    await handle(event({ uuid: repositoryUuid }), context);

    expect((await app.findings.list({ limit: 10 })).items).toMatchObject([
      { code: 'bindingOnlyHere' },
    ]);
  });

  it('[B11] asks nobody about a repository that is not bound', async () => {
    const { app, handle } = await setUp('store');
    app.bitbucket.fault = new Error('Nobody asks.');

    await handle(event({ uuid: other }), context);

    expect(app.server.calls).toEqual([]);
  });

  it('[O6] and of one that was deleted nothing stays', async () => {
    const { app, handle } = await setUp();

    await handle(event({ uuid: `{${repositoryUuid}}` }, 'deleted'), context);

    expect(await app.bindings.find(repositoryUuid)).toBeUndefined();
    expect(app.server.bindings.get(projectKey)).toBeUndefined();
  });

  it('drops an event of unknown form', async () => {
    const { app, handle } = await setUp();

    expect(await handle({ repository: {} }, context)).toBeUndefined();
    expect(app.log.entries).toMatchObject([{ level: 'warn' }]);
  });
});
