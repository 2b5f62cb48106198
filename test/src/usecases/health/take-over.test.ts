import {
  RemoteRateLimitedError,
  RemoteUnavailableError,
} from '../../../../src/errors/remote-errors';
import { connectionId, repositoryUuid, workspaceUuid } from '../../../support/app/build-app-data';
import { setUpApp, type AppUnderTest } from '../../../support/app/set-up-app';

const call = { service: 'sonarqube', operation: 'alm_settings/x' } as const;
const operationId = 'takeOver:workspace';
const uuidOf = (number: number) => `99999999-0000-4000-8000-${String(number).padStart(12, '0')}`;

/** A commercial Server that says of some projects that they belong to repositories of this workspace. */
async function setUp(count: number) {
  const app = await setUpApp();
  const current = await app.connections.find(connectionId);
  if (!current) throw new Error('There is no connection.');
  const capabilities = { pullRequests: true, devOpsPlatforms: true, projectBindings: true };
  const server = { ...current, kind: 'sonarqube-server', organizationKey: undefined } as const;
  await app.connections.replace({ ...server, capabilities, sequence: 2 }, 1);
  app.server.records = [
    { kind: 'bitbucket-cloud', key: 'ours', workspace: 'acme', clientId: 'c' },
    { kind: 'bitbucket-cloud', key: 'theirs', workspace: 'other', clientId: 'c' },
  ];
  for (let number = 0; number < count; number += 1) leave(app, number);
  return app;
}

function leave(app: AppUnderTest, number: number, part: { recordKey?: string } = {}) {
  const slug = `shop-${number}`;
  const { bitbucketProjectUuid } = app.bitbucket.repository ?? {};
  if (bitbucketProjectUuid === undefined) throw new Error('There is no repository.');
  const repository = { repositoryUuid: uuidOf(number), name: slug, slug, bitbucketProjectUuid };
  app.bitbucket.others.set(slug, repository);
  app.server.bindings.set(`p${number}`, {
    recordKey: 'ours',
    repository: slug,
    isBitbucketCloud: true,
    isMonorepo: false,
    ...part,
  });
}

const start = (app: AppUnderTest) =>
  app.changeOperation.start({ kind: 'takeOver', name: 'the workspace', startedBy: 'olivia' });

/** Runs it to its end; the greatest number of calls that a stretch made to the server and to Bitbucket. */
async function runStretches(app: AppUnderTest, most = Infinity): Promise<number> {
  let mostCalls = 0;
  for (let stretch = 0; stretch < most && app.operationJobs.length > 0; stretch += 1) {
    app.operationJobs.length = 0;
    const before = app.server.calls.length + app.bitbucket.counts.all;
    await app.runOperation(operationId, workspaceUuid);
    mostCalls = Math.max(mostCalls, app.server.calls.length + app.bitbucket.counts.all - before);
  }
  return mostCalls;
}

