import {
  type RemoteError,
  RemoteForbiddenError,
  RemoteRateLimitedError,
  RemoteRejectedError,
  RemoteUnauthorizedError,
  RemoteUnavailableError,
} from '../../../../src/errors/remote-errors';
import { connectionId, workspaceUuid } from '../../../support/app/build-app-data';
import type { AppUnderTest } from '../../../support/app/set-up-app';
import {
  countsOf,
  everything,
  importAll,
  keyOf,
  listItems,
  makePlan,
  options,
  runQueue,
  setUpImport,
  start,
  uuidOf,
} from './import-world';

const operationId = `import:${connectionId}`;
const hourMs = 60 * 60_000;
const create = { service: 'sonarqube', operation: 'projects/create' } as const;

/** Ends each time when a write of the store fails, and goes on as the platform would with the next delivery. */
async function runThroughKill(app: AppUnderTest, write: number): Promise<boolean> {
  app.store.failWrite(write);
  let wasKilled = false;
  try {
    await runQueue(app);
  } catch {
    wasKilled = true;
  }
  app.store.failWrite(undefined);
  // The lease of a run that was killed ends by itself.
  app.time.nowMs += 61_000;
  await app.runOperation(operationId, workspaceUuid);
  await runQueue(app);
  return wasKilled;
}

describe('an import that is killed', () => {
  it('[M6] before any of its writes goes on, makes every project once and binds it', async () => {
    let kills = 0;
    for (let write = 1; ; write += 1) {
      const app = await setUpImport(3);
      const runId = await makePlan(app, { options: { parallel: 2 } });
      await start(app, runId);

      const wasKilled = await runThroughKill(app, write);

      expect(await countsOf(app, runId)).toMatchObject({ done: 3, pending: 0, working: 0 });
      expect(await app.changeOperation.view(operationId)).toMatchObject({ state: 'succeeded' });
      const made = app.server.calls.filter((call) => call === 'createProject');
      expect(made).toHaveLength(3);
      expect(app.server.made.size).toBe(3);
      for (const number of [0, 1, 2]) {
        expect((await app.bindings.find(uuidOf(number)))?.projects).toMatchObject([
          { projectKey: keyOf(number), state: 'bound', serverRecord: { isWritten: true } },
        ]);
      }
      if (!wasKilled) break;
      kills += 1;
    }
    expect(kills).toBeGreaterThan(20);
  });

  it('[M10] while it plans has the same plan in the end', async () => {
    for (let write = 1; write < 30; write += 1) {
      const app = await setUpImport(120);
      app.store.failWrite(write);
      const runId = await makePlan(app).catch(() => undefined);
      app.store.failWrite(undefined);
      app.time.nowMs += 61_000;
      const planned = runId ?? (await app.viewImports.runs())[0]?.runId;
      if (planned === undefined) continue;
      await app.runOperation(`planImport:${connectionId}`, workspaceUuid);
      await runQueue(app);

      const view = await app.viewImports.view(planned);
      // Before the message was taken nothing runs: the page offers to take the plan back.
      if (view.operation === undefined) continue;
      expect(view).toMatchObject({ state: 'ready', total: 120, notices: [] });
    }
  });
});

