import type { DoctorStep } from '../../../src/contracts/doctor';
import {
  RemoteForbiddenError,
  RemoteRateLimitedError,
  RemoteUnavailableError,
} from '../../../src/errors/remote-errors';
import {
  boundProject,
  buildBinding,
  buildGate,
  buildPullRequest,
  caller,
  connectionId,
  headCommit,
  identity,
  isoAt,
  olderCommit,
  repositoryUuid,
} from '../../support/app/build-app-data';
import { setUpApp, type AppUnderTest } from '../../support/app/set-up-app';

const call = { service: 'sonarqube', operation: 'x' } as const;

/** Everything works: bound, connected, analysed at the head, with a gate and a webhook. */
async function setUpWorking(): Promise<AppUnderTest> {
  const app = await setUpApp();
  app.server.gate = buildGate();
  app.server.listed = [
    { key: '7', gateStatus: 'OK', analysedAt: isoAt(-300_000), commit: headCommit },
  ];
  app.server.webhooks.push({
    key: 'w',
    name: 'Gatehouse',
    url: `${await app.webTriggerUrls.getDeliveryUrl()}/c`,
    hasSecret: true,
    secret: 's'.repeat(16),
  });
  return app;
}

async function say(app: AppUnderTest, values: Record<string, unknown>) {
  await app.settings.save(
    { level: 'repository', uuid: repositoryUuid },
    { sequence: 1, own: { values, locks: [] } },
    undefined,
  );
}

async function rebind(app: AppUnderTest, part: object) {
  await app.bindings.save(
    buildBinding({ sequence: 2, projects: [{ ...boundProject, ...part }] }),
    1,
  );
}

async function changeConnection(app: AppUnderTest, state: 'disconnecting') {
  const connection = await app.connections.find(connectionId);
  if (connection) await app.connections.replace({ ...connection, state, sequence: 2 }, 1);
}

const gone = new RemoteUnavailableError(call, 'no answer');

/** Each set-up is broken in one place; the trace has to name that place and no earlier one. */
const broken: readonly [string, DoctorStep, RegExp, (app: AppUnderTest) => unknown][] = [
  [
    'a merged pull request',
    'pullRequest',
    /closed/,
    (app) => void (app.bitbucket.pullRequest = buildPullRequest({ state: 'MERGED' })),
  ],
  [
    'a fork',
    'pullRequest',
    /fork/,
    (app) => void (app.bitbucket.pullRequest = buildPullRequest({ isFork: true })),
  ],
  [
    'no binding',
    'binding',
    /not bound/,
    (app) => app.bindings.save(buildBinding({ projects: [] }), 1),
  ],
  [
    'an interrupted unbinding',
    'binding',
    /not bound/,
    (app) => rebind(app, { state: 'unbinding' }),
  ],
  [
    'an ignored branch',
    'branchRule',
    /"main" are ignored/,
    (app) => say(app, { branchRules: [{ pattern: 'main', treatment: 'ignored' }] }),
  ],
  [
    'a connection that is gone',
    'connection',
    /is gone/,
    (app) => app.connections.remove({ connectionId, name: 'Cloud' }),
  ],
  [
    'a connection that is being removed',
    'connection',
    /being removed/,
    (app) => changeConnection(app, 'disconnecting'),
  ],
  ['no token', 'connection', /No token/, (app) => app.secrets.removeAll(connectionId)],
  [
    'a server that is away',
    'server',
    /cannot be asked/,
    (app) => void app.server.faults.set('*', gone),
  ],
  [
    'a server that asks for less',
    'server',
    /cannot be asked/,
    (app) => void app.server.faults.set('findGate', new RemoteRateLimitedError(call, 'status 429')),
  ],
  ['a dead token', 'token', /refuses the token/, (app) => void (app.server.isTokenValid = false)],
  [
    'a Community Build',
    'edition',
    /does not analyse pull requests/,
    (app) => {
      app.server.gate = undefined;
      app.server.listed = undefined;
    },
  ],
  [
    'a wrong project key',
    'project',
    /no project "acme_shop"/,
    (app) => {
      app.server.gate = undefined;
      app.server.listed = undefined;
      app.server.hasProject = false;
    },
  ],
  [
    'no analysis',
    'analysis',
    /no analysis of any pull request/,
    (app) => {
      app.server.gate = undefined;
      app.server.listed = [];
    },
  ],
  [
    'a wrong pull request key',
    'analysis',
    /knows other pull requests.*feature-7.*not "7"/,
    (app) => {
      app.server.gate = undefined;
      app.server.listed = [{ key: 'feature-7' }];
    },
  ],
  [
    'an analysis that runs',
    'analysis',
    /queued or running/,
    (app) => void (app.server.task = { status: 'IN_PROGRESS' }),
  ],
  [
    'an analysis that failed',
    'analysis',
    /failed on the server\. No space left/,
    (app) => {
      app.server.gate = undefined;
      app.server.listed = [];
      app.server.task = { status: 'FAILED', errorMessage: 'No space left' };
    },
  ],
  [
    'an older commit',
    'commit',
    /newest analysis is of commit 0a1b2c3/,
    (app) => void (app.server.listed = [{ key: '7', gateStatus: 'OK', commit: olderCommit }]),
  ],
  [
    'a merge commit of another head',
    'commit',
    /newest analysis is of commit/,
    (app) => {
      app.server.listed = [{ key: '7', gateStatus: 'OK', commit: olderCommit }];
      app.bitbucket.parents.set(olderCommit, ['d'.repeat(40), 'e'.repeat(40)]);
    },
  ],
  [
    'a commit that nobody named, where one is insisted on',
    'commit',
    /insists on it/,
    async (app) => {
      app.server.listed = [{ key: '7', gateStatus: 'OK', analysedAt: isoAt(-300_000) }];
      await say(app, { insistOnCommit: 'on' });
    },
  ],
  [
    'no gate',
    'gate',
    /computed no quality gate/,
    (app) => {
      app.server.gate = buildGate({ status: 'NONE', conditions: [] });
      app.server.listed = [
        { key: '7', gateStatus: 'NONE', analysedAt: isoAt(0), commit: headCommit },
      ];
    },
  ],
];

