import { createHmac } from 'node:crypto';
import { RemoteForbiddenError, RemoteUnavailableError } from '../../../../src/errors/remote-errors';
import {
  connectionId,
  repositoryUuid,
  startMs,
  workspaceUuid,
} from '../../../support/app/build-app-data';
import { setUpApp } from '../../../support/app/set-up-app';

const call = { service: 'sonarqube', operation: 'webhooks/list' } as const;
const input = {
  name: 'Server A',
  kind: 'sonarqube-server',
  url: 'https://sonar.example.com',
  token: 'squ_first',
} as const;
const dayMs = 24 * 60 * 60 * 1000;

async function setUpConnected() {
  const app = await setUpApp({ isBound: false });
  app.server.status = { version: '2026.3.1', isUp: true };
  const { connection } = await app.saveConnection.add(input);
  return { app, connection };
}

describe('several connections', () => {
  it('[B8] have names of their own, whatever the case', async () => {
    const app = await setUpApp({ isBound: false });
    for (const name of ['EU', 'US', 'Server A', 'Server B', 'x'.repeat(200)]) {
      const url = `https://s${name.length}-${name.charCodeAt(name.length - 1)}.example.com`;
      await app.saveConnection.add({ ...input, name, url });
    }

    const twice = app.saveConnection.add({
      ...input,
      name: 'SERVER a',
      url: 'https://b.example.com',
    });

    await expect(twice).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await app.connections.list()).toHaveLength(5);
  });

  it('[B8] do not lead to the same server twice', async () => {
    const { app } = await setUpConnected();

    const again = app.saveConnection.add({ ...input, name: 'Other' });

    await expect(again).rejects.toThrow('"Server A"');
  });

  it('[B8] cannot be deleted while a repository uses them, and name who does', async () => {
    const app = await setUpApp();
    const [connection] = await app.connections.list();

    const refused = app.removeConnection({ connectionId, sequence: connection?.sequence ?? 0 });

    await expect(refused).rejects.toMatchObject({ code: 'CONFLICT' });
    expect((await app.connections.find(connectionId))?.state).toBe('active');
    const uses = await app.listUses({ connectionId, workspaceUuid, limit: 10 });
    expect(uses.items).toEqual([
      { repositoryUuid, projectKey: 'acme_shop', repositoryName: 'Shop' },
    ]);
  });

  it('[K1] [O6] leave no token, no webhook and no name behind when they are deleted', async () => {
    const { app, connection } = await setUpConnected();

    await app.removeConnection(connection);

    expect(await app.secrets.findToken(connection.connectionId)).toBeUndefined();
    expect(await app.secrets.findWebhookSecrets(connection.connectionId)).toBeUndefined();
    expect(app.server.webhooks).toEqual([]);
    await expect(app.saveConnection.add(input)).resolves.toMatchObject({ webhook: 'created' });
  });

  it('[B8] cannot be deleted by who saw an older state', async () => {
    const { app, connection } = await setUpConnected();
    const { sequence } = connection;
    await app.saveConnection.update({ ...connection, token: undefined, name: 'Renamed', sequence });

    await expect(app.removeConnection(connection)).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(
      app.saveConnection.update({ ...connection, token: undefined, name: 'Again' }),
    ).rejects.toMatchObject({ code: 'CONFLICT' });
  });
});

describe('a changed address', () => {
  const url = 'https://new.example.com';

  it('[K2] needs the token again', async () => {
    const { app, connection } = await setUpConnected();
    app.server.calls.length = 0;

    const moved = app.saveConnection.update({ ...connection, token: undefined, url });

    await expect(moved).rejects.toThrow(/token is needed again/);
    expect(app.server.calls).toEqual([]);
    expect((await app.connections.find(connection.connectionId))?.url).toBe(input.url);
  });

  it('[K2] never gets the token of the old one, also not after a crash between the two writes', async () => {
    const { app, connection } = await setUpConnected();
    await app.connections.replace({ ...connection, url, sequence: 99 }, connection.sequence);
    app.server.calls.length = 0;

    await app.checkConnections();

    expect(app.server.calls).toEqual([]);
    expect((await app.connections.find(connection.connectionId))?.health).toMatchObject({
      state: 'failing',
      diagnosis: { code: 'unauthorized' },
    });
  });

  it('[K2] takes the webhook away where it was', async () => {
    const { app, connection } = await setUpConnected();

    const saved = await app.saveConnection.update({ ...connection, url, token: 'squ_second' });

    expect(saved.connection).toMatchObject({ url, name: 'Server A' });
    expect(await app.secrets.findToken(connection.connectionId)).toEqual({
      token: 'squ_second',
      url,
    });
    expect(app.server.calls.filter((name) => name === 'deleteWebhook')).toHaveLength(1);
  });
});

