import fc from 'fast-check';
import { driftCodes, findDrift, toPlace, toProjectSubject } from '../../../../src/domain/drift';
import { RemoteForbiddenError, RemoteUnavailableError } from '../../../../src/errors/remote-errors';
import {
  connectionId,
  projectKey,
  repositoryUuid,
  workspaceUuid,
} from '../../../support/app/build-app-data';
import { setUpApp, type AppUnderTest } from '../../../support/app/set-up-app';

const call = { service: 'sonarqube', operation: 'alm_settings/x' } as const;
const place = { repositoryUuid, connectionId, projectKey };
const record = { kind: 'bitbucket-cloud', key: 'ours', workspace: 'acme', clientId: 'c' } as const;

/** A commercial Server with one bound project, whose own record agrees with ours. */
async function setUp({ writesBindings = true } = {}) {
  const app = await setUpApp();
  const current = await app.connections.find(connectionId);
  if (!current) throw new Error('There is no connection.');
  const capabilities = { pullRequests: true, devOpsPlatforms: true, projectBindings: true };
  const server = { ...current, kind: 'sonarqube-server', organizationKey: undefined } as const;
  await app.connections.replace({ ...server, capabilities, writesBindings, sequence: 2 }, 1);
  app.server.records = [record];
  return app;
}

async function bind(app: AppUnderTest) {
  await app.unbindProject(place);
  return app.bindEverywhere({ ...place, workspaceUuid });
}

async function reconcile(app: AppUnderTest) {
  app.time.nowMs += 1000;
  await app.changeOperation.start({ kind: 'reconcile', name: 'x', startedBy: 'olivia' });
  await app.runOperations();
  return (await app.findings.list({ limit: 100 })).items;
}

const codesOf = (findings: readonly { readonly code: string }[]) =>
  findings.map(({ code }) => code);

describe('the binding that a Server keeps itself', () => {
  it('[B12] is written with record, slug and monorepo flag, read back, and taken back', async () => {
    const app = await setUp();

    await bind(app);
    const written = app.server.bindings.get(projectKey);
    await app.bindProject({ ...place, projectKey: 'second', pathScope: 'api' });
    await app.bindEverywhere({ ...place, projectKey: 'second', pathScope: 'api', workspaceUuid });
    const second = app.server.bindings.get('second');
    await app.unbindEverywhere(place);

    const ours = { recordKey: 'ours', repository: 'shop', isBitbucketCloud: true };
    expect(written).toEqual({ ...ours, isMonorepo: false });
    expect(second).toEqual({ ...ours, isMonorepo: true });
    expect([...app.server.bindings.keys()]).toEqual(['second']);
    expect((await app.findings.list({ limit: 10 })).items).toEqual([]);
  });

  it.each([
    ['switched off', { writesBindings: false }, true],
    ['not offered', {}, false],
  ])('[B12] is not touched when it is %s', async (...row) => {
    const [, options, projectBindings] = row;
    const app = await setUp(options);
    const current = await app.connections.find(connectionId);
    if (!current) throw new Error('There is no connection.');
    const capabilities = { ...current.capabilities, projectBindings };
    await app.connections.replace({ ...current, capabilities, sequence: 3 }, 2);
    app.server.calls.length = 0;

    await bind(app);
    await app.unbindEverywhere(place);

    expect(app.server.calls.filter((name) => /binding/i.test(name))).toEqual([]);
  });

  it('[B12] that is refused leaves ours as it is, and a finding with the reason', async () => {
    const app = await setUp();
    app.server.faults.set('writeBinding', new RemoteForbiddenError(call, 'status 403'));

    const { serverProblem } = await bind(app);

    expect(serverProblem).toMatch(/permission/);
    expect((await app.bindings.find(repositoryUuid))?.projects).toMatchObject([{ state: 'bound' }]);
    expect((await app.findings.list({ limit: 10 })).items).toMatchObject([
      { code: 'bindingOnlyHere', repair: 'Write it on the server' },
    ]);
  });

  it('[B12] without a record of the workspace says where one is made', async () => {
    const app = await setUp();
    app.server.records = [{ ...record, workspace: 'other' }];

    expect((await bind(app)).serverProblem).toMatch(/under DevOps platforms/);
  });

  it('[B12] of somebody else is never taken away', async () => {
    const app = await setUp();
    await bind(app);
    const foreign = {
      recordKey: 'x',
      repository: 'other',
      isBitbucketCloud: true,
      isMonorepo: false,
    };
    app.server.bindings.set(projectKey, foreign);

    await app.unbindEverywhere(place);

    expect(app.server.bindings.get(projectKey)).toEqual(foreign);
  });

  it('[B9] that stays when the server does not answer does not keep ours, and is a finding', async () => {
    const app = await setUp();
    await bind(app);
    app.server.faults.set('findBinding', new RemoteUnavailableError(call, 'no answer'));

    await app.unbindEverywhere(place);

    expect(await app.bindings.find(repositoryUuid)).toBeUndefined();
    expect(codesOf((await app.findings.list({ limit: 10 })).items)).toEqual([
      'bindingOnlyOnServer',
    ]);
  });
});

