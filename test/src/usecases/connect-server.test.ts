import { isSignedBy, previousSecretMs } from '../../../src/domain/delivery';
import { RemoteForbiddenError, RemoteUnavailableError } from '../../../src/errors/remote-errors';
import { repositoryUuid, startMs } from '../../support/app/build-app-data';
import { setUpApp } from '../../support/app/set-up-app';
import { createHmac } from 'node:crypto';

const input = {
  name: 'Cloud',
  kind: 'sonarqube-cloud',
  url: 'https://sonarcloud.io/',
  token: 'hunter2-hunter2',
  organizationKey: 'acme',
} as const;
const call = { service: 'sonarqube', operation: 'webhooks/list' } as const;

describe('connecting a server', () => {
  it('[F1] creates exactly one webhook and uses it again', async () => {
    const app = await setUpApp({ isBound: false });

    const first = await app.connect(input);
    const second = await app.connect(input);

    expect([first.webhook, second.webhook]).toEqual(['created', 'reused']);
    expect(second.connectionId).toBe(first.connectionId);
    expect(app.server.webhooks).toHaveLength(1);
    expect(app.server.webhooks[0]?.url).toBe(
      `https://trigger.example/public/1/${first.connectionId}`,
    );
    expect(app.server.webhooks[0]?.secret.length).toBeGreaterThanOrEqual(32);
  });

  it('[F1] repairs doubles and an old address of the web trigger', async () => {
    const app = await setUpApp({ isBound: false });
    const { connectionId } = await app.connect(input);
    const [hook] = app.server.webhooks;
    if (!hook) throw new Error('There is no webhook.');
    const old = { ...hook, url: `https://trigger.example/public/0/${connectionId}` };
    const foreign = { ...hook, key: 'foreign', name: 'Other', url: 'https://other.example' };
    app.server.webhooks = [old, { ...old, key: 'double' }, foreign];

    await app.connect(input);

    expect(app.server.webhooks.map(({ url }) => url)).toEqual([hook.url, foreign.url]);
  });

  it('keeps the token in the secret store and nowhere else', async () => {
    const app = await setUpApp({ isBound: false });

    const answer = await app.connect(input);

    expect(await app.secrets.findToken(answer.connectionId)).toMatchObject({ token: input.token });
    expect(JSON.stringify([answer, app.log.entries, app.jobs])).not.toContain('hunter2');
    expect(JSON.stringify(await app.connections.find(answer.connectionId))).not.toContain(
      'hunter2',
    );
  });

  it('works without webhooks where the plan or the token allows none', async () => {
    const app = await setUpApp({ isBound: false });
    app.server.faults.set('listWebhooks', new RemoteForbiddenError(call, 'status 403'));

    expect((await app.connect(input)).webhook).toBe('unavailable');
  });

  it.each([
    [
      'a wrong token',
      input,
      (app: { server: { isTokenValid: boolean } }) => (app.server.isTokenValid = false),
      /token/,
    ],
    ['a wrong address', { ...input, url: 'http://sonarcloud.io' }, undefined, /https/],
  ])('stores nothing with %s', async (_, given, change, words) => {
    const app = await setUpApp({ isBound: false });
    change?.(app);

    await expect(app.connect(given)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await expect(app.connect(given)).rejects.toThrow(words);
    expect(app.store.counts.writes).toBe(0);
  });

  it('says when the server does not answer', async () => {
    const app = await setUpApp({ isBound: false });
    app.server.faults.set('*', new RemoteUnavailableError(call, 'no answer in time'));

    await expect(app.connect(input)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });
});

describe('rotating the secret of the webhook', () => {
  const sign = (secret: string) => createHmac('sha256', secret).update('{}').digest('hex');

  it('[F1] keeps both secrets good for ten minutes', async () => {
    const app = await setUpApp({ isBound: false });
    const { connectionId } = await app.connect(input);
    const before = app.server.webhooks[0]?.secret ?? '';

    await app.rotateWebhookSecret(connectionId);

    const after = app.server.webhooks[0]?.secret ?? '';
    const secrets = await app.secrets.findWebhookSecrets(connectionId);
    const isGood = (secret: string, nowMs: number) =>
      secrets !== undefined && isSignedBy(secrets, { body: '{}', signature: sign(secret), nowMs });
    expect(after).not.toBe(before);
    expect([isGood(before, startMs), isGood(after, startMs)]).toEqual([true, true]);
    const later = startMs + previousSecretMs;
    expect([isGood(before, later - 1), isGood(before, later)]).toEqual([true, false]);
    expect(isGood(after, later)).toBe(true);
  });

  it('[F1] that was interrupted keeps both secrets good, and goes on', async () => {
    const app = await setUpApp({ isBound: false });
    const { connectionId } = await app.connect(input);
    const before = app.server.webhooks[0]?.secret ?? '';
    app.server.faults.set('updateWebhook', new RemoteUnavailableError(call, 'status 503'));
    await expect(app.rotateWebhookSecret(connectionId)).rejects.toThrow();
    const between = await app.secrets.findWebhookSecrets(connectionId);

    app.server.faults.clear();
    await app.rotateWebhookSecret(connectionId);

    expect(between?.current).toBe(before);
    expect(app.server.webhooks[0]?.secret).toBe(between?.next);
  });
});

describe('binding a repository', () => {
  async function setUpConnected() {
    const app = await setUpApp({ isBound: false });
    const { connectionId } = await app.connect(input);
    app.server.projectName = 'Acme Shop';
    const project = { connectionId, projectKey: 'acme_shop', projectName: 'Acme Shop' };
    return { app, project };
  }

  it('can be repeated, and a monorepo gets several projects', async () => {
    const { app, project } = await setUpConnected();
    const second = { ...project, projectKey: 'acme_api', projectName: 'Acme API' };

    await app.bindProject({ repositoryUuid: `{${repositoryUuid}}`, ...project });
    app.server.projectName = 'Acme API';
    await app.bindProject({ repositoryUuid, ...second });
    await app.bindProject({ repositoryUuid, ...second });

    expect(await app.bindings.find(repositoryUuid)).toMatchObject({
      repositoryUuid,
      projects: [project, second],
    });
  });

  it('refuses a project that belongs to another repository', async () => {
    const { app, project } = await setUpConnected();
    const other = '99999999-0000-4000-8000-000000000000';
    await app.bindProject({ repositoryUuid: other, ...project });

    const second = app.bindProject({ repositoryUuid, ...project });

    await expect(second).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(second).rejects.not.toThrow(other);
    expect(await app.bindings.find(repositoryUuid)).toBeUndefined();
  });

  it('refuses a folder that another project of the server covers', async () => {
    const { app, project } = await setUpConnected();
    const pathScope = 'services/shop';
    await app.bindProject({ repositoryUuid, ...project, pathScope });
    const second = { repositoryUuid, ...project, projectKey: 'acme_api' };

    await expect(app.bindProject({ ...second, pathScope: '/services/shop/' })).rejects.toThrow(
      'The folder "services/shop" is covered by "Acme Shop" already.',
    );
    expect(await app.bindings.findClaim(second)).toBeUndefined();
    await app.bindProject({ ...second, pathScope: 'services/api' });
    await app.bindProject({ repositoryUuid, ...project, pathScope });
  });

  it('refuses a project that the server does not have', async () => {
    const { app, project } = await setUpConnected();
    app.server.hasProject = false;

    await expect(app.bindProject({ repositoryUuid, ...project })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(await app.bindings.findClaim(project)).toBeUndefined();
  });

  it('finds a project with a token that may only analyse', async () => {
    const { app, project } = await setUpConnected();
    app.server.faults.set('findProject', new RemoteForbiddenError(call, 'status 403'));

    expect((await app.bindProject({ repositoryUuid, ...project })).after?.projects).toMatchObject([
      { ...project, projectName: 'acme_shop' },
    ]);
  });
});
