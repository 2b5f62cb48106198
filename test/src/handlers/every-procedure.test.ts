import { procedures, type ProcedureName } from '../../../src/contracts/procedures';
import { RemoteRejectedError, RemoteUnauthorizedError } from '../../../src/errors/remote-errors';
import { createLog } from '../../../src/platform/log';
import { createResolvers, procedureNames, toInput } from '../../support/app/resolvers';
import { connectionId } from '../../support/app/build-app-data';
import { setUpApp, type AppUnderTest } from '../../support/app/set-up-app';

const canary = 'squ_canary0123456789abcdef0123456789abcdef01';
const secretPart = canary.slice(0, -4);
const call = { service: 'sonarqube', operation: 'x' } as const;

/** A server that says the token back in its errors, as servers and proxies have done. */
const faults: readonly (readonly [string, Error | undefined])[] = [
  ['works', undefined],
  [
    'refuses with the token in its sentence',
    new RemoteRejectedError(call, `400 ${canary}`, { serverSentence: `No such token: ${canary}` }),
  ],
  ['refuses the token', new RemoteUnauthorizedError(call, `401 for ${canary}`)],
  ['breaks in a way that nobody expected', new TypeError(`cannot read ${canary}`)],
];

async function setUpCanary(): Promise<AppUnderTest> {
  const app = await setUpApp();
  await app.secrets.saveToken(connectionId, { token: canary, url: 'https://sonarcloud.io' });
  return app;
}

/** What was logged, as the platform gets it. */
function toLogLines({ log }: AppUnderTest): string[] {
  const lines: string[] = [];
  const write = (line: string) => void lines.push(line);
  const platformLog = createLog({ info: write, warn: write, error: write });
  for (const { level, event, error, fields } of log.entries) {
    if (level === 'error') platformLog.error(event, error, fields);
    else platformLog[level](event, fields);
  }
  return lines;
}

describe('the token of a connection', () => {
  it.each(faults)('[K1] is in no answer of any procedure when the server %s', async (_, fault) => {
    const app = await setUpCanary();
    const ask = createResolvers(app);
    if (fault) app.server.faults.set('*', fault);
    const typed = {
      token: canary,
      record: {
        kind: 'bitbucket-cloud',
        key: 'k',
        workspace: 'w',
        clientId: 'c',
        clientSecret: canary,
      },
    };
    const replies: Record<string, string> = {};
    // Those that take everything away come last.
    const last = /disconnect$|unbind$|remove$/i;
    const order = [...procedureNames].sort(
      (one, other) => Number(last.test(one)) - Number(last.test(other)),
    );

    for (const name of order) {
      replies[name] = JSON.stringify(await ask(name, toInput(name, typed)));
      await app.consume().catch(() => undefined);
    }

    const exported = await app.listAudit.exportPart('csv', {}, undefined);
    const left = {
      ...replies,
      'the log': toLogLines(app).join('\n'),
      'the jobs': JSON.stringify([app.jobs, app.operationJobs]),
      'the export': JSON.stringify(exported),
      'the store': JSON.stringify(
        (JSON.parse(app.store.dump()) as [string, unknown][]).filter(
          ([key]) => !key.startsWith('secret '),
        ),
      ),
    };
    for (const [place, text] of Object.entries(left)) {
      expect({ place, hasToken: text.includes(secretPart) }).toEqual({ place, hasToken: false });
    }
    expect(
      Object.values(replies).filter(
        (reply) => reply.includes('INVALID_INPUT') && reply.includes('does not understand'),
      ),
    ).toEqual([]);
  });
});

const roles = {
  'workspace owner': { repository: 'admin', workspace: 'owner', reads: true },
  'repository admin': { repository: 'admin', workspace: 'member', reads: true },
  member: { repository: 'read', workspace: 'member', reads: true },
  outsider: { repository: undefined, workspace: undefined, reads: false },
} as const;
type Role = keyof typeof roles;

/** Who may call what, written down a second time on purpose. */
function isAllowed(name: ProcedureName, role: Role): boolean {
  if (/^(?:pullRequest|repositoryCard)\./.test(name)) return roles[role].reads;
  if (name.startsWith('repository.')) return roles[role].repository === 'admin';
  if (name === 'workspace.overview') return roles[role].workspace !== undefined;
  return roles[role].workspace === 'owner';
}

const matrix = procedureNames.flatMap((name) =>
  (Object.keys(roles) as Role[]).map((role) => [name, role] as const),
);

describe('every procedure', () => {
  it.each(matrix)('[K6] %s called by a %s', async (name, role) => {
    const app = await setUpCanary();
    app.bitbucket.repositoryRole = roles[role].repository;
    app.bitbucket.workspaceRole = roles[role].workspace;
    if (!roles[role].reads) {
      app.bitbucket.pullRequest = undefined;
      app.bitbucket.repository = undefined;
    }
    const before = app.store.dump();
    app.server.calls.length = 0;

    const reply = JSON.stringify(await createResolvers(app)(name, toInput(name)));

    if (isAllowed(name, role)) {
      expect(reply).not.toContain('FORBIDDEN');
      expect(reply).not.toContain('UNEXPECTED');
      return;
    }
    const isReaders = /^(?:pullRequest|repositoryCard)\./.test(name);
    expect(reply).toContain(isReaders ? 'NOT_FOUND' : 'FORBIDDEN');
    expect(app.store.dump()).toBe(before);
    expect([app.server.calls, app.jobs, app.operationJobs]).toEqual([[], [], []]);
  });

  it.each(procedureNames)('[R1] %s refuses what it does not ask for', async (name) => {
    const app = await setUpCanary();
    const before = app.store.dump();

    const reply = JSON.stringify(
      await createResolvers(app)(name, { ...toInput(name), workspaceUuid: 'other', role: 'owner' }),
    );

    expect(reply).toContain('INVALID_INPUT');
    expect(app.store.dump()).toBe(before);
  });

  it('[I3] that writes is refused to members, with the words how to become an owner', async () => {
    const app = await setUpCanary();
    app.bitbucket.workspaceRole = 'member';
    app.bitbucket.repositoryRole = 'read';
    const ask = createResolvers(app);
    const writes = procedureNames.filter((name) => procedures[name].effect === 'write');

    for (const name of writes) {
      const reply = JSON.stringify(await ask(name, toInput(name)));
      expect(reply).toMatch(/FORBIDDEN.*(?:Administer workspace|admin permission)/);
    }
    expect(writes.length).toBeGreaterThan(20);
  });
});
