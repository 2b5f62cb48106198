import type { ConnectionCheck, DiagnosisCode } from '../../../../src/contracts/connections';
import { createHttp } from '../../../../src/clients/http/http';
import { createOpenServer } from '../../../../src/clients/sonarqube/client';
import { createReadServerFacts } from '../../../../src/clients/sonarqube/server-facts';
import {
  createTestConnection,
  type ConnectionDraft,
} from '../../../../src/usecases/connections/test-connection';
import { startMs } from '../../../support/app/build-app-data';
import { createMemoryLog } from '../../../support/app/memory-log';

type Answer = Response | Error;
type Answers = Readonly<Record<string, () => Answer>>;

const token = 'squ_canary0000000000000000000000000000000000';
const server: ConnectionDraft = {
  kind: 'sonarqube-server',
  url: 'https://sonar.example.com/sonar',
  token,
};
const cloud: ConnectionDraft = {
  kind: 'sonarqube-cloud',
  url: 'https://sonarcloud.io',
  organizationKey: 'acme',
  token,
};

const json = (body: unknown, headers?: Readonly<Record<string, string>>) => () =>
  Response.json(body, headers && { headers });
const status = (code: number, headers?: Readonly<Record<string, string>>) => () =>
  Response.json({ errors: [{ msg: token }] }, { status: code, ...(headers && { headers }) });
const page =
  (code = 200) =>
  () =>
    new Response('<html>Sign in</html>', {
      status: code,
      headers: { 'content-type': 'text/html' },
    });
const broken = (code: string) => () =>
  new TypeError('fetch failed', { cause: Object.assign(new Error(token), { code }) });

/** A server in order. */
const healthy: Answers = {
  'system/status': json({ id: '1', status: 'UP', version: '2026.3.1.123439' }),
  'authentication/validate': json({ valid: true }),
  'users/current': json({ isLoggedIn: true, login: 'ada', name: 'Ada' }),
  'navigation/global': json({ edition: 'developer' }),
  'features/list': json(['branch-support']),
  'settings/values': json({
    settings: [{ key: 'sonar.core.serverBaseURL', value: 'https://sonar.example.com/sonar' }],
  }),
  'components/search_projects': json({ paging: { total: 0 }, components: [] }),
  'webhooks/list': json({ webhooks: [] }),
};

