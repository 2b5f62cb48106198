import { connectionId } from '../../../support/app/build-app-data';
import type { AppUnderTest } from '../../../support/app/set-up-app';
import {
  buildListed,
  importAll,
  keyOf,
  listItems,
  makePlan,
  runQueue,
  setUpImport,
  slugOf,
  start,
  uuidOf,
} from './import-world';

const take = (app: AppUnderTest, number: number, visibility: 'public' | 'private' = 'private') =>
  app.server.made.set(keyOf(number), { projectKey: keyOf(number), name: 'Theirs', visibility });

const decide = (
  app: AppUnderTest,
  runId: string,
  number: number,
  decision: Parameters<AppUnderTest['decideImport']['one']>[1]['decision'],
) => app.decideImport.one(runId, { page: 0, repositoryUuid: uuidOf(number), decision });

describe('a project key that is taken', () => {
  it('[M10] waits for a decision: use the project, another key, or skip', async () => {
    const app = await setUpImport(4);
    [0, 1, 2].forEach((number) => take(app, number));
    const runId = await makePlan(app);
    const planned = await listItems(app, runId);

    await decide(app, runId, 0, { kind: 'adopt' });
    await decide(app, runId, 1, { kind: 'create', projectKey: 'acme_other' });
    await decide(app, runId, 2, { kind: 'skip' });
    await start(app, runId);
    await runQueue(app);

    expect(planned.map(({ state, reason }) => [state, reason])).toEqual([
      ['conflict', 'keyTaken'],
      ['conflict', 'keyTaken'],
      ['conflict', 'keyTaken'],
      ['pending', undefined],
    ]);
    expect(await app.viewImports.view(runId)).toMatchObject({
      outcome: 'completed',
      counts: { done: 3, skipped: 1 },
    });
    const keys = await Promise.all(
      [0, 1, 2, 3].map(async (number) =>
        (await app.bindings.find(uuidOf(number)))?.projects.map((each) => each.projectKey),
      ),
    );
    expect(keys).toEqual([[keyOf(0)], ['acme_other'], undefined, [keyOf(3)]]);
  });

  it('[M10] that only shows when the project is made waits as well, and the run can go on after it', async () => {
    const app = await setUpImport(3);
    app.server.mayListProjects = false;
    take(app, 1);

    const runId = await importAll(app);
    const ended = await app.viewImports.view(runId);
    await app.decideImport.all(runId, 'adopt');
    await start(app, runId);
    await runQueue(app);

    expect(ended.notices.join(' ')).toMatch(/may not list all projects/);
    expect(ended).toMatchObject({ state: 'ended', outcome: 'completedWithErrors' });
    expect(ended.counts).toMatchObject({ done: 2, conflict: 1 });
    expect(await app.viewImports.view(runId)).toMatchObject({
      outcome: 'completed',
      counts: { done: 3 },
    });
    expect(app.server.made.size).toBe(3);
  });

  it('[M10] of a project that another repository is bound to cannot be taken by anybody', async () => {
    const app = await setUpImport(2);
    take(app, 0);
    await app.bindProject({ connectionId, projectKey: keyOf(0), repositoryUuid: uuidOf(77) });

    const runId = await makePlan(app);
    await app.decideImport.all(runId, 'adopt');

    expect(await listItems(app, runId)).toMatchObject([
      { state: 'conflict', reason: 'keyClaimed' },
      { state: 'pending' },
    ]);
    await app.decideImport.all(runId, 'skip');
    expect((await app.viewImports.view(runId)).counts).toMatchObject({ skipped: 1, pending: 1 });
  });

  it('[M13] never gives a private repository a public project', async () => {
    const app = await setUpImport(0);
    app.bitbucket.listed = [buildListed(0), buildListed(1, { isPrivate: false })];
    take(app, 0, 'public');
    take(app, 1, 'public');
    const runId = await makePlan(app);
    await app.decideImport.all(runId, 'adopt');
    await start(app, runId);
    await runQueue(app);

    const items = await listItems(app, runId);
    expect(items).toMatchObject([{ state: 'failed', reason: 'publicProject' }, { state: 'done' }]);
    expect(items[0]?.message).toMatch(
      /is public and repo-0000 is private\. Make the project private/,
    );

    take(app, 0, 'private');
    await app.startImport.retry(runId, {
      accountId: 'olivia',
      item: { page: 0, repositoryUuid: uuidOf(0) },
    });
    await runQueue(app);
    expect((await app.viewImports.view(runId)).counts).toMatchObject({ done: 2 });
  });

  it('[M3] is refused as the key of two repositories of one plan', async () => {
    const app = await setUpImport(60);
    const runId = await makePlan(app);

    await expect(decide(app, runId, 0, { kind: 'create', projectKey: keyOf(59) })).rejects.toThrow(
      `${slugOf(59)} gets the project "${keyOf(59)}" already`,
    );
    await expect(decide(app, runId, 0, { kind: 'create', projectKey: '42' })).rejects.toThrow(
      /no digit/,
    );
    await decide(app, runId, 0, { kind: 'create', projectKey: 'own:key' });

    expect((await listItems(app, runId))[0]).toMatchObject({
      ...{ state: 'pending', action: 'create', projectKey: 'own:key' },
    });
  });

  it('is decided by one of two administrators at once', async () => {
    const app = await setUpImport(1);
    take(app, 0);
    const runId = await makePlan(app);

    const outcomes = await Promise.allSettled([
      decide(app, runId, 0, { kind: 'adopt' }),
      decide(app, runId, 0, { kind: 'skip' }),
    ]);

    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const [item] = await listItems(app, runId);
    const { counts } = await app.viewImports.view(runId);
    expect(item && counts[item.state]).toBe(1);
  });

  it('[M8] tries again only the one that was named', async () => {
    const app = await setUpImport(0);
    app.bitbucket.listed = [buildListed(0), buildListed(1)];
    [0, 1].forEach((number) => take(app, number, 'public'));
    const runId = await makePlan(app);
    await app.decideImport.all(runId, 'adopt');
    await start(app, runId);
    await runQueue(app);
    [0, 1].forEach((number) => take(app, number, 'private'));

    await app.startImport.retry(runId, {
      accountId: 'olivia',
      item: { page: 0, repositoryUuid: uuidOf(1) },
    });
    await runQueue(app);

    expect((await listItems(app, runId)).map(({ state }) => state)).toEqual(['failed', 'done']);
  });

  it('[M8] tries again what a kill left between the two writes of an earlier try', async () => {
    const app = await setUpImport(0);
    app.bitbucket.listed = [buildListed(0)];
    take(app, 0, 'public');
    const runId = await makePlan(app);
    await app.decideImport.all(runId, 'adopt');
    await start(app, runId);
    await runQueue(app);
    take(app, 0, 'private');
    app.store.failWrite(2);
    await expect(app.startImport.retry(runId, { accountId: 'olivia' })).rejects.toThrow(/killed/);
    app.store.failWrite(undefined);

    await app.startImport.retry(runId, { accountId: 'olivia' });
    await runQueue(app);

    expect((await app.viewImports.view(runId)).counts).toMatchObject({ done: 1, failed: 0 });
  });

  it('keeps what came of a run that is ready again, and it cannot be discarded as a plan', async () => {
    const app = await setUpImport(2);
    app.server.mayListProjects = false;
    take(app, 1);
    const runId = await importAll(app);
    await app.decideImport.all(runId, 'adopt');

    await expect(app.startImport.discard(runId)).rejects.toThrow(/was started already/);

    expect(await app.viewImports.view(runId)).toMatchObject({
      ...{ state: 'ready', counts: { done: 1, pending: 1 } },
    });
  });

  it('is not decided while the import is at work', async () => {
    const app = await setUpImport(1);
    const runId = await makePlan(app);
    await start(app, runId);

    await expect(decide(app, runId, 0, { kind: 'skip' })).rejects.toThrow(/is at work/);
    await expect(app.startImport.discard(runId)).rejects.toThrow(/was started already/);
  });
});

