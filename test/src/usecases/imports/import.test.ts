import { connectionId } from '../../../support/app/build-app-data';
import { estimateUsage } from '../../../../src/domain/import/estimate-usage';
import {
  buildListed,
  countCalls,
  everything,
  importAll,
  keyOf,
  listItems,
  makePlan,
  options,
  runQueue,
  setUpImport,
  slugOf,
  start,
  uuidOf,
} from './import-world';

describe('importing many repositories', () => {
  it('[M6] [M10] makes projects, binds them and has the server keep a record, all in the queue', async () => {
    const app = await setUpImport(120);

    const runId = await importAll(app);

    const view = await app.viewImports.view(runId);
    expect(view).toMatchObject({ state: 'ended', outcome: 'completed', total: 120 });
    expect(view.counts).toEqual({
      ...{ pending: 0, working: 0, done: 120, skipped: 0, conflict: 0, failed: 0 },
    });
    expect(app.server.made.size).toBe(120);
    expect(app.server.made.get(keyOf(7))).toMatchObject({
      ...{ name: slugOf(7), visibility: 'private', mainBranch: 'main' },
    });
    expect(app.server.bindings.get(keyOf(119))).toMatchObject({
      ...{ recordKey: 'ours', repository: slugOf(119), isMonorepo: false },
    });
    expect((await app.bindings.find(uuidOf(64)))?.projects).toMatchObject([
      { projectKey: keyOf(64), state: 'bound', serverRecord: { isWritten: true } },
    ]);
  });

  it('[M6] stays within its calls: 1.05 for each page and write, and 100 in a stretch', async () => {
    const app = await setUpImport(1_000);
    const before = countCalls(app);

    const runId = await makePlan(app);
    await start(app, runId);
    const mostCalls = await runQueue(app);

    const calls = countCalls(app) - before;
    expect((await app.viewImports.view(runId)).counts.done).toBe(1_000);
    expect(calls).toBeLessThanOrEqual(1.05 * (1_000 / 100 + 2 * 1_000));
    expect(mostCalls).toBeLessThanOrEqual(100);
    expect(app.server.calls.filter((call) => call === 'createProject')).toHaveLength(1_000);
  });

  it('[M10] plans without changing anything outside', async () => {
    const app = await setUpImport(60);

    const runId = await makePlan(app);

    expect(app.server.calls).not.toContain('createProject');
    expect(app.server.calls).not.toContain('writeBinding');
    expect((await app.bindings.list({ limit: 10 })).items).toEqual([]);
    expect(await app.viewImports.view(runId)).toMatchObject({
      state: 'ready',
      counts: { pending: 60 },
    });
  });

  it('[M11] passes over what is bound and says to what, and finds nothing to do the second time', async () => {
    const app = await setUpImport(3);
    await importAll(app);

    const runId = await makePlan(app);

    const items = await listItems(app, runId);
    expect(items).toMatchObject([
      { state: 'skipped', reason: 'alreadyBound', message: `Bound to ${keyOf(0)}.` },
      { state: 'skipped' },
      { state: 'skipped' },
    ]);
    await expect(start(app, runId)).rejects.toThrow(/Nothing of this plan/);
    expect(app.server.made.size).toBe(3);
  });

  it('[M11] makes nothing for a repository that somebody bound after the plan', async () => {
    const app = await setUpImport(2);
    const runId = await makePlan(app);
    await app.bindProject({ connectionId, projectKey: 'by_hand', repositoryUuid: uuidOf(1) });

    await start(app, runId);
    await runQueue(app);

    expect(await listItems(app, runId)).toMatchObject([
      { state: 'done' },
      { state: 'skipped', reason: 'alreadyBound', message: 'Bound to by_hand meanwhile.' },
    ]);
    expect([...app.server.made.keys()]).toEqual([keyOf(0)]);
  });

  it('[M11] lets one of two administrators plan, and tells the other', async () => {
    const app = await setUpImport(5);
    const plan = (accountId: string) =>
      app.planImport({ connectionId, selection: everything, options, accountId });

    const outcomes = await Promise.allSettled([plan('olivia'), plan('otto')]);

    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await runQueue(app);
    expect(await app.viewImports.runs()).toMatchObject([{ state: 'ready', total: 5 }]);
  });

  it('[M11] is refused while another import of the connection is at work', async () => {
    const app = await setUpImport(2);
    const runId = await makePlan(app);
    await start(app, runId);

    await expect(makePlan(app)).rejects.toThrow(/at work already/);
    await runQueue(app);

    expect(await app.viewImports.runs()).toMatchObject([{ runId, state: 'ended' }]);
  });

  it('[M6] is found by its work when a listing does not show it yet', async () => {
    const app = await setUpImport(2);
    const runId = await makePlan(app);
    app.imports.listRuns = () => Promise.resolve([]);

    expect(await app.viewImports.runs()).toMatchObject([{ runId, state: 'ready' }]);
  });

  it('[M2] imports all that match but those that were unticked', async () => {
    const app = await setUpImport(1_234);
    const except = [uuidOf(3), uuidOf(500), uuidOf(1_233)];

    const runId = await makePlan(app, { selection: { kind: 'matching', query: '', except } });

    const view = await app.viewImports.view(runId);
    expect(view).toMatchObject({ total: 1_231, notices: [] });
    const uuids = (await listItems(app, runId)).map(({ repositoryUuid }) => repositoryUuid);
    expect(new Set(uuids).size).toBe(1_231);
    expect(uuids).not.toContain(uuidOf(500));
    expect(app.bitbucket.counts.all).toBe(13 + 1);
  });

  it('[M2] imports those that were ticked one by one, and says which are gone', async () => {
    const app = await setUpImport(300);
    const repositoryUuids = [uuidOf(1), uuidOf(299), uuidOf(9_999)];

    const runId = await importAll(app, { selection: { kind: 'named', repositoryUuids } });

    const view = await app.viewImports.view(runId);
    expect(view).toMatchObject({ total: 2, counts: { done: 2 } });
    expect(view.notices).toEqual(['1 repository of those that were chosen are gone.']);
    expect([...app.server.made.keys()]).toEqual([keyOf(1), keyOf(299)]);
  });

  it('[M11] passes over forks and empty repositories unless they are wanted', async () => {
    const app = await setUpImport(1);
    app.bitbucket.listed = [
      buildListed(0),
      buildListed(1, { isFork: true }),
      buildListed(2, { mainBranch: undefined }),
    ];

    const without = await listItems(app, await makePlan(app));
    const withAll = await listItems(
      app,
      await makePlan(app, { options: { includesForks: true, includesEmpty: true } }),
    );

    expect(without.map(({ reason }) => reason)).toEqual([undefined, 'fork', 'empty']);
    expect(withAll.map(({ state }) => state)).toEqual(['pending', 'pending', 'pending']);
  });

  it('[M14] marks what it binds as imported: by which run, when and by whom', async () => {
    const app = await setUpImport(1);
    const runId = await importAll(app);
    await app.bindProject({ connectionId, projectKey: 'second', repositoryUuid: uuidOf(0) });

    const [imported, byHand] = (await app.bindings.find(uuidOf(0)))?.projects ?? [];

    expect(imported?.imported).toMatchObject({ runId, by: 'olivia' });
    expect(byHand?.imported).toBeUndefined();
  });

  it('[M13] makes private projects for private repositories, and public ones only where that is wanted', async () => {
    const app = await setUpImport(1);
    app.bitbucket.listed = [buildListed(0), buildListed(1, { isPrivate: false })];

    await importAll(app, { options: { publicStaysPublic: true } });

    expect([...app.server.made.values()].map(({ visibility }) => visibility)).toEqual([
      'private',
      'public',
    ]);
  });

  it('[B9] leaves nothing for a comparison to find', async () => {
    const app = await setUpImport(30);
    await importAll(app);
    app.bitbucket.listed.forEach(({ slug, repositoryUuid, name }) =>
      app.bitbucket.others.set(slug, { repositoryUuid, name, slug }),
    );

    await app.changeOperation.start({ kind: 'reconcile', name: 'w', startedBy: 'olivia' });
    await runQueue(app);

    expect((await app.findings.list({ limit: 100 })).items).toEqual([]);
  });

  it('says before the start that the server has no record of the workspace, and binds here alone', async () => {
    const app = await setUpImport(2);
    app.server.records = [];

    const runId = await importAll(app);

    const view = await app.viewImports.view(runId);
    expect(view.notices.join(' ')).toMatch(/no DevOps platform record.*kept here alone/);
    expect(view.counts.done).toBe(2);
    expect(app.server.calls).not.toContain('writeBinding');
  });
});