describe('a new token', () => {
  it('[K5] is tried first, and the old one stays when it does not work', async () => {
    const { app, connection } = await setUpConnected();
    app.server.isTokenValid = false;

    const rotated = app.saveConnection.rotateToken({ ...connection, token: 'squ_bad' });

    await expect(rotated).rejects.toThrow(/Nothing was saved/);
    expect(await app.secrets.findToken(connection.connectionId)).toMatchObject({
      token: 'squ_first',
    });
  });

  it('[K1] [K5] takes the place of the old one, and shows four characters of itself', async () => {
    const { app, connection } = await setUpConnected();
    app.time.nowMs += dayMs;
    app.server.facts = { hasPullRequests: true, tokenExpiresAt: '2027-01-01T00:00:00.000Z' };

    const saved = await app.saveConnection.rotateToken({ ...connection, token: ' squ_second\n' });

    expect(saved.connection.token).toEqual({
      lastCharacters: 'cond',
      savedAt: new Date(startMs + dayMs).toISOString(),
      expiresAt: '2027-01-01T00:00:00.000Z',
    });
    expect(JSON.stringify([saved, app.log.entries])).not.toContain('squ_second');
  });
});

describe('a crash while a connection is added', () => {
  it.each([1, 2, 3, 4, 5])(
    '[K1] before write %i leaves nothing that is not on the page',
    async (at) => {
      const app = await setUpApp({ isBound: false });
      app.server.status = { version: '2026.3.1', isUp: true };
      app.store.failWrite(at);
      await app.saveConnection.add(input).catch(() => undefined);
      app.store.failWrite(undefined);

      const [left] = await app.connections.list();
      const saved = left
        ? await app.saveConnection.rotateToken({ ...left, token: 'squ_first' })
        : await app.saveConnection.add(input);

      expect(saved.connection).toMatchObject({ name: 'Server A', health: { state: 'ok' } });
      expect(await app.connections.list()).toHaveLength(1);
      expect(app.server.webhooks).toHaveLength(1);
    },
  );
});

describe('the hourly check', () => {
  it('[K5] keeps what it found, and the last known facts of a server that does not answer', async () => {
    const { app, connection } = await setUpConnected();
    app.server.faults.set(
      '*',
      new RemoteUnavailableError(call, 'no answer', { noAnswer: 'timeout' }),
    );
    app.time.nowMs += dayMs;

    await app.checkConnections();

    expect(await app.connections.find(connection.connectionId)).toMatchObject({
      version: '2026.3.1',
      health: { state: 'failing', diagnosis: { code: 'timeout' } },
    });
    expect((await app.findings.list({ limit: 10 })).items).toMatchObject([
      { code: 'connectionFailing', subject: { name: 'Server A' } },
    ]);
    app.server.faults.clear();
    await app.checkConnections();
    expect((await app.findings.list({ limit: 10 })).items).toEqual([]);
  });

  it('[F1] puts a webhook back that went missing', async () => {
    const { app } = await setUpConnected();
    app.server.webhooks = [];

    await app.checkConnections();

    expect(app.server.webhooks).toHaveLength(1);
    const [finding] = (await app.findings.list({ limit: 10 })).items;
    expect(finding).toMatchObject({ code: 'webhookRestored', severity: 'info' });
    await app.repair({ findingId: finding?.findingId ?? '', workspaceUuid });
    await app.checkConnections();
    expect((await app.findings.list({ limit: 10 })).items).toEqual([]);
  });

  it('[F1] knows whether there is a webhook, and when its last message came', async () => {
    const { app, connection } = await setUpConnected();
    const { connectionId } = connection;
    expect(await app.deliveries.findWebhook(connectionId)).toEqual({ state: 'there' });

    app.server.faults.set('listWebhooks', new RemoteForbiddenError(call, 'status 403'));
    await app.checkConnections();
    expect(await app.deliveries.findWebhook(connectionId)).toMatchObject({ state: 'unavailable' });

    app.server.faults.clear();
    await app.bindProject({ connectionId, projectKey: 'p', repositoryUuid });
    const body = JSON.stringify({
      project: { key: 'p' },
      branch: { name: '7', type: 'PULL_REQUEST' },
      changedAt: new Date(app.time.nowMs).toISOString(),
    });
    const [hook] = app.server.webhooks;
    const signature = createHmac('sha256', hook?.secret ?? '')
      .update(body)
      .digest('hex');
    expect(await app.receiveDelivery({ connectionId, body, signature })).toBe('accepted');

    expect(await app.deliveries.findWebhook(connectionId)).toEqual({
      state: 'there',
      lastMessageAtMs: app.time.nowMs,
    });
  });

  it('[K5] tries those first that were not tried for the longest time, ten at once', async () => {
    const { app, connection } = await setUpConnected();
    for (let count = 0; count < 12; count += 1) {
      await app.connections.add({
        ...connection,
        connectionId: `c${count}`,
        name: `C${count}`,
        health: { state: 'unknown' },
      });
    }
    app.time.nowMs += dayMs;

    await app.checkConnections();
    await app.checkConnections();

    const all = await app.connections.list();
    expect(all.filter(({ health }) => health.state === 'unknown')).toEqual([]);
  });

  it('goes on with the others when one has a fault of ours', async () => {
    const { app, connection } = await setUpConnected();
    app.server.faults.set('listWebhooks', new RemoteForbiddenError(call, 'status 403'));

    await app.checkConnections();

    expect((await app.connections.find(connection.connectionId))?.health).toMatchObject({
      state: 'ok',
      diagnosis: { code: 'webhookNotAllowed' },
    });
  });
});

