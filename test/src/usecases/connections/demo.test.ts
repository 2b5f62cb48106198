import { createSearchProjects } from '../../../../src/usecases/repository/search-projects';
import {
  caller,
  headCommit,
  identity,
  isoAt,
  repositoryUuid,
  workspaceUuid,
} from '../../../support/app/build-app-data';
import { setUpApp } from '../../../support/app/set-up-app';

/** A workspace without any connection, with the demo started and its repository bound to a sample project. */
async function setUp(projectKey: string) {
  const app = await setUpApp({ isBound: false });
  const before = app.store.dump();
  const { connectionId } = await app.startDemo();
  await app.bindEverywhere({ connectionId, projectKey, repositoryUuid, workspaceUuid });
  await app.pullRequestChanged({
    ...identity,
    isOpen: true,
    headHash: headCommit,
    updatedAt: isoAt(-1_000),
  });
  return { app, before, connectionId };
}

describe('the demo', () => {
  it.each([
    ['demo-failing', 'failed', 4, 5, false],
    ['demo-passing', 'passed', 4, 0, true],
    ['demo-waiting', 'pending', 0, 0, false],
  ])(
    '[I4] fills card, panel and merge check without a call (%s)',
    async (projectKey, state, conditions, issueCount, passes) => {
      const { app } = await setUp(projectKey);

      await app.consume();
      const view = await app.viewPullRequest(identity, caller);
      const merge = await app.checkMerge({ ...identity, workspaceUuid });

      expect(view).toMatchObject({ state, projects: [{ state, issueCount }] });
      expect(view.projects[0]?.conditions).toHaveLength(conditions);
      expect(view.projects[0]).not.toHaveProperty('dashboardUrl');
      expect(merge).toMatchObject({ success: passes });
      expect(app.server.calls).toEqual([]);
    },
  );

  it('[I4] can be searched like a server, and needs no token', async () => {
    const { app, connectionId } = await setUp('demo-failing');
    const search = (query: string) =>
      createSearchProjects(app)({ workspaceUuid, repositoryUuid, connectionId, query, page: 1 });

    expect(await search('')).toMatchObject({ total: 3, projects: [{ boundTo: 'this' }, {}, {}] });
    expect(await search('PASSES')).toMatchObject({ projects: [{ projectKey: 'demo-passing' }] });
    expect(await app.secrets.findToken(connectionId)).toBeUndefined();
  });

  it('[I4] is there once, has nothing to change, and the hourly check leaves it alone', async () => {
    const { app, connectionId } = await setUp('demo-failing');

    await expect(app.startDemo()).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(
      app.saveConnection.rotateToken({ connectionId, token: 'squ_something' }),
    ).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await app.checkConnections();

    expect(await app.connections.find(connectionId)).toMatchObject({ health: { state: 'ok' } });
    expect(app.server.calls).toEqual([]);
  });

  it('[I4] leaves nothing behind but what happened, in the log of changes', async () => {
    const { app, before, connectionId } = await setUp('demo-failing');
    await app.consume();

    await app.startDisconnect({ connectionId, typedName: 'Demo', accountId: 'olivia' });
    await app.runOperations();
    await app.consume();

    const known = new Set((JSON.parse(before) as [string, string][]).map(([key]) => key));
    const left = (JSON.parse(app.store.dump()) as [string, string][])
      .map(([key]) => key)
      .filter(
        (key) =>
          !known.has(key) &&
          !/^(?:entity (?:operation|lease|audit|calls bitbucket)|value merge-check-run:)/.test(key),
      );
    expect(left).toEqual([]);
    expect(app.server.calls).toEqual([]);
    expect([...app.codeInsights.reports.keys()]).toEqual([]);
  });
});