async function run(draft: ConnectionDraft, answers: Answers) {
  const log = createMemoryLog();
  const sent: { readonly url: string; readonly redirect: string | undefined }[] = [];
  const clock = { nowMs: () => startMs };
  const http = createHttp({ clock, log, sleep: () => Promise.resolve() });
  const fetch = (url: string, init: RequestInit) => {
    sent.push({ url, redirect: init.redirect });
    const operation = new URL(url).pathname.replace(/^.*\/api\//, '');
    const answer = answers[operation]?.() ?? status(404)();
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  };
  const testConnection = createTestConnection({
    openServer: createOpenServer({ http, fetch, log }),
    readServerFacts: createReadServerFacts({ http, fetch }),
    clock,
  });
  const tested = await testConnection(draft);
  return { ...tested, log, sent };
}

const firstOf = (checks: readonly ConnectionCheck[], outcome: ConnectionCheck['outcome']) =>
  checks.find((check) => check.outcome === outcome);

const ended = new Date(startMs + 5 * 24 * 60 * 60 * 1000).toISOString();

/** What is wrong, at which step it is seen, and its code. */
const faults: readonly [
  string,
  ConnectionDraft,
  Answers,
  ConnectionCheck['step'],
  DiagnosisCode,
][] = [
  ['no name', server, { 'system/status': broken('ENOTFOUND') }, 'reach', 'nameResolution'],
  [
    'a name server that is down',
    server,
    { 'system/status': broken('EAI_AGAIN') },
    'reach',
    'nameResolution',
  ],
  [
    'a self-signed certificate',
    server,
    { 'system/status': broken('DEPTH_ZERO_SELF_SIGNED_CERT') },
    'reach',
    'tls',
  ],
  [
    'an expired certificate',
    server,
    { 'system/status': broken('CERT_HAS_EXPIRED') },
    'reach',
    'tls',
  ],
  [
    'a closed port',
    server,
    { 'system/status': broken('ECONNREFUSED') },
    'reach',
    'connectionRefused',
  ],
  [
    'a connection that breaks',
    server,
    { 'system/status': broken('ECONNRESET') },
    'reach',
    'connectionBroken',
  ],
  [
    'a firewall',
    server,
    { 'system/status': broken('UND_ERR_CONNECT_TIMEOUT') },
    'reach',
    'timeout',
  ],
  [
    'egress that is not allowed',
    server,
    { 'system/status': status(403, { 'forge-proxy-error': 'BLOCKED_EGRESS' }) },
    'egress',
    'egressNotAllowed',
  ],
  ['a wrong path', server, { 'system/status': status(404) }, 'reach', 'wrongBasePath'],
  ['a login page', server, { 'system/status': page() }, 'reach', 'htmlLoginPage'],
  ['a proxy with its own login', server, { 'system/status': page(401) }, 'reach', 'htmlLoginPage'],
  ['an address list', server, { 'system/status': status(403) }, 'reach', 'forbiddenAddress'],
  [
    'an address list on Cloud',
    cloud,
    { 'authentication/validate': status(403) },
    'reach',
    'forbiddenAddress',
  ],
  [
    'a redirect',
    server,
    {
      'system/status': () =>
        new Response(null, { status: 302, headers: { location: 'https://10.0.0.1/' } }),
    },
    'reach',
    'redirect',
  ],
  [
    'another product',
    server,
    { 'system/status': json({ hello: 'world' }) },
    'reach',
    'notSonarQube',
  ],
  [
    'half an answer',
    server,
    { 'system/status': () => new Response('{"id":"1","sta') },
    'reach',
    'answerUnusable',
  ],
  [
    'an old version',
    server,
    { 'system/status': json({ status: 'UP', version: '8.9.10.61524' }) },
    'version',
    'versionTooOld',
  ],
  [
    'a start',
    server,
    { 'system/status': json({ status: 'STARTING', version: '10.4' }) },
    'version',
    'serverStarting',
  ],
  ['a fault of the server', server, { 'system/status': status(503) }, 'reach', 'serverError'],
  ['too many calls', server, { 'system/status': status(429) }, 'reach', 'rateLimited'],
  [
    'a wrong token',
    server,
    { 'authentication/validate': json({ valid: false }) },
    'token',
    'unauthorized',
  ],
  ['a revoked token', cloud, { 'authentication/validate': status(401) }, 'token', 'unauthorized'],
  [
    'a wrong token that a Server refuses at once',
    server,
    { 'system/status': status(401) },
    'token',
    'unauthorized',
  ],
  [
    'an anonymous answer',
    server,
    { 'users/current': json({ isLoggedIn: false }) },
    'token',
    'unauthorized',
  ],
  [
    'a token that may only analyse',
    server,
    { 'components/search_projects': status(403) },
    'permissions',
    'forbiddenScope',
  ],
  [
    'an unknown organization',
    cloud,
    { 'components/search_projects': status(404) },
    'permissions',
    'organizationUnknown',
  ],
  ['a private address', { ...server, url: 'https://10.1.2.3' }, {}, 'address', 'addressRefused'],
  [
    'a blocked port',
    { ...server, url: 'https://sonar.example.com:9000' },
    {},
    'address',
    'portBlocked',
  ],
];

const warnings: readonly [
  string,
  ConnectionDraft,
  Answers,
  ConnectionCheck['step'],
  DiagnosisCode,
][] = [
  [
    'a token without webhooks',
    server,
    { 'webhooks/list': status(403) },
    'permissions',
    'webhookNotAllowed',
  ],
  [
    'localhost as base URL',
    server,
    {
      'settings/values': json({
        settings: [{ key: 'sonar.core.serverBaseURL', value: 'http://localhost:9000' }],
      }),
    },
    'baseUrl',
    'baseUrlLocal',
  ],
  [
    'another base URL',
    server,
    {
      'settings/values': json({
        settings: [{ key: 'sonar.core.serverBaseURL', value: 'https://other.example.com' }],
      }),
    },
    'baseUrl',
    'baseUrlDiffers',
  ],
  [
    'a Community Build',
    server,
    { 'navigation/global': json({ edition: 'community' }), 'features/list': json([]) },
    'pullRequests',
    'noPullRequestAnalysis',
  ],
  [
    'a token at its end',
    server,
    {
      'authentication/validate': json({ valid: true }),
      'navigation/global': json(
        { edition: 'developer' },
        { 'SonarQube-Authentication-Token-Expiration': ended },
      ),
    },
    'token',
    'tokenExpiring',
  ],
];

describe('the connection test', () => {
  it.each([
    ['a Server', server, 'developer'],
    ['Cloud', cloud, undefined],
  ])('[I5] passes each step with %s in order, and says as whom', async (...row) => {
    const [, draft, edition] = row;

    const { test } = await run(draft, healthy);

    expect(test).toMatchObject({ isUsable: true, actsAs: 'Ada' });
    expect(test.edition).toBe(edition);
    expect(firstOf(test.checks, 'failed') ?? firstOf(test.checks, 'warning')).toBeUndefined();
  });

  it.each(faults)('[I5] of %s gives its own finding', async (...row) => {
    const [, draft, answers, step, code] = row;

    const { test, log, sent } = await run(draft, { ...healthy, ...answers });

    const failed = firstOf(test.checks, 'failed');
    expect([test.isUsable, failed?.step, failed?.diagnosis?.code]).toEqual([false, step, code]);
    expect(failed?.diagnosis?.message).toMatch(/\.$/);
    expect(failed?.diagnosis?.nextStep).toMatch(/\.$/);
    // What was not tried is said to be skipped, and nothing goes on after the failure.
    const places = test.checks.map(({ outcome }) => outcome);
    expect(places.slice(places.indexOf('failed') + 1).every((one) => one === 'skipped')).toBe(true);
    expect(JSON.stringify([test, log.entries])).not.toContain('canary');
    expect(sent.every(({ redirect }) => redirect === 'manual')).toBe(true);
  });

  it.each(warnings)('[A7] [K5] warns of %s and can be used', async (...row) => {
    const [, draft, answers, step, code] = row;

    const { test } = await run(draft, { ...healthy, ...answers });

    const warned = firstOf(test.checks, 'warning');
    expect([test.isUsable, warned?.step, warned?.diagnosis?.code]).toEqual([true, step, code]);
  });

  it('[A7] knows the public address, and refuses one that is none', async () => {
    const base = { key: 'sonar.core.serverBaseURL', value: 'https://sonar.corp.internal/' };
    const publicUrl = 'https://sonar.example.com:9000/';
    const answers = {
      ...healthy,
      'settings/values': json({ settings: [{ ...base, value: publicUrl }] }),
    };

    const known = await run({ ...server, publicUrl }, answers);
    const refused = await run({ ...server, publicUrl: 'ftp://sonar.example.com' }, answers);

    expect(known.publicUrl).toBe('https://sonar.example.com:9000');
    expect(firstOf(known.test.checks, 'warning')).toBeUndefined();
    expect(firstOf(refused.test.checks, 'failed')?.diagnosis?.code).toBe('addressRefused');
  });

  it('[K2] sends the token to no other host, also not after a redirect', async () => {
    const { sent } = await run(server, {
      ...healthy,
      'system/status': () =>
        new Response(null, { status: 308, headers: { location: 'https://evil.example/api' } }),
    });

    expect(new Set(sent.map(({ url }) => new URL(url).host))).toEqual(
      new Set(['sonar.example.com']),
    );
  });
});