describe('a binding that was written on the server before', () => {
  it('[B12] is taken back also after it was bound again while writing was off', async () => {
    const app = await setUp();
    await bind(app);
    const current = await app.connections.find(connectionId);
    if (!current) throw new Error('There is no connection.');
    const off = { ...current, writesBindings: false, sequence: current.sequence + 1 };
    await app.connections.replace(off, current.sequence);

    await app.bindEverywhere({ ...place, pathScope: 'api', workspaceUuid });
    await app.unbindEverywhere(place);

    expect(app.server.bindings.size).toBe(0);
  });

  it.each(['before', 'after'])(
    '[B11] [B12] is taken back after a rename whose writing failed %s the server took it',
    async (when) => {
      const app = await setUp();
      await bind(app);
      if (app.bitbucket.repository) {
        app.bitbucket.repository = { ...app.bitbucket.repository, slug: 'renamed' };
      }
      const fault = when === 'before' ? 'writeBinding' : 'findBinding';
      app.server.faults.set(fault, new RemoteUnavailableError(call, 'no answer'));
      await app.bindEverywhere({ ...place, workspaceUuid });
      app.server.faults.clear();

      await app.unbindEverywhere(place);

      expect(app.server.bindings.size).toBe(0);
    },
  );
});

describe('comparing the three truths', () => {
  it('[B9] finds nothing where they agree', async () => {
    const app = await setUp();
    await bind(app);

    expect(await reconcile(app)).toEqual([]);
  });

  /** Each kind of difference, made as it comes about. */
  const drifts: Readonly<Record<string, (app: AppUnderTest) => Promise<void> | void>> = {
    bindingOnlyHere(app) {
      app.server.bindings.clear();
    },
    bindingsDiffer(app) {
      const old = { recordKey: 'ours', repository: 'old-slug' };
      app.server.bindings.set(projectKey, { ...old, isBitbucketCloud: true, isMonorepo: false });
    },
    bindingOnlyOnServer: async (app) => {
      await app.unbindProject(place);
    },
    projectGone: (app) => void (app.server.hasProject = false),
    repositoryGone: (app) => void (app.bitbucket.repository = undefined),
  };

  it.each(Object.entries(drifts))(
    '[B9] finds %s, repairs it, and finds nothing the second time',
    async (...row) => {
      const [code, drift] = row;
      const app = await setUp();
      await bind(app);
      await drift(app);

      const [found, ...others] = await reconcile(app);
      if (!found) throw new Error('Nothing was found.');
      const repaired = await app.repair({ findingId: found.findingId, workspaceUuid });

      expect([found.code, others]).toEqual([code, []]);
      expect(repaired).toMatchObject({ isRepaired: true });
      expect(await reconcile(app)).toEqual([]);
    },
  );

  it('[M13] finds a private repository whose project is public, and makes that private when it is asked to', async () => {
    const app = await setUp();
    await bind(app);
    app.server.projectVisibility = 'public';
    const { repository } = app.bitbucket;
    app.bitbucket.repository = repository && { ...repository, isPrivate: false };
    expect(await reconcile(app)).toEqual([]);

    app.bitbucket.repository = repository && { ...repository, isPrivate: true };
    const [found] = await reconcile(app);
    if (!found) throw new Error('Nothing was found.');
    const { findingId } = found;
    const call = { service: 'sonarqube', operation: 'projects/update_visibility' } as const;
    app.server.faults.set('makePrivate', new RemoteForbiddenError(call, 'status 403'));
    const refused = await app.repair({ findingId, workspaceUuid });
    app.server.faults.clear();
    const repaired = await app.repair({ findingId, workspaceUuid });

    expect(found).toMatchObject({ code: 'projectPublic', severity: 'error' });
    expect(found.message).toMatch(/is public on the server, and its repository is private/);
    expect(refused).toMatchObject({ isRepaired: false });
    expect(refused.message).toMatch(/still public\. The stored token lacks a permission/);
    expect(repaired).toMatchObject({ isRepaired: true });
    expect(await reconcile(app)).toEqual([]);
  });

  it('[B9] finds an organization that is gone, and forgets it when it is back', async () => {
    const app = await setUpApp();
    app.organizations.known.clear();

    expect(codesOf(await reconcile(app))).toEqual(['organizationUnbound']);
    app.organizations.known.set('acme', { key: 'acme', name: 'Acme', isAdmin: true });
    expect(await reconcile(app)).toEqual([]);
  });

  it('[B9] keeps what it found while a server does not answer', async () => {
    const app = await setUp();
    await bind(app);
    app.server.bindings.clear();
    await reconcile(app);
    app.server.faults.set('findProject', new RemoteUnavailableError(call, 'no answer'));

    expect(codesOf(await reconcile(app))).toEqual(['bindingOnlyHere']);
  });

  it('[B9] says nothing about projects of a connection whose token is missing', async () => {
    const app = await setUp();
    await bind(app);
    await app.secrets.removeAll(connectionId);

    expect(await reconcile(app)).toEqual([]);
  });

  it('[B9] waits for a server that does not answer once in a stretch, not for each project', async () => {
    const app = await setUp();
    await bind(app);
    for (const key of ['p1', 'p2', 'p3']) {
      await app.bindProject({ ...place, projectKey: key, pathScope: key });
    }
    app.server.faults.set('*', new RemoteUnavailableError(call, 'no answer'));
    app.server.calls.length = 0;

    await reconcile(app);

    expect(app.server.calls.filter((name) => name === 'findProject')).toHaveLength(1);
  });

  it('[B9] looks at a few bindings that only the server has, of our workspace alone', async () => {
    const app = await setUp();
    await bind(app);
    const other = { repository: 'shop', isBitbucketCloud: true, isMonorepo: false };
    for (let count = 0; count < 100; count += 1) {
      app.server.bindings.set(`other-${count}`, {
        ...other,
        recordKey: count ? 'ours' : 'foreign',
      });
    }
    app.server.calls.length = 0;

    const found = await reconcile(app);

    expect(found).toHaveLength(19);
    expect(found.map(({ subject }) => toPlace(subject).projectKey)).not.toContain('other-0');
    expect(app.server.calls.length).toBeLessThan(50);
  });

  it('[B9] takes over what an uninstall left on the server', async () => {
    const before = await setUp();
    await bind(before);
    const app = await setUp();
    await app.unbindProject(place);
    for (const [key, left] of before.server.bindings) app.server.bindings.set(key, left);

    const [found] = await reconcile(app);
    await app.repair({ findingId: found?.findingId ?? '', workspaceUuid });

    expect((await app.bindings.find(repositoryUuid))?.projects).toMatchObject([{ projectKey }]);
    expect(await reconcile(app)).toEqual([]);
  });

  it('[B9] an uninstall with 500 bindings stays inside 100 calls, webhooks and token first', async () => {
    const app = await setUp();
    for (let count = 0; count < 500; count += 1) {
      const uuid = `99999999-0000-4000-8000-${String(count).padStart(12, '0')}`;
      const project = {
        connectionId,
        projectKey: `p${count}`,
        projectName: 'P',
        state: 'bound',
      } as const;
      const serverRecord = { slugs: ['shop'], isWritten: true };
      const binding = { repositoryUuid: uuid, sequence: 1 };
      await app.bindings.save({ ...binding, projects: [{ ...project, serverRecord }] }, undefined);
      const record = { recordKey: 'ours', repository: 'shop', isBitbucketCloud: true };
      app.server.bindings.set(project.projectKey, { ...record, isMonorepo: false });
    }
    app.server.calls.length = 0;

    await app.prepareUninstall();

    const { calls } = app.server;
    expect(calls.length).toBeLessThanOrEqual(100);
    expect(calls.indexOf('listWebhooks')).toBeLessThan(calls.indexOf('removeBinding'));
    expect(app.server.bindings.size).toBeLessThan(480);
    expect(app.store.dump()).not.toContain('token-of-the-connection');
  });

  it('[B9] names exactly one difference, and the repository before the project before the server', () => {
    const server = {
      recordKey: 'r',
      repository: 'shop',
      isBitbucketCloud: true,
      isMonorepo: false,
    };
    fc.assert(
      fc.property(
        fc.option(fc.constantFrom('shop', 'other'), { nil: undefined }),
        fc.boolean(),
        fc.boolean(),
        fc.constantFrom(undefined, 'notKept' as const, server),
        (slug, hasProject, isExposed, kept) => {
          const drift = findDrift({ slug, hasProject, isExposed, server: kept });
          const agrees = kept === 'notKept' || (kept !== undefined && slug === 'shop');
          const isRight = slug !== undefined && hasProject && !isExposed && agrees;
          expect(drift === undefined).toBe(isRight);
          if (drift !== undefined) expect(driftCodes).toContain(drift);
        },
      ),
    );
    expect(toPlace(toProjectSubject(place))).toEqual(place);
  });

  it('[B9] goes on where it was killed', async () => {
    const app = await setUp();
    await bind(app);
    app.server.bindings.clear();
    await app.changeOperation.start({ kind: 'reconcile', name: 'x', startedBy: 'olivia' });
    for (const at of [1, 2, 3, 4]) {
      app.store.failWrite(at);
      await app.runOperations().catch(() => undefined);
      app.store.failWrite(undefined);
      app.time.nowMs += 60_000;
      app.operationJobs.push({ operationId: 'reconcile:workspace', delaySeconds: 0 });
    }
    await app.runOperations();

    expect(codesOf((await app.findings.list({ limit: 10 })).items)).toEqual(['bindingOnlyHere']);
    expect((await app.operations.find('reconcile:workspace'))?.state).toBe('succeeded');
  });
});
