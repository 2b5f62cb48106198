import { procedures, type ProcedureName } from '../../../src/contracts/procedures';
import { createConnectionProcedures } from '../../../src/handlers/connection-procedures';
import { createDevOpsPlatformProcedures } from '../../../src/handlers/devops-platform-procedures';
import { createManageRecords } from '../../../src/usecases/devops-platforms/manage-records';
import { RemoteRejectedError } from '../../../src/errors/remote-errors';
import { repositoryUuid, workspaceUuid } from '../../support/app/build-app-data';
import { setUpApp } from '../../support/app/set-up-app';

const canary = 'squ_canary9f8e7d6c5b4a39281706f5e4d3c2b1a0ffff';
const caller = { accountId: 'olivia', workspaceUuid, membership: { role: 'owner' } } as const;

/** Every answer of every procedure about connections, good and bad, with what it wrote into log, jobs and audit. */
async function walk() {
  const app = await setUpApp({ isBound: false });
  app.server.status = { version: '2026.3.1', isUp: true };
  const manageRecords = createManageRecords(app);
  const all = {
    ...createConnectionProcedures(app),
    ...createDevOpsPlatformProcedures({ manageRecords }),
  };
  const answers: unknown[] = [];
  const called = new Set<string>();
  async function call<T = never>(name: ProcedureName, input: unknown): Promise<T> {
    called.add(name);
    const run = all[name as keyof typeof all] as (input: unknown, by: typeof caller) => Promise<T>;
    const answer: unknown = await run(input, caller).catch((error: unknown) => ({
      refused: error instanceof Error ? [error.message, error.name] : error,
    }));
    if (
      procedures[name].effect === 'write' &&
      typeof answer === 'object' &&
      answer &&
      'change' in answer
    ) {
      const { change } = answer as {
        readonly change: Parameters<typeof app.recordChange>[1] | undefined;
      };
      if (change) await app.recordChange(name, change, 'olivia');
    }
    answers.push(answer);
    return answer as T;
  }
  const draft = { kind: 'sonarqube-server', url: 'https://sonar.example.com', token: canary };
  await call('connection.test', draft);
  await call('connection.test', { ...draft, url: `https://x:${canary}@sonar.example.com` });
  const added = await call<{ output: { connection: { connectionId: string; sequence: number } } }>(
    'connection.add',
    { ...draft, name: 'Server' },
  );
  const { connectionId } = added.output.connection;
  await call('connection.add', { ...draft, name: 'Server' });
  await call('connection.add', { ...draft, name: 'Spaces', token: `${canary} ${canary}` });
  await call('connection.rotateToken', { connectionId, token: canary });
  app.server.isTokenValid = false;
  await call('connection.rotateToken', { connectionId, token: `${canary}x` });
  app.server.isTokenValid = true;
  const current = async () => (await app.connections.find(connectionId))?.sequence ?? 0;
  const update = { ...draft, connectionId, name: 'Server 2' };
  await call('connection.update', { ...update, sequence: await current() });
  await call('connection.update', {
    ...update,
    token: undefined,
    url: 'https://other.example.com',
    sequence: await current(),
  });
  await call('connection.rotateWebhookSecret', { connectionId });
  await call('connection.startDemo', {});
  await call('connection.list', {});
  await call('connection.usage', { connectionId });
  await call('connection.messages', { connectionId });
  await call('connection.uses', { connectionId });
  await call('connection.previewDisconnect', { connectionId });
  const call400 = { service: 'sonarqube', operation: 'x' } as const;
  const echo = new RemoteRejectedError(call400, '400', { serverSentence: `No: ${canary}` });
  app.server.faults.set('listRecords', echo);
  const record = {
    kind: 'bitbucket-cloud',
    key: 'k',
    workspace: 'w',
    clientId: 'c',
    clientSecret: canary,
  };
  await call('devOpsPlatform.list', { connectionId });
  await call('devOpsPlatform.update', { connectionId, key: 'k', record });
  app.server.faults.clear();
  await call('devOpsPlatform.create', { connectionId, record });
  await call('devOpsPlatform.validate', { connectionId, key: 'k' });
  await call('devOpsPlatform.countProjects', { connectionId, key: 'k' });
  await call('devOpsPlatform.delete', { connectionId, key: 'k' });
  await app.bindProject({ connectionId, projectKey: 'p', repositoryUuid });
  await app.checkConnections();
  await call('connection.disconnect', { connectionId, typedName: 'Server 2' });
  const exported = await app.listAudit.exportPart('json', {}, undefined);
  const stored = app.store.dump();
  await call('connection.remove', { connectionId, sequence: 1 });
  await app.runOperations();
  return { app, answers, called, exported, stored, all };
}

describe('a token', () => {
  it('[K1] goes through every procedure about connections and is found in the secret store alone', async () => {
    const { app, answers, called, exported, stored, all } = await walk();

    expect([...called].sort()).toEqual(Object.keys(all).sort());
    const seen = JSON.stringify([answers, exported, app.log.entries, app.jobs, app.operationJobs]);
    expect(seen).not.toContain(canary.slice(0, -4));
    const places = (JSON.parse(stored) as [string, string][]).filter(([, value]) =>
      value.includes(canary.slice(0, -4)),
    );
    expect(places.map(([key]) => key.split(':')[0])).toEqual(['secret token']);
    // Deleting removes it.
    expect(app.store.dump()).not.toContain(canary.slice(0, -4));
  });
});