describe('the plan of the server', () => {
  it('[I6] shows what is used, the limit and the projected total', async () => {
    const app = await setUpImport(4);
    app.server.usage = { lines: 900, limit: 2_000 };

    const { usage } = await app.viewImports.view(await makePlan(app));

    expect(usage).toEqual({
      ...{ plan: 'developer edition', lines: 900, limit: 2_000, addedLines: 400 },
      ...{ projectedLines: 1_300, unknownSizes: 0, isOverLimit: false },
    });
  });

  it('[I6] starts an import over the limit only when a person accepts it', async () => {
    const app = await setUpImport(4);
    app.server.usage = { lines: 900, limit: 1_000 };
    const runId = await makePlan(app);

    await expect(start(app, runId)).rejects.toThrow(/about 1300 lines of code the limit of 1000/);
    const refused = await app.viewImports.view(runId);
    await app.startImport.start(runId, { acceptsOverLimit: true, accountId: 'olivia' });
    await runQueue(app);

    expect(refused).toMatchObject({ state: 'ready', usage: { isOverLimit: true } });
    expect((await app.viewImports.view(runId)).counts.done).toBe(4);
  });

  it('[I6] is not asked about again by an import that goes on over the limit', async () => {
    const app = await setUpImport(4);
    app.server.usage = { lines: 900, limit: 1_000 };
    const runId = await makePlan(app);
    const overLimit = { acceptsOverLimit: true, accountId: 'olivia' };
    // The run is begun and its work in the queue is not: the kill comes between the two.
    app.store.failWrite(2);
    await expect(app.startImport.start(runId, overLimit)).rejects.toThrow(/killed/);
    app.store.failWrite(undefined);

    await start(app, runId);
    await runQueue(app);

    expect((await app.viewImports.view(runId)).counts.done).toBe(4);
  });

  it('[I6] is not reported, and never 0, where the server does not tell', async () => {
    const app = await setUpImport(2);

    const { usage } = await app.viewImports.view(await makePlan(app));

    expect(usage).toEqual({
      ...{ plan: 'developer edition', addedLines: 200, unknownSizes: 0, isOverLimit: false },
    });
  });

  it('[I6] has no projection where Bitbucket tells no sizes', () => {
    const counts = { pending: 3, working: 0, done: 0, skipped: 0, conflict: 0, failed: 0 };

    const usage = estimateUsage({
      parts: [{ counts, bytes: 0, unknownSizes: 3 }],
      target: { usage: { lines: 5, limit: 10 } },
    });

    expect(usage).toEqual({ lines: 5, limit: 10, unknownSizes: 3, isOverLimit: false });
  });

  it('[I6] counts only what is still to be imported', async () => {
    const app = await setUpImport(4);
    app.server.usage = { lines: 0, limit: 300 };
    const runId = await makePlan(app);

    for (const number of [0, 1]) {
      await app.decideImport.one(runId, {
        ...{ page: 0, repositoryUuid: uuidOf(number), decision: { kind: 'skip' } },
      });
    }

    expect((await app.viewImports.view(runId)).usage).toMatchObject({
      ...{ addedLines: 200, isOverLimit: false },
    });
    await start(app, runId);
    await runQueue(app);
    expect(app.server.made.size).toBe(2);
  });
});

