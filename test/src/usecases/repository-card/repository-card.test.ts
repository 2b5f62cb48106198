import { createRepositoryCardProcedures } from '../../../../src/handlers/repository-card-procedures';
import type { BranchOnServer } from '../../../../src/domain/branch-truth';
import { RemoteForbiddenError, RemoteUnavailableError } from '../../../../src/errors/remote-errors';
import {
  buildGate,
  caller as anybody,
  connectionId,
  failedGate,
  isoAt,
  projectKey,
  repositoryUuid,
} from '../../../support/app/build-app-data';
import { setUpApp, type AppUnderTest } from '../../../support/app/set-up-app';

const call = { service: 'sonarqube', operation: 'x' } as const;
const caller = {
  ...anybody,
  repository: { repositoryUuid, name: 'Shop', slug: 'shop', mainBranch: 'main' },
};
const claim = { repositoryUuid: `{${repositoryUuid}}` };

function buildBranch(part: Partial<BranchOnServer> = {}): BranchOnServer {
  return {
    gate: buildGate(),
    values: { coverage: '81.25', violations: '12', sqale_rating: '1.0' },
    analysedAt: isoAt(-60_000),
    ...part,
  };
}

async function setUp(branch: BranchOnServer | undefined = buildBranch()) {
  const app = await setUpApp();
  app.server.branch = branch;
  return { app, view: () => app.viewRepositoryCard(repositoryUuid, caller) };
}

const reads = (app: AppUnderTest) =>
  app.server.calls.filter((name) => name === 'readMainBranch').length;

describe('the card of a repository', () => {
  it('[R9] shows gate, age and the usual measures; what the server does not have is no 0', async () => {
    const { view } = await setUp();

    const shown = await view();

    expect(shown).toMatchObject({
      branch: 'main',
      chosen: ['coverage', 'violations', 'duplicated_lines_density', 'security_hotspots'],
      projects: [
        {
          state: 'passed',
          analysedAt: isoAt(-60_000),
          measures: [
            { label: 'Coverage', text: '81.3%' },
            { label: 'Issues', text: '12' },
            { label: 'Duplicated lines' },
            { label: 'Security hotspots' },
          ],
          dashboardUrl: 'https://sonarcloud.io/dashboard?id=acme_shop',
        },
      ],
    });
    expect(shown.projects[0]?.measures[2]).not.toHaveProperty('text');
  });

  it.each<[string, BranchOnServer | undefined, string]>([
    ['failed', buildBranch({ gate: failedGate }), 'failed'],
    ['never analysed', { values: {}, gate: { ...buildGate(), status: 'NONE' } }, 'none'],
    ['without a gate', buildBranch({ gate: { ...buildGate(), status: 'NONE' } }), 'none'],
    ['gone', undefined, 'none'],
  ])('[R9] says what it is when the main branch is %s', async (_, branch, state) => {
    const { app, view } = await setUp();
    app.server.branch = branch;

    const [project] = (await view()).projects;

    expect(project?.state).toBe(state);
    expect(project?.reason).toMatch(/\.$/);
    expect(project?.failed).toHaveLength(state === 'failed' ? 1 : 0);
  });

  it('[R9] shows nothing old when the token may not read the project any more', async () => {
    const { app, view } = await setUp();
    await view();
    app.time.nowMs += 5 * 60_000;
    app.server.faults.set('readMainBranch', new RemoteForbiddenError(call, 'status 403'));

    const [project] = (await view()).projects;

    expect(project).toMatchObject({ state: 'noPermission', failed: [] });
    expect(project?.measures.filter(({ text }) => text !== undefined)).toEqual([]);
  });

  it('[R9] keeps the last numbers while the server is away, and says so', async () => {
    const { app, view } = await setUp();
    await view();
    app.time.nowMs += 5 * 60_000;
    app.server.faults.set('readMainBranch', new RemoteUnavailableError(call, 'status 503'));

    const [project] = (await view()).projects;

    expect(project).toMatchObject({
      state: 'unreachable',
      measures: [{ text: '81.3%' }, {}, {}, {}],
    });
    expect(project?.reason).toMatch(/last that are known/);
  });

  it('[R9] asks the server once in five minutes, and once for all who look then', async () => {
    const { app, view } = await setUp();
    await view();
    await view();
    expect(reads(app)).toBe(1);

    app.time.nowMs += 5 * 60_000;
    await Promise.all([view(), view(), view()]);

    expect(reads(app)).toBe(2);
  });

  it('[R9] is read anew after a signed delivery about the main branch', async () => {
    const { app, view } = await setUp();
    await view();
    await app.branches.remove({ connectionId, projectKey });

    await view();

    expect(reads(app)).toBe(2);
  });

  it('[R9] offers to bind to administrators alone, and asks no server while nothing is bound', async () => {
    const app = await setUpApp({ isBound: false });
    const view = () => app.viewRepositoryCard(repositoryUuid, caller);

    expect(await view()).toMatchObject({ projects: [], canBind: true });
    app.bitbucket.repositoryRole = 'write';
    expect(await view()).toMatchObject({ projects: [], canBind: false });
    app.bitbucket.fault = new RemoteUnavailableError(call, 'status 503');
    expect(await view()).toMatchObject({ projects: [], canBind: false });
    expect(app.server.calls).toEqual([]);
  });

  it('[R9] shows each viewer the measures that they chose, and others theirs', async () => {
    const { app, view } = await setUp();
    const procedures = createRepositoryCardProcedures(app);

    await procedures['repositoryCard.chooseMetrics'](
      { ...claim, metrics: ['sqale_rating', 'coverage', 'coverage'] },
      caller,
    );

    expect((await view()).projects[0]?.measures).toEqual([
      { metric: 'sqale_rating', label: 'Maintainability rating', text: 'A' },
      { metric: 'coverage', label: 'Coverage', text: '81.3%' },
    ]);
    const other = await app.viewRepositoryCard(repositoryUuid, { ...caller, accountId: 'other' });
    expect(other.chosen).toHaveLength(4);
    expect(reads(app)).toBe(1);
  });

  it('[R9] leaves nothing behind when the project is unbound', async () => {
    const { app, view } = await setUp();
    await view();
    expect(app.store.dump()).toContain('value branch:');

    await app.unbindProject({ repositoryUuid, connectionId, projectKey });

    expect(app.store.dump()).not.toContain('value branch:');
  });
});
