import { createHealthProcedures } from '../../../../src/handlers/health-procedures';
import {
  type RemoteError,
  RemoteForbiddenError,
  RemoteRejectedError,
  RemoteUnavailableError,
} from '../../../../src/errors/remote-errors';
import {
  buildGate,
  caller,
  headCommit,
  identity,
  isoAt,
  repositoryUuid,
  workspaceUuid,
} from '../../../support/app/build-app-data';
import { setUpApp, type AppUnderTest } from '../../../support/app/set-up-app';

const call = { service: 'bitbucket', operation: 'getPullRequest' } as const;
const job = { kind: 'refresh', ...identity, trigger: 'push' } as const;

async function setUpAnalysed(): Promise<AppUnderTest> {
  const app = await setUpApp();
  app.server.gate = buildGate();
  app.server.listed = [
    { key: '7', gateStatus: 'OK', analysedAt: isoAt(-300_000), commit: headCommit },
  ];
  return app;
}

const findings = async (app: AppUnderTest) => (await app.findings.list({ limit: 10 })).items;

describe('a failure on the way to a verdict', () => {
  it.each<[string, RemoteError]>([
    ['refuses the request', new RemoteRejectedError(call, 'status 400', { status: 400 })],
    ['refuses the app', new RemoteForbiddenError(call, 'status 403', { status: 403 })],
  ])('[O1] leaves a finding when Bitbucket %s, with a repair that clears it', async (_, fault) => {
    const app = await setUpAnalysed();
    app.bitbucket.fault = fault;

    expect(await app.handleVerdictJob(job, workspaceUuid)).toEqual({ kind: 'done' });

    const [finding] = await findings(app);
    expect(finding).toMatchObject({
      code: 'readFailed',
      subject: { kind: 'pullRequest', id: `${repositoryUuid}:7` },
      repair: 'Read it again',
    });
    app.bitbucket.fault = undefined;
    const repaired = await app.repair({ findingId: finding?.findingId ?? '', workspaceUuid });
    expect(repaired).toMatchObject({ isRepaired: true });
    await app.consume();
    expect(await findings(app)).toEqual([]);
    expect(await app.verdicts.find(identity)).toMatchObject({
      projects: [{ presence: 'analysed' }],
    });
  });

  it('[O1] leaves none for a fault that passes, and one when it lasts through the tries', async () => {
    const app = await setUpAnalysed();
    app.bitbucket.fault = new RemoteUnavailableError(call, 'status 503', { status: 503 });

    await app.handleVerdictJob(job, workspaceUuid, 0);
    await app.handleVerdictJob(job, workspaceUuid, 1);
    expect(await findings(app)).toEqual([]);
    await app.handleVerdictJob(job, workspaceUuid, 2);
    expect(await findings(app)).toMatchObject([{ code: 'readFailed', severity: 'warning' }]);

    app.bitbucket.fault = undefined;
    app.time.nowMs += 15 * 60_000;
    await app.handleVerdictJob(job, workspaceUuid, 3);

    expect(await findings(app)).toEqual([]);
  });

  it('[O1] in writing leaves one as well, so that no success is silent', async () => {
    const app = await setUpAnalysed();
    app.codeInsights.beforeWrite = () => {
      throw new RemoteRejectedError({ ...call, operation: 'putReport' }, 'status 400');
    };

    await app.handleVerdictJob(job, workspaceUuid);

    expect(await findings(app)).toMatchObject([{ code: 'publishFailed' }]);
  });
});

describe('the list of bound repositories', () => {
  it('[O1] says what each is bound to, and when something last came of it', async () => {
    const app = await setUpAnalysed();
    await app.handleVerdictJob(job, workspaceUuid);
    const procedures = createHealthProcedures(app);

    const shown = await procedures['health.repositories']({}, { ...caller, workspaceUuid });

    expect(shown).toEqual({
      repositories: [
        {
          repositoryUuid,
          repositoryName: 'Shop',
          projects: [
            {
              projectKey: 'acme_shop',
              projectName: 'Acme Shop',
              state: 'bound',
              connectionName: 'Cloud',
            },
          ],
          analysedAt: isoAt(-300_000),
          writtenAt: isoAt(0),
        },
      ],
    });
  });

  it('[O1] says what went wrong, and names what it can when Bitbucket is away', async () => {
    const app = await setUpAnalysed();
    app.server.faults.set(
      '*',
      new RemoteUnavailableError({ service: 'sonarqube', operation: 'x' }, 'status 503'),
    );
    await app.handleVerdictJob(job, workspaceUuid);
    app.bitbucket.fault = new RemoteUnavailableError(call, 'status 503');

    const { items } = await app.listRepositories({ workspaceUuid });

    expect(items).toMatchObject([{ repositoryUuid, problem: expect.any(String) as string }]);
    expect(items[0]).not.toHaveProperty('repositoryName');
  });
});
