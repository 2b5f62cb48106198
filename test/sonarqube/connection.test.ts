import { diagnosisTexts } from '../../src/errors/diagnosis-texts';
import { isSignedBy } from '../../src/domain/delivery';
import { AppError } from '../../src/errors/app-error';
import { createReadServerFacts } from '../../src/clients/sonarqube/server-facts';
import {
  call,
  createHiddenProject,
  createStrangersToken,
  forwarding,
  http,
  log,
  logged,
  nothingThere,
  open,
  post,
  publicUrl,
  realServer,
  starting,
} from './support/real-server';
import { createUseCases } from './support/use-cases';

const readServerFacts = createReadServerFacts({
  http,
  fetch: (url, init) => forwarding.fetch(new Request(url, init)),
});
const connection = { kind: 'sonarqube-server', url: publicUrl } as const;

async function problemOf(work: Promise<unknown>): Promise<readonly [string, string]> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof AppError)) throw new Error(`There was no AppError: ${String(error)}`);
  return [error.code, error.message];
}

describe('the connection test against a real server', () => {
  let strangersToken: string;

  beforeAll(async () => {
    strangersToken = await createStrangersToken('connection-stranger');
  });

  afterAll(async () => {
    for (const { key } of await open().listWebhooks()) await open().deleteWebhook(key);
  });

  it('[I5] connects with a good token and keeps the version of the server', async () => {
    const app = createUseCases();

    const { connectionId, webhook } = await app.connect();

    expect(webhook).toBe('created');
    expect(await app.connections.find(connectionId)).toMatchObject({
      url: publicUrl,
      version: realServer.version,
    });
  });

  it('[I5] says of a wrong token that the server does not accept it', async () => {
    const token = `squ_${'0'.repeat(40)}`;

    const [code, message] = await problemOf(createUseCases().connect({ token }));

    expect(code).toBe('INVALID_INPUT');
    expect(message).toMatch(/token/);
    expect(logged.join('\n')).not.toContain(token);
  });

  it('[I5] connects with a token that may not create webhooks, and says that there is none', async () => {
    const { webhook } = await createUseCases().connect({ token: strangersToken });

    expect(webhook).toBe('unavailable');
  });

  it('[I5] says of a wrong base path that the address is wrong', async () => {
    const [code, message] = await problemOf(
      createUseCases().connect({ url: `${publicUrl}/wrong-path` }),
    );

    expect(code).toBe('INVALID_INPUT');
    expect(message).toContain(diagnosisTexts.htmlLoginPage.join(' '));
  });

  it('[I5] says of a server that is starting that it is, and that waiting helps', async () => {
    const app = createUseCases({ neighbour: starting });

    const [code, message] = await problemOf(app.connect());

    expect(code).toBe('UNAVAILABLE');
    expect(message).toContain(diagnosisTexts.serverStarting.join(' '));
  });

  it('[I5] says of an address where nothing listens that it cannot be reached', async () => {
    const app = createUseCases({ neighbour: nothingThere });

    const [code, message] = await problemOf(app.connect());

    expect(code).toBe('UNAVAILABLE');
    expect(message).toContain(diagnosisTexts.connectionRefused.join(' '));
  });

  it('[I5] tells a project that is missing from one that the token may not see', async () => {
    const app = createUseCases();
    const { connectionId } = await app.connect({ token: strangersToken });
    await createHiddenProject('hidden-project', 'Hidden');
    const bind = (projectKey: string) =>
      problemOf(
        app.bindProject({
          repositoryUuid: '11111111-2222-4333-8444-555555555555',
          connectionId,
          projectKey,
        }),
      );

    expect(await bind('no-such-project')).toEqual([
      'NOT_FOUND',
      expect.stringContaining('no project "no-such-project"'),
    ]);
    const [code] = await bind('hidden-project');
    expect(code).toBe('NOT_FOUND');
  });

  it('[I5] reads version, edition and capabilities', async () => {
    const facts = await readServerFacts({ connection, token: realServer.token });

    expect(await open().findStatus()).toEqual({ version: realServer.version, isUp: true });
    expect(facts.edition).toBe('community');
    expect(facts.hasPullRequests).toBe(false);
  });

  it('[A7] reads the address that the server has of itself, once somebody set one', async () => {
    const unset = await readServerFacts({ connection, token: realServer.token });
    await post('settings/set', { key: 'sonar.core.serverBaseURL', value: 'http://localhost:9000' });
    const set = await readServerFacts({ connection, token: realServer.token });
    await post('settings/reset', { keys: 'sonar.core.serverBaseURL' });

    expect(unset.baseUrl).toBeUndefined();
    expect(set.baseUrl).toBe('http://localhost:9000');
  });

  it('[K5] reads when the token expires, and nothing of a token that does not', async () => {
    const inTenDays = new Date(Date.now() + 10 * 86_400_000).toISOString().slice(0, 10);
    const made = (await post('user_tokens/generate', {
      name: 'expiring',
      expirationDate: inTenDays,
    })) as { token: string };

    const expiring = await readServerFacts({ connection, token: made.token });
    const lasting = await readServerFacts({ connection, token: realServer.token });

    expect(expiring.tokenExpiresAt?.slice(0, 10)).toBe(inTenDays);
    expect(lasting.tokenExpiresAt).toBeUndefined();
  });

  it('makes one webhook however often it connects, and gives it another secret', async () => {
    const app = createUseCases({
      deliveryUrl: 'https://trigger.example.org/x1/repeated',
    });
    const { connectionId } = await app.connect();
    expect((await app.connect()).webhook).toBe('reused');
    const before = await app.secrets.findWebhookSecrets(connectionId);

    await app.rotateWebhookSecret(connectionId);

    const own = (await open().listWebhooks()).filter(({ url }) => url.endsWith(connectionId));
    expect(own).toHaveLength(1);
    expect(own[0]?.hasSecret).toBe(true);
    const after = await app.secrets.findWebhookSecrets(connectionId);
    expect(after?.current).not.toBe(before?.current);
    expect(after?.previous?.secret).toBe(before?.current);
    expect(
      isSignedBy(after ?? { current: '' }, { body: '', signature: '', nowMs: Date.now() }),
    ).toBe(false);
  });

  it('leaves no token in what it logs', () => {
    log.info('end');
    expect(logged.join('\n')).not.toContain(realServer.token);
    expect(logged.join('\n')).not.toContain(strangersToken);
  });

  it('sees the very same answers as a bare call does', async () => {
    const response = await call('authentication/validate', { token: 'squ_nothing' });
    expect([response.status, await response.text()]).toEqual([200, '{"valid":false}']);
    expect(await open('squ_nothing').findAccount()).toBeUndefined();
  });
});