describe('the doctor of a pull request', () => {
  it('[O2] has more than 15 broken set-ups', () => {
    expect(broken.length).toBeGreaterThanOrEqual(15);
  });

  it('[O2] finds nothing in twelve checks where everything works', async () => {
    const app = await setUpWorking();

    const [trace] = await app.diagnosePullRequest(identity, caller);

    expect(trace?.checks).toHaveLength(12);
    expect(trace?.checks.filter(({ outcome }) => outcome !== 'ok')).toEqual([]);
  });

  it.each(broken)('[O2] finds %s at the link "%s"', async (...[, step, said, hurt]) => {
    const app = await setUpWorking();
    await hurt(app);

    const [trace] = await app.diagnosePullRequest(identity, caller);

    const place = trace?.checks.findIndex(({ outcome }) => outcome === 'problem') ?? -1;
    const cause = trace?.checks[place];
    expect(cause).toMatchObject({ step, message: expect.stringMatching(said) as string });
    expect(cause?.nextStep).toBeTruthy();
    const later = trace?.checks.slice(place + 1).map(({ outcome }) => outcome) ?? [];
    expect(new Set(later)).toEqual(new Set(later.length > 0 ? ['notReached'] : []));
  });

  it('[O2] warns of a missing webhook, and does not where the token may not see webhooks', async () => {
    const missing = await setUpWorking();
    missing.server.webhooks.splice(0);
    const hidden = await setUpWorking();
    hidden.server.faults.set('listWebhooks', new RemoteForbiddenError(call, 'status 403'));

    const ends = await Promise.all(
      [missing, hidden].map(
        async (app) => (await app.diagnosePullRequest(identity, caller))[0]?.checks.at(-1)?.outcome,
      ),
    );

    expect(ends).toEqual(['warning', 'ok']);
  });

  it('[O2] looks at each project of a monorepo by itself', async () => {
    const app = await setUpWorking();
    await app.bindings.save(
      buildBinding({
        sequence: 2,
        projects: [boundProject, { ...boundProject, projectKey: 'b', projectName: 'B' }],
      }),
      1,
    );

    const traces = await app.diagnosePullRequest(identity, caller);

    expect(traces.map(({ projectName }) => projectName)).toEqual(['Acme Shop', 'B']);
  });

  it('[O2] stores nothing, and is asked at most once in 10 s', async () => {
    const app = await setUpWorking();
    await app.diagnosePullRequest(identity, caller);

    await expect(app.diagnosePullRequest(identity, caller)).rejects.toMatchObject({
      code: 'RATE_LIMITED',
    });
    expect(await app.verdicts.find(identity)).toBeUndefined();
    app.time.nowMs += 10_000;
    expect(await app.diagnosePullRequest(identity, caller)).toHaveLength(1);
  });

  it('[O2] asks no server about a pull request that is closed', async () => {
    const app = await setUpWorking();
    app.bitbucket.pullRequest = buildPullRequest({ state: 'DECLINED' });

    await app.diagnosePullRequest(identity, caller);

    expect(app.server.calls).toEqual([]);
  });

  it('[O2] [K6] tells nothing to who may not read the pull request', async () => {
    const app = await setUpWorking();
    app.bitbucket.pullRequest = undefined;

    await expect(app.diagnosePullRequest(identity, caller)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(app.server.calls).toEqual([]);
  });
});
