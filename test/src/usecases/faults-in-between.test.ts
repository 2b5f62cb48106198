import { RemoteUnavailableError } from '../../../src/errors/remote-errors';
import { buildGate, caller, identity, workspaceUuid } from '../../support/app/build-app-data';
import { setUpApp } from '../../support/app/set-up-app';

const call = { service: 'bitbucket', operation: 'getPullRequest' } as const;
const poll = { ...identity, workspaceUuid, trigger: 'poll' } as const;

describe('a reader that fails', () => {
  it('leaves the pull request to the next reader at once', async () => {
    const app = await setUpApp();
    app.server.gate = buildGate();
    app.bitbucket.fault = new RemoteUnavailableError(call, 'status 503', { status: 503 });

    await expect(app.refreshVerdict(poll)).rejects.toBe(app.bitbucket.fault);
    app.bitbucket.fault = undefined;

    expect(await app.refreshVerdict(poll)).toMatchObject({ kind: 'changed' });
  });
});

describe('a pull request that the caller may not read', () => {
  it('is refused in the same words when what is stored about it is damaged', async () => {
    const app = await setUpApp();
    app.bitbucket.pullRequest = undefined;
    const refused = await app.viewPullRequest(identity, caller).catch((error: unknown) => error);

    await app.store.set(`binding:${identity.repositoryUuid}`, { version: 99 });
    const damaged = app.viewPullRequest(identity, caller);

    await expect(damaged).rejects.toEqual(refused);
    await expect(damaged).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('a webhook that two administrators made at once', () => {
  it('[F1] is left once, with the secret that is stored', async () => {
    const app = await setUpApp({ isBound: false });
    const input = {
      name: 'Cloud',
      kind: 'sonarqube-cloud',
      url: 'https://sonarcloud.io',
      organizationKey: 'acme',
      token: 'token',
    } as const;
    const { connectionId } = await app.connect(input);
    const [hook] = app.server.webhooks;
    if (!hook) throw new Error('The server has no webhook.');
    app.server.webhooks = [{ ...hook, key: 'other', secret: 'of somebody else' }, hook];

    await app.connect(input);

    const stored = await app.secrets.findWebhookSecrets(connectionId);
    expect(app.server.webhooks.map(({ secret }) => secret)).toEqual([stored?.current]);
  });
});