describe('the report of an import', () => {
  it('[M8] lists every failure however many there are, tries only those again, and is exported whole', async () => {
    const app = await setUpImport(240);
    const runId = await makePlan(app);
    // Every other one was deleted meanwhile.
    app.time.nowMs += 11 * 60_000;
    const all = app.bitbucket.listed;
    app.bitbucket.listed = all.filter((_, place) => place % 2 === 0);
    await start(app, runId);
    await runQueue(app);

    const failed = [];
    for (let page: number | undefined = 0; page !== undefined;) {
      const found = await app.viewImports.items(runId, page, 'failed');
      failed.push(...found.items);
      page = found.nextPage;
    }
    const made = app.server.calls.filter((call) => call === 'createProject').length;
    app.bitbucket.listed = all;
    app.time.nowMs += 11 * 60_000;
    await app.startImport.retry(runId, { accountId: 'olivia' });
    await runQueue(app);

    expect(failed).toHaveLength(120);
    expect(made).toBe(120);
    expect((await app.viewImports.view(runId)).counts).toMatchObject({ done: 240, failed: 0 });
    expect(app.server.calls.filter((call) => call === 'createProject')).toHaveLength(240);
    let csv = '';
    for (let page: number | undefined = 0; page !== undefined;) {
      const part = await app.viewImports.exportPart(runId, 'csv', page);
      csv += part.text;
      page = part.nextPage;
    }
    const lines = csv.trimEnd().split('\r\n');
    expect(lines).toHaveLength(241);
    expect(lines[0]).toBe('repository,uuid,project,action,state,reason,message,done');
    expect(lines[9]).toMatch(new RegExp(`^${slugOf(8)},${uuidOf(8)},${keyOf(8)},create,done,`));
  });
});
