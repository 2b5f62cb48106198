import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sign } from '../../host/sonarqube/webhooks/signature';
import { compareShape, shapeOf } from './shape';
import { readSample, readSampleText } from './shared-folder';
import { successes, type SonarQubeCase } from './sonarqube-cases';
import { withNewerServer } from './sonarqube-newer-members';
import { failures } from './sonarqube-failures';
import { settingsCases, withoutSample } from './sonarqube-settings-cases';
import {
  createContractServer,
  projectKey,
  pullRequests,
  webhookSecret,
  type ContractServer,
} from './sonarqube-server';

type Flavour = ContractServer['flavour'];
const flavours: readonly Flavour[] = ['server', 'cloud'];

function samplesOf({ samples = [], form }: SonarQubeCase, flavour: Flavour): readonly unknown[] {
  const names = 'server' in samples ? samples[flavour] : samples;
  const read = names.map(readSample);
  return form === undefined ? read : read.flatMap(form);
}

describe.each(flavours)('[D1] the stand-in as %s', (flavour) => {
  let server: ContractServer;

  beforeAll(async () => {
    server = await createContractServer(flavour);
  });

  afterAll(() => server.standIn.stop());

  const cases = [...successes, ...settingsCases]
    .filter(({ only }) => only === undefined || only === flavour)
    .map((one) => [`${one.path} ${one.title ?? ''}`.trim(), one] as const);

  it.each(cases)('answers %s like the samples', async (_, one) => {
    const { path, method = 'GET', parameters, token, rules } = one;
    const samples = samplesOf(one, flavour);

    const answer = await server.call(path, {
      method,
      parameters: parameters?.(server) ?? {},
      ...(token === undefined ? {} : { token: token(server) }),
    });

    if (samples.length === 0) {
      expect(answer).toEqual({ status: 204, contentType: '', text: '' });
      return;
    }
    expect(answer.status).toBe(200);
    expect(answer.contentType).toMatch(/^application\/json/);
    const allowed = flavour === 'server' ? withNewerServer(rules) : rules;
    expect(compareShape(shapeOf(samples), JSON.parse(answer.text), allowed)).toEqual([]);
  });

  it('answers server/version as plain text, like the sample', async () => {
    const { status, contentType, text } = await server.call('server/version');

    expect({ status, isPlain: contentType.startsWith('text/plain') }).toEqual({
      status: 200,
      isPlain: true,
    });
    const version = /^\d+(\.\d+){3}$/;
    expect(readSampleText('server.version.txt')).toMatch(version);
    expect(text).toMatch(version);
  });

  it.each(
    failures
      .filter(({ only }) => only === undefined || only === flavour)
      .map((failure) => [failure.title, failure] as const),
  )('refuses %s with status and text of the sample', async (_, failure) => {
    const { path, method = 'GET', parameters = {}, token, sample, instead = [] } = failure;

    const answer = await server.call(path, {
      method,
      parameters,
      ...(token === undefined ? {} : { token: token(server) }),
    });

    expect(answer.status).toBe(failure.status);
    if (sample === undefined) expect(answer.text).toBe('');
    else {
      const expected = instead.reduce(
        (text, [inSample, inCall]) => text.replaceAll(inSample, inCall),
        readSampleText(sample),
      );
      expect(JSON.parse(answer.text)).toEqual(JSON.parse(expected));
    }
  });
});

describe('[D1] webhooks', () => {
  let server: ContractServer;

  beforeAll(async () => {
    server = await createContractServer('server');
    await server.acceptOneIssue();
  });

  afterAll(() => server.standIn.stop());

  const payloads = [
    ['of an analysis', pullRequests.failedGate, 'derived/webhook.payload.pr.failed.json'],
    ['of a failed task', pullRequests.failedTask, 'derived/webhook.payload.task-failed.json'],
    [
      'of a gate that an accepted issue changed',
      pullRequests.oneIssue,
      'derived/webhook.payload.pr.gate-changed-by-issue.json',
    ],
  ] as const;

  it.each(payloads)('carry a payload %s like the sample', (_, pullRequestKey, sample) => {
    const payload = server.payloadsOf(pullRequestKey).at(-1);

    const problems = compareShape(shapeOf([readSample(sample)]), payload, {
      extra: [
        {
          path: /^properties\./,
          reason: 'names of properties are those that the scanner was given',
        },
      ],
      missing: [
        {
          path: /^properties\./,
          reason: 'names of properties are those that the scanner was given',
        },
        {
          path: /^qualityGate\.conditions\[\]\.value$/,
          reason: 'a condition without a value has none (third condition of the first sample)',
        },
      ],
    });

    expect(problems).toEqual([]);
  });

  it('carry the headers of the sample, with the signature of the raw body', () => {
    const sample = readSignatureVector();
    const [delivery] = server.deliveries;

    expect(Object.keys(delivery?.headers ?? {}).sort()).toEqual(Object.keys(sample.headers).sort());
    expect(delivery?.headers).toMatchObject({
      'Content-Type': sample.headers['Content-Type'],
      'X-SonarQube-Project': projectKey,
      'X-Sonar-Webhook-HMAC-SHA256': sign(webhookSecret, delivery?.body ?? ''),
    });
  });

  it('are signed as the sample is', () => {
    const { secret, body, headers } = readSignatureVector();

    expect(sign(secret, body)).toBe(headers['X-Sonar-Webhook-HMAC-SHA256']);
  });
});

interface SignatureVector {
  readonly secret: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

function readSignatureVector() {
  return readSample('derived/webhook.signature-vector.json') as SignatureVector;
}

it('has a case for every operation that the stand-in emulates', () => {
  const folder = join(process.cwd(), 'host/sonarqube/web/operations');
  const emulated = readdirSync(folder).flatMap((file) => {
    const source = readFileSync(join(folder, file), 'utf8');
    return [...source.matchAll(/^ +path: '([a-z_]+\/[a-z_]+)',$/gm)].map(([, path]) => path);
  });
  const paths = [...successes, ...settingsCases].map(({ path }) => path);
  const mapped = new Set(['server/version', ...withoutSample, ...paths]);

  expect(emulated.length).toBeGreaterThan(20);
  expect(emulated.filter((path) => path === undefined || !mapped.has(path))).toEqual([]);
});