describe('taking over what only the servers know', () => {
  it('[B9] binds all of 470 that an uninstall left, in stretches within the calls of the platform', async () => {
    const app = await setUp(470);

    await start(app);
    const mostCalls = await runStretches(app);

    const view = await app.changeOperation.view(operationId);
    expect(view).toMatchObject({ state: 'succeeded', done: 470, failed: 0 });
    expect(view.message).toMatch(/470 projects were bound/);
    expect(mostCalls).toBeLessThanOrEqual(100);
    for (const number of [0, 235, 469]) {
      expect((await app.bindings.find(uuidOf(number)))?.projects).toMatchObject([
        { projectKey: `p${number}`, state: 'bound' },
      ]);
    }
  });

  it('[B9] leaves other workspaces alone, and binds nothing the second time', async () => {
    const app = await setUp(2);
    leave(app, 2, { recordKey: 'theirs' });
    await start(app);
    await runStretches(app);
    const first = await app.changeOperation.view(operationId);

    await start(app);
    await runStretches(app);

    expect(first).toMatchObject({ state: 'succeeded', done: 2 });
    expect(await app.bindings.find(uuidOf(2))).toBeUndefined();
    expect((await app.changeOperation.view(operationId)).message).toMatch(/nothing to bind/);
  });

  it('[B9] says what could not be bound and why, and binds the rest', async () => {
    const app = await setUp(3);
    const monorepo = app.server.bindings.get('p1');
    if (monorepo) app.server.bindings.set('p1', { ...monorepo, isMonorepo: true });

    await start(app);
    await runStretches(app);

    const view = await app.changeOperation.view(operationId);
    expect(view).toMatchObject({ state: 'failed', done: 2, failed: 1 });
    expect(view.message).toMatch(/"p1" is one of several projects of shop-1.*with its folder/);
    expect(await app.bindings.find(uuidOf(1))).toBeUndefined();
    expect((await app.findings.list({ limit: 10 })).items).toMatchObject([
      { code: 'bindingOnlyOnServer', subject: { name: 'p1 in shop-1' } },
    ]);
  });

  it('[B9] stops at a cancel and keeps what is bound; it goes on where it was', async () => {
    const app = await setUp(60);
    await start(app);
    await runStretches(app, 1);
    await app.changeOperation.cancel(operationId);
    await runStretches(app);
    const cancelled = await app.changeOperation.view(operationId);
    const bound = (await app.bindings.list({ limit: 100 })).items.length;

    await app.changeOperation.resume(operationId);
    await runStretches(app);

    expect(cancelled).toMatchObject({ state: 'cancelled', done: 25 });
    expect(bound).toBe(26);
    expect(await app.changeOperation.view(operationId)).toMatchObject({
      state: 'succeeded',
      done: 60,
    });
  });

  it('[B9] says that a server did not answer, and can be resumed', async () => {
    const app = await setUp(3);
    app.server.faults.set('listBindings', new RemoteUnavailableError(call, 'no answer'));
    await start(app);
    await runStretches(app);
    const stopped = await app.changeOperation.view(operationId);
    app.server.faults.clear();

    await app.changeOperation.resume(operationId);
    await runStretches(app);

    expect(stopped).toMatchObject({ state: 'failed', done: 0 });
    expect(await app.changeOperation.view(operationId)).toMatchObject({
      state: 'succeeded',
      done: 3,
    });
  });

  it('[B9] waits as long as a server asks for, and goes on by itself where it was', async () => {
    const app = await setUp(3);
    let asked = 0;
    app.server.before = (operation) => {
      asked += operation === 'findProject' ? 1 : 0;
      if (asked === 2) {
        const details = { retryAfterSeconds: 77 };
        app.server.faults.set('*', new RemoteRateLimitedError(call, 'status 429', details));
      }
    };
    await start(app);
    await runStretches(app, 1);
    const waiting = await app.changeOperation.view(operationId);
    const job = app.operationJobs[0];
    app.server.before = undefined;
    app.server.faults.clear();
    await runStretches(app);

    expect(waiting).toMatchObject({ state: 'running', done: 1 });
    expect(waiting.message).toMatch(/waits for free calls/);
    expect(job).toEqual({ operationId, delaySeconds: 77 });
    expect(await app.changeOperation.view(operationId)).toMatchObject({
      state: 'succeeded',
      done: 3,
      failed: 0,
    });
  });

  it('[Q1] [B9] leaves the calls of the hour to people, says that it waits, and goes on', async () => {
    const app = await setUp(3);
    await app.budget.admit([{ credential: 'bitbucket', calls: 530 }], true);
    app.bitbucket.counts.all = 0;
    await start(app);
    await runStretches(app, 1);
    const waiting = await app.changeOperation.view(operationId);
    const called = app.bitbucket.counts.all;
    app.time.nowMs += 66 * 60_000;
    await runStretches(app);

    expect([waiting.state, called]).toEqual(['running', 0]);
    expect(waiting.message).toMatch(/waits for free calls/);
    expect(await app.changeOperation.view(operationId)).toMatchObject({
      state: 'succeeded',
      done: 3,
    });
  });

  it('[Q1] binds 2,000 repositories within the calls of each hour and loses none', async () => {
    const app = await setUp(2_000);
    const made: { readonly atMs: number; readonly calls: number }[] = [];
    await start(app);
    while (app.operationJobs.length > 0) {
      const delaySeconds = Math.max(...app.operationJobs.map((job) => job.delaySeconds));
      app.operationJobs.length = 0;
      app.time.nowMs += (delaySeconds + 1) * 1000;
      const before = app.bitbucket.counts.all;
      await app.runOperation(operationId, workspaceUuid);
      made.push({ atMs: app.time.nowMs, calls: app.bitbucket.counts.all - before });
    }

    expect(await app.changeOperation.view(operationId)).toMatchObject({
      state: 'succeeded',
      done: 2_000,
      failed: 0,
    });
    // Of any hour, Bitbucket gives 1,000; what nobody waits for has six tenths of the 900 that are planned for.
    const hours = made.map(({ atMs }) =>
      made
        .filter((each) => each.atMs >= atMs && each.atMs < atMs + 3_600_000)
        .reduce((sum, { calls }) => sum + calls, 0),
    );
    expect(Math.max(...hours)).toBeLessThanOrEqual(540);
  });

  it('[B9] keeps each stretch short where a server takes two seconds for each answer, and ends', async () => {
    const app = await setUp(60);
    app.server.before = () => {
      app.time.nowMs += 2_000;
    };
    await start(app);
    let longestMs = 0;
    while (app.operationJobs.length > 0) {
      const before = app.time.nowMs;
      await runStretches(app, 1);
      longestMs = Math.max(longestMs, app.time.nowMs - before);
    }

    expect(longestMs).toBeLessThan(40_000);
    expect(await app.changeOperation.view(operationId)).toMatchObject({
      state: 'succeeded',
      done: 60,
    });
  });

  it('[Q1] closes the circuit when Bitbucket does not answer, and opens it when it does again', async () => {
    const app = await setUp(1);
    app.bitbucket.fault = new RemoteRateLimitedError(
      { service: 'bitbucket', operation: 'getWorkspace' },
      'status 429',
    );
    const stateOfBitbucket = async () => (await app.viewLimits())[0]?.state;
    await start(app);
    await runStretches(app, 1);
    const refused = await stateOfBitbucket();
    app.bitbucket.fault = undefined;
    app.time.nowMs += 10 * 60_000;
    await runStretches(app);

    expect([refused, await stateOfBitbucket()]).toEqual(['closed', 'free']);
    expect(await app.changeOperation.view(operationId)).toMatchObject({ state: 'succeeded' });
  });

  it('[B9] has what it took over taken back from the server at an unbind', async () => {
    const app = await setUp(1);
    await start(app);
    await runStretches(app);

    await app.unbindEverywhere({ repositoryUuid: uuidOf(0), connectionId, projectKey: 'p0' });

    expect(app.server.bindings.size).toBe(0);
  });

  it('[B9] killed at any of its writes, it binds each once when it comes again', async () => {
    for (let at = 1; at <= 24; at += 1) {
      const app = await setUp(2);
      await start(app);
      app.store.failWrite(at);
      await runStretches(app).catch(() => undefined);
      app.store.failWrite(undefined);
      app.time.nowMs += 60_000;
      app.operationJobs.push({ operationId, delaySeconds: 0 });
      await runStretches(app);

      const { items } = await app.bindings.list({ limit: 10 });
      const ours = items.filter((each) => each.repositoryUuid !== repositoryUuid);
      expect(ours.map(({ projects }) => projects.map(({ projectKey }) => projectKey))).toEqual([
        ['p0'],
        ['p1'],
      ]);
      expect((await app.operations.find(operationId))?.state).toBe('succeeded');
    }
  });
});