describe('a plan that cannot be made', () => {
  it.each([
    ['the demo', { kind: 'demo' as const }, /The demo has its projects/],
    ['Cloud without an organization', { kind: 'sonarqube-cloud' as const }, /an organization of/],
    ['a connection on its way out', { state: 'disconnecting' as const }, /being disconnected/],
  ])('is refused for %s', async (_, part, message) => {
    const app = await setUpImport(1);
    const current = await app.connections.find(connectionId);
    if (!current) throw new Error('There is no connection.');
    await app.connections.replace({ ...current, ...part, sequence: 3 }, 2);

    await expect(makePlan(app)).rejects.toThrow(message);
    expect(await app.viewImports.runs()).toEqual([]);
  });

  it('[M25] is refused for a prefix that no key may have', async () => {
    const app = await setUpImport(1);

    await expect(makePlan(app, { options: { keyPrefix: 'a b/' } })).rejects.toThrow(
      /only letters, digits/,
    );
  });

  it('is taken back, also in the middle', async () => {
    const app = await setUpImport(1_200);
    const { runId } = await app.planImport({
      connectionId,
      selection: everything,
      options,
      accountId: 'olivia',
    });
    await runQueue(app, 1);

    await app.startImport.discard(runId);
    await runQueue(app);

    expect(await app.viewImports.runs()).toEqual([]);
    expect(await app.imports.findPart(runId, 0)).toBeUndefined();
    const operation = await app.changeOperation.view(`planImport:${connectionId}`);
    expect(operation.state).toBe('succeeded');
  });
});
