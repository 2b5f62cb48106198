import { createHmac } from 'node:crypto';
import {
  buildGate,
  connectionId,
  headCommit,
  identity,
  isoAt,
  projectKey,
  workspaceUuid,
} from '../../support/app/build-app-data';
import { setUpApp, webhookSecret } from '../../support/app/set-up-app';

const payload = {
  status: 'SUCCESS',
  analysedAt: '2026-03-04T12:55:00+0100',
  revision: headCommit,
  changedAt: '2026-03-04T13:00:00+0100',
  project: { key: projectKey, name: 'Acme Shop' },
  branch: { name: '7', type: 'PULL_REQUEST', isMain: false },
};

function sign(body: string, secret = webhookSecret): string {
  return createHmac('sha256', secret).update(body).digest('hex');
}

function deliver(part: Record<string, unknown> = {}, secret = webhookSecret) {
  const body = JSON.stringify({ ...payload, ...part });
  return { connectionId, body, signature: sign(body, secret) };
}

describe('a delivery of the server', () => {
  it('[F1] with the right signature is queued as a hint', async () => {
    const app = await setUpApp();

    expect(await app.receiveDelivery(deliver())).toBe('accepted');
    expect(app.jobs).toEqual([
      {
        kind: 'delivery',
        connectionId,
        projectKey,
        pullRequestKey: '7',
        revision: headCommit,
        analysedAt: isoAt(-300_000),
      },
    ]);
    expect(app.server.calls).toEqual([]);
  });

  it.each([
    ['a wrong signature', { ...deliver(), signature: sign('another body') }, 'refused'],
    ['no signature', { ...deliver(), signature: '' }, 'refused'],
    ['the secret of somebody else', deliver({}, 'x'.repeat(32)), 'refused'],
    [
      'an unknown connection',
      { ...deliver(), connectionId: connectionId.replace('1', '9') },
      'refused',
    ],
    ['an address that is no connection', { ...deliver(), connectionId: '../other' }, 'refused'],
    ['a time that is too old', deliver({ changedAt: '2026-03-04T12:00:00+0100' }), 'refused'],
    ['no time at all', deliver({ changedAt: undefined, analysedAt: undefined }), 'refused'],
    [
      'a branch that is no pull request',
      deliver({ branch: { name: 'main', type: 'BRANCH' } }),
      'ignored',
    ],
    ['a project that is not bound', deliver({ project: { key: 'another' } }), 'ignored'],
    ['a body that is no webhook', deliver({ project: undefined }), 'malformed'],
    [
      'half a body',
      { connectionId, body: '{"project":', signature: sign('{"project":') },
      'malformed',
    ],
    ['more than a megabyte', deliver({ padding: 'ü'.repeat(600_000) }), 'tooLarge'],
  ])('[F1] with %s writes nothing and queues nothing', async (_, delivery, outcome) => {
    const app = await setUpApp();

    expect(await app.receiveDelivery(delivery)).toBe(outcome);
    expect(app.store.counts.writes).toBe(0);
    expect(app.jobs).toEqual([]);
  });

  it('[F1] that comes a second time is refused', async () => {
    const app = await setUpApp();
    await app.receiveDelivery(deliver());

    expect(await app.receiveDelivery(deliver())).toBe('refused');
    expect(app.jobs).toHaveLength(1);
  });

  it('may be sent again when it could not be queued', async () => {
    const app = await setUpApp();
    app.faults.queue = new Error('down');
    expect(await app.receiveDelivery(deliver())).toBe('failed');

    delete app.faults.queue;
    expect(await app.receiveDelivery(deliver())).toBe('accepted');
  });

  it('[F2] updates the verdict once, however often its job comes', async () => {
    const app = await setUpApp();
    app.server.gate = buildGate();
    app.server.listed = [
      { key: '7', gateStatus: 'OK', analysedAt: isoAt(-300_000), commit: headCommit },
    ];
    await app.receiveDelivery(deliver());
    const [job] = app.jobs;
    await app.consume();
    const stored = await app.verdicts.find(identity);
    app.time.nowMs += 60_000;

    if (job) await app.handleVerdictJob(job, workspaceUuid);

    expect(stored).toMatchObject({ sequence: 1, knownFrom: 'webhook' });
    expect(await app.verdicts.find(identity)).toEqual(stored);
    expect(app.announced).toEqual([1]);
    expect(app.server.calls.slice(6)).toEqual(['findGate']);
  });

  it('[F2] of a gate that turned green by a decision about an issue turns the verdict green', async () => {
    const app = await setUpApp();
    const analysedAt = isoAt(-300_000);
    app.server.gate = buildGate({ status: 'ERROR' });
    app.server.listed = [{ key: '7', gateStatus: 'ERROR', analysedAt, commit: headCommit }];
    await app.receiveDelivery(deliver());
    await app.consume();
    app.server.gate = buildGate();
    app.server.listed = [{ key: '7', gateStatus: 'OK', analysedAt, commit: headCommit }];

    await app.receiveDelivery(
      deliver({ taskId: undefined, changedAt: '2026-03-04T13:00:30+0100' }),
    );
    await app.consume();

    expect(await app.verdicts.find(identity)).toMatchObject({
      sequence: 2,
      projects: [{ gate: { status: 'OK' } }],
    });
    expect(app.announced).toEqual([1, 2]);
  });

  it('[F6] of a failed analysis shows the task although the gate is as it was', async () => {
    const app = await setUpApp();
    app.server.gate = buildGate();
    app.server.listed = [
      { key: '7', gateStatus: 'OK', analysedAt: isoAt(-300_000), commit: headCommit },
    ];
    await app.receiveDelivery(deliver());
    await app.consume();
    app.server.task = { status: 'FAILED', endedAt: isoAt(0), errorMessage: 'Broken.' };

    await app.receiveDelivery(
      deliver({ status: 'FAILED', analysedAt: undefined, revision: undefined }),
    );
    await app.consume();

    const stored = await app.verdicts.find(identity);
    expect(stored?.projects[0]?.task?.errorMessage).toBe('Broken.');
  });
});
