import fc from 'fast-check';
import { RemoteUnavailableError } from '../../../../src/errors/remote-errors';
import {
  connectionId,
  repositoryUuid,
  startMs,
  workspaceUuid,
} from '../../../support/app/build-app-data';
import { setUpApp, type AppUnderTest } from '../../../support/app/set-up-app';

const accountId = 'olivia';

async function setUpBound(repositories: number) {
  const app = await setUpApp();
  for (let count = 1; count < repositories; count += 1) {
    const uuid = `99999999-0000-4000-8000-${String(count).padStart(12, '0')}`;
    await app.bindProject({ connectionId, projectKey: `p${count}`, repositoryUuid: uuid });
  }
  return app;
}

const start = (app: AppUnderTest) =>
  app.startDisconnect({ connectionId, typedName: 'Cloud', accountId });

/** Nothing of the connection is left anywhere. */
async function expectGone(app: AppUnderTest): Promise<void> {
  expect(await app.connections.list()).toEqual([]);
  expect(await app.secrets.findToken(connectionId)).toBeUndefined();
  expect(app.server.webhooks).toEqual([]);
  expect((await app.bindings.listAllClaims({ limit: 100 })).items).toEqual([]);
  expect(app.store.dump()).not.toContain('"entity binding');
}

describe('disconnecting', () => {
  it('[B9] unbinds every repository in the queue, then takes webhook, token and record away', async () => {
    const app = await setUpBound(120);
    const { after } = await start(app);

    await app.runOperations();

    expect(await app.changeOperation.view(after.operationId)).toMatchObject({
      state: 'succeeded',
      total: 120,
      done: 120,
      failed: 0,
    });
    await expectGone(app);
  });

  it('[B9] asks for each next stretch when the one before has let go of it, so that none waits for the other', async () => {
    const app = await setUpBound(60);
    const { after } = await start(app);
    const push = app.operationQueue.push.bind(app.operationQueue);
    const free: boolean[] = [];
    app.operationQueue.push = async (operationId, delaySeconds) => {
      const lease = `operation:${operationId}`;
      const { isClaimed } = await app.leases.claim(lease, 'somebody', 1_000);
      free.push(isClaimed);
      if (isClaimed) await app.leases.release(lease, 'somebody');
      return push(operationId, delaySeconds);
    };

    await app.runOperations();

    expect(free.length).toBeGreaterThan(0);
    expect(new Set(free)).toEqual(new Set([true]));
    expect(await app.changeOperation.view(after.operationId)).toMatchObject({ done: 60 });
  });

  it('[B5] says before what it touches', async () => {
    const app = await setUpBound(7);

    const impact = await app.previewDisconnect({ connectionId, workspaceUuid });

    expect(impact).toMatchObject({ projects: 7, isMore: false, hasWebhook: true });
    expect(impact.sample).toHaveLength(5);
  });

  it('[B5] does what it said before, whatever is bound', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 40 }), async (repositories) => {
        const app = await setUpBound(repositories);
        const impact = await app.previewDisconnect({ connectionId, workspaceUuid });
        const { after } = await start(app);
        await app.runOperations();
        const { done, failed } = await app.changeOperation.view(after.operationId);
        expect([done, failed]).toEqual([impact.projects, 0]);
      }),
      { numRuns: 50 },
    );
  });

  it('[B5] needs the name to be typed', async () => {
    const app = await setUpBound(1);

    const refused = app.startDisconnect({ connectionId, typedName: 'cloud', accountId });

    await expect(refused).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    expect(app.operationJobs).toEqual([]);
  });

  it('[B9] lets nobody bind through it, also one who is in the middle of it', async () => {
    const app = await setUpBound(1);
    const other = '99999999-0000-4000-8000-000000000000';
    app.server.before = (operation) => {
      if (operation !== 'findProject') return;
      app.server.before = undefined;
      app.store.beforeNextWrite(async () => {
        await start(app);
        const [job] = app.operationJobs.splice(0);
        await app.runOperation(job?.operationId ?? '', workspaceUuid);
      });
    };

    const late = app.bindProject({ connectionId, projectKey: 'late', repositoryUuid: other });

    await expect(late).rejects.toMatchObject({ code: 'CONFLICT' });
    await app.runOperations();
    await expectGone(app);
    await expect(
      app.bindProject({ connectionId, projectKey: 'later', repositoryUuid: other }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('[B9] shows two administrators the same operation', async () => {
    const app = await setUpBound(2);

    const [first, second] = await Promise.allSettled([start(app), start(app)]);
    const third = await start(app);

    expect([first.status, second.status].sort()).toContain('fulfilled');
    expect(third.after.state).toBe('running');
    await app.runOperations();
    await expectGone(app);
  });

  it('[B9] can be cancelled, and resumed', async () => {
    const app = await setUpBound(60);
    const { after } = await start(app);
    let unbound = 0;
    app.store.beforeNextWrite(async () => {
      unbound += 1;
      await Promise.resolve();
    });
    const cancelled = await app.changeOperation.cancel(after.operationId);
    await app.runOperations();

    expect(cancelled.after.state).toBe('cancelled');
    expect((await app.connections.find(connectionId))?.state).toBe('active');
    expect((await app.bindings.listAllClaims({ limit: 100 })).items).toHaveLength(60);

    await app.changeOperation.resume(after.operationId);
    await app.runOperations();
    await expectGone(app);
    expect(unbound).toBeLessThanOrEqual(1);
  });

  it('[B9] lets the connection be used again when a cancel comes right before its first mark', async () => {
    const app = await setUpBound(2);
    const { after } = await start(app);
    app.operationJobs.length = 0;
    // The lease is the first write; the mark of the connection comes next.
    const running = app.runOperation(after.operationId, workspaceUuid);
    app.store.beforeNextWrite(async () => {
      await app.changeOperation.cancel(after.operationId);
    });
    await running;

    expect((await app.connections.find(connectionId))?.state).toBe('active');
  });

  it('[B9] goes on after a lost message', async () => {
    const app = await setUpBound(3);
    await start(app);
    app.operationJobs.length = 0;

    await app.wakeOperations();
    expect(app.operationJobs).toEqual([]);
    app.time.nowMs += 10 * 60_000;
    await app.wakeOperations();
    await app.runOperations();

    await expectGone(app);
  });

  it('[B9] does not end while a listing lags behind', async () => {
    const app = await setUpBound(3);
    const list = app.bindings.listClaims.bind(app.bindings);
    let looks = 0;
    // The count and the first look see nothing yet.
    app.bindings.listClaims = (id, page) => {
      looks += 1;
      return looks <= 2 ? Promise.resolve({ items: [] }) : list(id, page);
    };
    await start(app);

    await app.runOperations();

    await expectGone(app);
  });

  it('[B9] records how far it is before the platform would kill it, however slow a server is', async () => {
    const app = await setUpBound(10);
    const { after } = await start(app);
    const find = app.bindings.find.bind(app.bindings);
    app.bindings.find = (uuid) => {
      app.time.nowMs += 1_000;
      return find(uuid);
    };
    const startedMs = app.time.nowMs;
    app.operationJobs.length = 0;

    await app.runOperation(after.operationId, workspaceUuid);

    expect(app.time.nowMs - startedMs).toBeLessThan(55_000);
    expect((await app.operations.find(after.operationId))?.done).toBeGreaterThan(0);
    expect(app.operationJobs).toHaveLength(1);
  });

  it('[B9] is done by one run at a time', async () => {
    const app = await setUpBound(3);
    const { after } = await start(app);
    await app.leases.claim(`operation:${after.operationId}`, 'somebody', 60_000);

    const outcome = await app.runOperation(after.operationId, workspaceUuid);

    expect(outcome).toEqual({ kind: 'retry', afterSeconds: 60 });
  });

  it('[B9] ends also when the server does not answer any more', async () => {
    const app = await setUpBound(2);
    const call = { service: 'sonarqube', operation: 'x' } as const;
    app.server.faults.set('*', new RemoteUnavailableError(call, 'no answer'));
    await start(app);

    await app.runOperations();

    expect(await app.connections.list()).toEqual([]);
  });

  it('[B9] goes on after a kill at any write, and leaves nothing', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 6 }),
        fc.array(fc.integer({ min: 1, max: 25 }), { maxLength: 6 }),
        async (repositories, kills) => {
          const app = await setUpBound(repositories);
          const { after } = await start(app);
          for (const place of kills) {
            app.store.failWrite(place);
            await app.runOperations().catch(() => undefined);
            app.store.failWrite(undefined);
            // The platform delivers the message again; the lease of who was killed has ended by then.
            app.time.nowMs += 60_000;
            app.operationJobs.push({ operationId: after.operationId, delaySeconds: 0 });
          }
          await app.runOperations();
          await expectGone(app);
          expect((await app.operations.find(after.operationId))?.state).toBe('succeeded');
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('a deleted repository', () => {
  it('[O6] [B9] is unbound from everything', async () => {
    const app = await setUpBound(2);

    await app.forgetRepository(`{${repositoryUuid.toUpperCase()}}`);
    await app.forgetRepository(repositoryUuid);

    expect(await app.bindings.find(repositoryUuid)).toBeUndefined();
    expect((await app.bindings.listClaims(connectionId, { limit: 10 })).items).toHaveLength(1);
    expect(app.time.nowMs).toBe(startMs);
  });
});
