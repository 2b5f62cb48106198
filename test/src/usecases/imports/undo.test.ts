import { connectionId, workspaceUuid } from '../../../support/app/build-app-data';
import type { AppUnderTest } from '../../../support/app/set-up-app';
import {
  importAll,
  keyOf,
  listItems,
  makePlan,
  runQueue,
  setUpImport,
  start,
  uuidOf,
} from './import-world';

const operationId = `undoImport:${connectionId}`;
const undo = (app: AppUnderTest, runId: string) =>
  app.startImport.undo(runId, { accountId: 'olivia' });
const bindings = async (app: AppUnderTest) => (await app.bindings.list({ limit: 100 })).items;

describe('taking an import back', () => {
  it('[M9] unbinds what it bound, here and on the server, and leaves the projects there', async () => {
    const app = await setUpImport(90);
    const runId = await importAll(app);

    await undo(app, runId);
    const mostCalls = await runQueue(app);

    expect(await bindings(app)).toEqual([]);
    expect(app.server.bindings.size).toBe(0);
    expect(app.server.made.size).toBe(90);
    expect(mostCalls).toBeLessThanOrEqual(100);
    const items = await listItems(app, runId);
    expect(items.every(({ reason }) => reason === 'takenBack')).toBe(true);
    expect(await app.changeOperation.view(operationId)).toMatchObject({
      ...{ state: 'succeeded', total: 90, done: 90 },
    });
  });

  it('[M9] leaves alone what was there before and what somebody bound since', async () => {
    const app = await setUpImport(3);
    const runId = await importAll(app);
    const [again, second] = [uuidOf(0), uuidOf(1)];
    await app.unbindEverywhere({ connectionId, projectKey: keyOf(0), repositoryUuid: again });
    await app.bindProject({ connectionId, projectKey: keyOf(0), repositoryUuid: again });
    await app.bindProject({ connectionId, projectKey: 'second', repositoryUuid: second });

    await undo(app, runId);
    await runQueue(app);

    const left = (await bindings(app)).flatMap(({ repositoryUuid, projects }) =>
      projects.map(({ projectKey }) => [repositoryUuid, projectKey]),
    );
    expect(left.sort()).toEqual([
      [again, keyOf(0)],
      [second, 'second'],
    ]);
    expect((await listItems(app, runId))[0]).toMatchObject({
      ...{ state: 'done', warning: 'It was bound again since, and is left as it is.' },
    });
    expect((await app.changeOperation.view(operationId)).message).toMatch(/1 are left as they are/);
  });

  it('[M9] goes on after a kill before any of its writes', async () => {
    for (let write = 1, wasKilled = true; wasKilled; write += 1) {
      const app = await setUpImport(2);
      const runId = await importAll(app);
      await undo(app, runId);
      app.store.failWrite(write);
      wasKilled = await runQueue(app).then(
        () => false,
        () => true,
      );
      app.store.failWrite(undefined);
      app.time.nowMs += 61_000;
      await app.runOperation(operationId, workspaceUuid);
      await runQueue(app);

      expect(await bindings(app)).toEqual([]);
      expect((await app.viewImports.view(runId)).counts).toMatchObject({ skipped: 2, done: 0 });
    }
  });

  it('[M9] can be imported again with the projects that stayed', async () => {
    const app = await setUpImport(2);
    const runId = await importAll(app);
    await undo(app, runId);
    await runQueue(app);

    for (const number of [0, 1]) {
      await app.decideImport.one(runId, {
        ...{ page: 0, repositoryUuid: uuidOf(number), decision: { kind: 'adopt' } },
      });
    }
    await start(app, runId);
    await runQueue(app);

    expect((await app.viewImports.view(runId)).counts).toMatchObject({ done: 2 });
    expect(app.server.made.size).toBe(2);
    expect(await bindings(app)).toHaveLength(2);
  });

  it('[M9] is refused while the import is at work, and an import while it is taken back', async () => {
    const app = await setUpImport(40);
    const runId = await makePlan(app);
    await start(app, runId);
    await runQueue(app, 1);
    await expect(undo(app, runId)).rejects.toThrow(/at work/);
    await runQueue(app);

    await undo(app, runId);

    await expect(makePlan(app)).rejects.toThrow(/at work/);
    await expect(start(app, runId)).rejects.toThrow(/Nothing of this plan|at work/);
  });
});