describe('an import over neighbours that fail', () => {
  it('[M5] takes fewer at once after a 429, waits as long as it is asked, and loses nothing', async () => {
    const app = await setUpImport(20);
    const runId = await makePlan(app, { options: { parallel: 8 } });
    await start(app, runId);
    let left = 3;
    app.server.before = (operation) => {
      if (operation !== 'createProject' || (left -= 1) !== 0) return;
      app.server.faults.set(
        'createProject',
        new RemoteRateLimitedError(create, 'status 429', { status: 429, retryAfterSeconds: 90 }),
      );
    };
    await runQueue(app, 1);
    const waiting = await app.changeOperation.view(operationId);
    const [job] = app.operationJobs;
    const slowed = await app.imports.findRun(runId);
    app.server.faults.clear();
    await runQueue(app);

    expect(waiting.message).toMatch(/asks to be called less often.*goes on by itself/);
    expect(job).toMatchObject({ delaySeconds: 90 });
    expect(slowed?.parallel).toBe(4);
    expect(await countsOf(app, runId)).toMatchObject({ done: 20 });
    expect(app.server.made.size).toBe(20);
  });

  it('[M5] never has more at once than its limit', async () => {
    const app = await setUpImport(40);
    let atOnce = 0;
    let most = 0;
    const access = { connection: { kind: 'sonarqube-server', url: '' }, token: '' } as const;
    const projects = app.server.openProjects(access);
    const createOne = projects.create.bind(projects);
    jest.spyOn(projects, 'create').mockImplementation(async (input) => {
      most = Math.max(most, (atOnce += 1));
      await new Promise(setImmediate);
      const outcome = await createOne(input);
      atOnce -= 1;
      return outcome;
    });

    await importAll(app, { options: { parallel: 3 } });

    expect(most).toBe(3);
    expect(app.server.made.size).toBe(40);
  });

  it('[M5] makes nothing twice when the server made a project and did not answer', async () => {
    const app = await setUpImport(1);
    const runId = await makePlan(app);
    await start(app, runId);
    app.server.before = (operation) => {
      if (operation === 'createProject')
        app.server.made.set(keyOf(0), { projectKey: keyOf(0), name: 'r', visibility: 'private' });
    };
    app.server.faults.set('createProject', new RemoteUnavailableError(create, 'no answer in time'));
    await runQueue(app, 1);
    const [item] = await listItems(app, runId);
    app.server.faults.clear();
    app.server.before = undefined;

    await runQueue(app);

    expect(item).toMatchObject({ state: 'working', step: 'creating' });
    expect(await listItems(app, runId)).toMatchObject([{ state: 'done', projectKey: keyOf(0) }]);
    expect(app.server.calls.filter((call) => call === 'createProject')).toHaveLength(1);
  });

  it('[M8] fails only the one whose project the token may not see, and says which right is missing', async () => {
    const app = await setUpImport(3);
    app.server.made.set(keyOf(1), { projectKey: keyOf(1), name: 'T', visibility: 'private' });
    const runId = await makePlan(app);
    await app.decideImport.all(runId, 'adopt');
    const call = { service: 'sonarqube', operation: 'components/show' } as const;
    app.server.faults.set('findMade', new RemoteForbiddenError(call, 'status 403'));

    await start(app, runId);
    await runQueue(app);

    const items = await listItems(app, runId);
    expect(items.map(({ state }) => state)).toEqual(['done', 'failed', 'done']);
    expect(items[1]).toMatchObject({ reason: 'noPermission' });
    expect(items[1]?.message).toMatch(/may not see the project "acme_repo-0001"/);
  });

  it('[M13] takes no public project for a private repository that somebody made while it was killed', async () => {
    const app = await setUpImport(1);
    const runId = await makePlan(app);
    await start(app, runId);
    app.server.faults.set('createProject', new RemoteUnavailableError(create, 'no answer'));
    await runQueue(app, 1);
    app.server.faults.clear();
    app.server.made.set(keyOf(0), { projectKey: keyOf(0), name: 'Theirs', visibility: 'public' });

    await runQueue(app);

    expect(await listItems(app, runId)).toMatchObject([
      { state: 'failed', reason: 'publicProject' },
    ]);
    expect(await app.bindings.find(uuidOf(0))).toBeUndefined();
  });

  it('[M9] waits longer each time a server is away, stops in the end, and goes on when it is resumed', async () => {
    const app = await setUpImport(2);
    const runId = await makePlan(app);
    app.server.faults.set('createProject', new RemoteUnavailableError(create, 'status 503'));
    await start(app, runId);
    const delays: number[] = [];
    for (let job = app.operationJobs[0]; job; job = app.operationJobs[0]) {
      await runQueue(app, 1);
      if (app.operationJobs[0]) delays.push(app.operationJobs[0].delaySeconds);
    }
    const stopped = await app.changeOperation.view(operationId);
    app.server.faults.clear();

    await app.changeOperation.resume(operationId);
    await runQueue(app);

    expect(delays).toEqual([5, 30, 120, 540, 540]);
    expect(stopped).toMatchObject({ state: 'failed' });
    expect(stopped.message).toMatch(/stopped\. The server was not asked.*Resume it/);
    expect(await countsOf(app, runId)).toMatchObject({ done: 2, failed: 0 });
  });

  it.each<[string, RemoteError, RegExp]>([
    [
      'the token is refused',
      new RemoteUnauthorizedError(create, 'status 401'),
      /refused the stored/,
    ],
    ['the token may not', new RemoteForbiddenError(create, 'status 403'), /"Create Projects"/],
  ])('[M9] stops at once when %s, and fails no item for it', async (_, error, message) => {
    const app = await setUpImport(9);
    const runId = await makePlan(app);
    app.server.faults.set('createProject', error);

    await start(app, runId);
    await runQueue(app);

    const view = await app.viewImports.view(runId);
    expect(view.operation?.message).toMatch(message);
    expect(view).toMatchObject({ state: 'importing', operation: { state: 'failed' } });
    expect(view.counts).toMatchObject({ failed: 0, done: 0 });
    app.server.faults.clear();
    await app.changeOperation.resume(operationId);
    await runQueue(app);
    expect(await countsOf(app, runId)).toMatchObject({ done: 9 });
    expect(app.server.made.size).toBe(9);
  });

  it('[M8] stops after ten refusals in a row, as their cause is a common one, and keeps the rest', async () => {
    const app = await setUpImport(40);
    const runId = await makePlan(app, { options: { parallel: 5 } });
    app.server.faults.set(
      'createProject',
      new RemoteRejectedError(create, 'status 400', {
        serverSentence: 'The limit of private projects is reached',
      }),
    );

    await start(app, runId);
    await runQueue(app);
    const stopped = await app.viewImports.view(runId);
    app.server.faults.clear();
    await app.changeOperation.resume(operationId);
    await runQueue(app);
    const ended = await app.viewImports.view(runId);
    await app.startImport.retry(runId, { accountId: 'olivia' });
    await runQueue(app);

    expect(stopped.counts).toMatchObject({ failed: 10, pending: 30 });
    expect(stopped.operation).toMatchObject({ state: 'failed' });
    expect(stopped.operation?.message).toMatch(/The limit of private projects is reached/);
    expect(ended).toMatchObject({ state: 'ended', outcome: 'completedWithErrors' });
    expect(ended.counts).toMatchObject({ failed: 10, done: 30 });
    expect(await app.viewImports.view(runId)).toMatchObject({
      outcome: 'completed',
      counts: { done: 40, failed: 0 },
    });
  });

  it('[Q1] of 2,000 repositories stays within the calls of the hour, leaves people theirs, and loses nothing', async () => {
    const app = await setUpImport(2_000);
    const at: number[] = [];
    app.server.before = () => void at.push(app.time.nowMs);
    const runId = await makePlan(app);
    await start(app, runId);
    let waits = 0;
    while (app.operationJobs.length > 0) {
      await runQueue(app, 1);
      const { message } = await app.changeOperation.view(operationId);
      if (!/waits for free calls/.test(message)) continue;
      waits += 1;
      expect(
        await app.budget.admit([{ credential: connectionId, calls: 1 }], false),
      ).toBeUndefined();
    }

    expect(await countsOf(app, runId)).toMatchObject({ done: 2_000, failed: 0 });
    expect(app.server.made.size).toBe(2_000);
    expect(waits).toBeGreaterThan(0);
    const inHour = at.map((end) => at.filter((each) => each > end - hourMs && each <= end).length);
    // Of the 3,240 that a server is asked for at most in an hour, people have the rest.
    expect(Math.max(...inHour)).toBeLessThanOrEqual(0.6 * 3_240 + 100);
  });

  it('[M10] waits for Bitbucket while it plans', async () => {
    const app = await setUpImport(10);
    const call = { service: 'bitbucket', operation: 'listRepositories' } as const;
    app.bitbucket.fault = new RemoteRateLimitedError(call, 'status 429', { status: 429 });
    const { runId } = await app.planImport({
      connectionId,
      selection: everything,
      options,
      accountId: 'olivia',
    });
    await runQueue(app, 1);
    const waiting = await app.viewImports.view(runId);
    app.bitbucket.fault = undefined;
    await runQueue(app);

    expect(waiting.operation?.message).toMatch(/Bitbucket was not asked/);
    expect(await app.viewImports.view(runId)).toMatchObject({ state: 'ready', total: 10 });
  });

  it('[I6] says why the plan of the server is not known', async () => {
    const app = await setUpImport(1);
    const call = { service: 'sonarqube', operation: 'projects/license_usage' } as const;
    app.server.faults.set(
      'readUsage',
      new RemoteUnavailableError(call, 'status 500', { status: 500 }),
    );

    const { usage } = await app.viewImports.view(await makePlan(app));

    expect(usage).toMatchObject({
      problem: 'The server was not asked. It answered with status 500.',
    });
    expect(usage?.lines).toBeUndefined();
  });

  it('[M8] goes on without the record that the server refuses, and says so', async () => {
    const app = await setUpImport(2);
    const call = { service: 'sonarqube', operation: 'alm_settings/x' } as const;
    app.server.faults.set('writeBinding', new RemoteForbiddenError(call, 'status 403'));

    const runId = await importAll(app);

    expect(await listItems(app, runId)).toMatchObject([
      { state: 'done', warning: expect.stringMatching(/keeps no record/) as string },
      { state: 'done' },
    ]);
  });
});
