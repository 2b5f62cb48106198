import { RemoteUnavailableError } from '../../../src/errors/remote-errors';
import {
  buildGate,
  headCommit,
  identity,
  isoAt,
  workspaceUuid,
} from '../../support/app/build-app-data';
import { setUpApp } from '../../support/app/set-up-app';

const poll = { kind: 'refresh', ...identity, trigger: 'poll' } as const;
const call = { service: 'sonarqube', operation: 'qualitygates/project_status' } as const;

async function setUpAnalysed() {
  const app = await setUpApp();
  app.server.gate = buildGate();
  app.server.listed = [
    { key: '7', gateStatus: 'OK', analysedAt: isoAt(-300_000), commit: headCommit },
  ];
  return app;
}

describe('a job of the queue', () => {
  it('that viewers asked for and that is delivered twice asks the server once', async () => {
    const app = await setUpAnalysed();
    await app.handleVerdictJob(poll, workspaceUuid);
    app.server.calls.length = 0;
    app.store.counts.writes = 0;
    app.time.nowMs += 1_000;

    const outcome = await app.handleVerdictJob(poll, workspaceUuid);

    expect(outcome).toEqual({ kind: 'done' });
    expect(app.server.calls).toEqual([]);
  });

  it('that viewers asked for leaves a server alone until its back-off has passed', async () => {
    const app = await setUpAnalysed();
    app.server.faults.set('*', new RemoteUnavailableError(call, 'status 503', { status: 503 }));
    await app.handleVerdictJob(poll, workspaceUuid);
    app.server.calls.length = 0;
    app.time.nowMs += 5_000;

    const outcome = await app.handleVerdictJob(poll, workspaceUuid);

    expect(outcome).toEqual({ kind: 'done' });
    expect(app.server.calls).toEqual([]);
  });

  it('is worked off again when what is known has become old in between', async () => {
    const app = await setUpAnalysed();
    await app.handleVerdictJob(poll, workspaceUuid);
    app.server.calls.length = 0;
    app.time.nowMs += 10 * 60_000;

    await app.handleVerdictJob(poll, workspaceUuid);

    expect(app.server.calls).toEqual(['findGate']);
  });

  it('about a push is worked off even when the verdict is seconds old', async () => {
    const app = await setUpAnalysed();
    await app.handleVerdictJob(poll, workspaceUuid);
    app.server.calls.length = 0;

    await app.handleVerdictJob({ ...poll, trigger: 'push' }, workspaceUuid);

    expect(app.server.calls).toEqual(['findGate']);
  });
});