describe('plan and usage', () => {
  it('[I6] are shown as the server reports them, and what it does not report is no 0', async () => {
    const { app, connection } = await setUpConnected();
    const { connectionId } = connection;

    expect(await app.viewUsage(connectionId)).toEqual({});
    app.server.usage = { lines: 12_000, limit: 100_000 };
    app.server.facts = { hasPullRequests: true, edition: 'developer' };
    await app.checkConnections();

    expect(await app.viewUsage(connectionId)).toEqual({
      plan: 'developer edition',
      lines: 12_000,
      limit: 100_000,
    });
    app.server.faults.set('readUsage', new RemoteUnavailableError(call, 'status 503'));
    await expect(app.viewUsage(connectionId)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await expect(app.viewUsage('gone')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('an uninstall', () => {
  it('[B9] [O6] takes webhooks and tokens with it, also of a server that does not answer', async () => {
    const { app, connection } = await setUpConnected();
    await app.saveConnection.add({ ...input, name: 'B', url: 'https://b.example.com' });

    await app.prepareUninstall();

    expect(app.server.webhooks).toEqual([]);
    for (const { connectionId: id } of await app.connections.list()) {
      expect(await app.secrets.findToken(id)).toBeUndefined();
    }

    await app.saveConnection.rotateToken({ ...connection, token: 'squ_third' });
    app.server.faults.set('*', new RemoteUnavailableError(call, 'no answer'));
    await app.prepareUninstall();
    expect(await app.secrets.findToken(connection.connectionId)).toBeUndefined();
  });

  it('[B9] of 500 bound repositories stays within the calls of the platform, webhooks and tokens first', async () => {
    const { app, connection } = await setUpConnected();
    const { connectionId } = connection;
    for (let number = 0; number < 500; number += 1) {
      const slug = `shop-${number}`;
      const serverRecord = { slugs: [slug], isWritten: true };
      const project = { connectionId, projectKey: `p${number}`, projectName: 'P' };
      const uuid = `99999999-0000-4000-8000-${String(number).padStart(12, '0')}`;
      await app.bindings.save(
        {
          repositoryUuid: uuid,
          sequence: 1,
          projects: [{ ...project, state: 'bound', serverRecord }],
        },
        undefined,
      );
      app.server.bindings.set(project.projectKey, {
        recordKey: 'bb',
        repository: slug,
        isMonorepo: false,
        isBitbucketCloud: true,
      });
    }
    app.server.calls.length = 0;

    await app.prepareUninstall();

    const { calls } = app.server;
    const firstRemoval = calls.findIndex((name) => /Binding$/.test(name));
    expect(calls.length).toBeLessThanOrEqual(100);
    expect(calls.slice(0, firstRemoval)).toContain('deleteWebhook');
    expect(calls.slice(firstRemoval)).not.toContain('deleteWebhook');
    expect(await app.secrets.findToken(connectionId)).toBeUndefined();
    expect(app.server.bindings.size).toBeLessThan(470);
  });
});
