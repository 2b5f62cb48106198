import { connectionId, workspaceUuid } from '../../../support/app/build-app-data';
import {
  buildListed,
  countsOf,
  keyOf,
  listItems,
  makePlan,
  runQueue,
  setUpImport,
  start,
} from './import-world';

const operationId = `import:${connectionId}`;

describe('what changed between the plan and the import', () => {
  it('[M11] is seen when the plan is old: renamed, made private, deleted', async () => {
    const app = await setUpImport(0);
    app.bitbucket.listed = [buildListed(0), buildListed(1, { isPrivate: false }), buildListed(2)];
    const runId = await makePlan(app, { options: { publicStaysPublic: true } });
    app.time.nowMs += 11 * 60_000;
    app.bitbucket.listed = [buildListed(0, { name: 'New', slug: 'new' }), buildListed(1)];

    await start(app, runId);
    await runQueue(app);

    expect(await listItems(app, runId)).toMatchObject([
      { state: 'done', name: 'New', projectKey: keyOf(0) },
      { state: 'done' },
      { state: 'failed', reason: 'repositoryGone' },
    ]);
    expect(app.server.made.get(keyOf(1))?.visibility).toBe('private');
    expect(app.server.bindings.get(keyOf(0))?.repository).toBe('new');
    expect(await app.viewImports.view(runId)).toMatchObject({ outcome: 'completedWithErrors' });
  });
});

describe('stopping an import', () => {
  it('[B9] whose connection is being disconnected stops by itself, and a cancel gives the connection to nobody', async () => {
    const app = await setUpImport(40);
    const runId = await makePlan(app);
    await start(app, runId);
    await runQueue(app, 1);
    await app.startDisconnect({ connectionId, typedName: 'Cloud', accountId: 'olivia' });
    await app.runOperation(`disconnect:${connectionId}`, workspaceUuid);
    await app.changeOperation.cancel(operationId);
    const marked = await app.connections.find(connectionId);

    await runQueue(app);

    expect(marked?.state).not.toBe('active');
    expect(await app.connections.find(connectionId)).toBeUndefined();
    expect((await app.bindings.list({ limit: 100 })).items).toEqual([]);
    expect(app.server.bindings.size).toBe(0);
  });

  it('[M9] stops before the next items, keeps what is bound, and goes on where it was', async () => {
    const app = await setUpImport(60);
    const runId = await makePlan(app);
    await start(app, runId);
    let made = 0;
    app.server.before = (operation) => {
      if (operation !== 'createProject' || (made += 1) !== 9) return;
      void app.changeOperation.cancel(operationId);
    };
    await runQueue(app);
    app.server.before = undefined;
    await app.changeOperation.cancel(operationId);
    const cancelled = await app.viewImports.view(runId);

    await app.changeOperation.resume(operationId);
    await runQueue(app);

    expect(cancelled).toMatchObject({ state: 'importing', operation: { state: 'cancelled' } });
    // What was under way in each lane ends; nothing else is begun.
    expect(cancelled.counts.done).toBe(12);
    expect(cancelled.counts.pending).toBe(48);
    expect(await countsOf(app, runId)).toMatchObject({ done: 60 });
    expect(app.server.calls.filter((call) => call === 'createProject')).toHaveLength(60);
  });
});
