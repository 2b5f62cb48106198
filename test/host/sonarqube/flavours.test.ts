import { createAnalysisServers } from '../../../host/launch/analysis-servers';
import { openDatabase } from '../../../host/database';
import { createManualClock } from '../../../host/manual-clock';
import { buildResult, error, gateOf42, outcome, setUp, startMs } from './support';

describe('several servers in one host', () => {
  function setUpServers() {
    const database = openDatabase(':memory:');
    const shared = {
      database,
      clock: createManualClock(startMs),
      deliver: () => Promise.resolve({ status: 200 }),
      analyse: () => Promise.resolve(buildResult()),
    };
    const create = () =>
      createAnalysisServers(shared, 'https://sonarcloud.io', [
        { url: 'https://sonarqube.us', flavour: 'cloud' },
        { url: 'https://tools.example.org/sonar/', flavour: 'server', edition: 'datacenter' },
        { url: 'https://tools.example.org', flavour: 'server', version: '9.9.4.87374' },
      ]);
    return { servers: create(), create };
  }

  it('have state of their own, which they find again', () => {
    const { servers, create } = setUpServers();
    const us = servers.byUrl.get('https://sonarqube.us');
    us?.projects.add({ key: 'shop' });
    const token = us?.issueToken('mine') ?? '';

    expect([...servers.byUrl.values()].map(({ projects }) => projects.has('shop'))).toEqual([
      ...[false, true, false, false],
    ]);
    const again = create().byUrl.get('https://sonarqube.us');
    expect(again?.projects.has('shop')).toBe(true);
    expect(token).toHaveLength(40);
  });

  it('are reached by host, and by context path where two share one', async () => {
    const { outside } = setUpServers().servers;
    const ask = async (url: string) => {
      const answer = await outside[new URL(url).host]?.fetch(new Request(url));
      return [answer?.status, await answer?.text()];
    };

    expect(Object.keys(outside).toSorted()).toEqual([
      ...['api.sonarcloud.io', 'api.sonarqube.us', 'sonarcloud.io', 'sonarqube.us'],
      'tools.example.org',
    ]);
    expect(await ask('https://tools.example.org/sonar/api/server/version')).toEqual([
      200,
      '2026.3.1.123439',
    ]);
    expect(await ask('https://tools.example.org/api/server/version')).toEqual([200, '9.9.4.87374']);
  });

  it('have addresses of their own', () => {
    const { create } = setUpServers();
    expect(create).not.toThrow();
    expect(() =>
      createAnalysisServers(
        {
          database: openDatabase(':memory:'),
          clock: createManualClock(startMs),
          deliver: () => Promise.resolve({ status: 200 }),
          analyse: () => Promise.resolve(buildResult()),
        },
        'https://sonarcloud.io',
        [{ url: 'https://sonarcloud.io/', flavour: 'cloud' }],
      ),
    ).toThrow('same address');
  });
});

describe('versions of a Server', () => {
  it.each([
    ['9.9.4.87374', 401, 200],
    ['10.0.0.1', 200, 200],
    ['26.7.0.124771', 200, 200],
  ])('%s takes Bearer with %i and Basic with %i', async (version, bearer, basic) => {
    const { sonarqube, token, get } = await setUp({ version });
    const request = new Request(`${sonarqube.baseUrl}/api/users/current`, {
      headers: { authorization: `Bearer ${token}` },
    });

    expect((await sonarqube.fetch(request)).status).toBe(bearer);
    expect((await get('users/current')).status).toBe(basic);
  });

  it('before 10.1 show the secret of a webhook, before 10.6 take a short one', async () => {
    const hook = { name: 'a', url: 'https://a.example.org', project: 'shop', secret: 'short' };
    const old = await setUp({ version: '9.9.4' });
    const newer = await setUp({ version: '10.6' });

    expect(await (await old.post('webhooks/create', hook)).json()).toMatchObject({
      webhook: { secret: 'short' },
    });
    expect((await newer.post('webhooks/create', hook)).status).toBe(400);
  });
});

describe('a Server before 10.0', () => {
  it('has periods in gates and measures, and measures for users only', async () => {
    const { sonarqube, submit, getJson, as } = await setUp({ version: '9.9.4' });
    await submit();
    await sonarqube.idle();
    const measures = 'measures/component?component=shop&pullRequest=42&metricKeys=new_lines';

    expect(await getJson(gateOf42)).toMatchObject({
      projectStatus: { periods: [{ index: 1 }], caycStatus: 'compliant' },
    });
    expect(await getJson(measures)).toMatchObject({
      component: { measures: [{ period: { value: '100' }, periods: [{ value: '100' }] }] },
    });
    const analyst = as(sonarqube.issueToken('ci', { kind: 'analysis' }));
    expect((await analyst.get(measures)).status).toBe(403);
    expect((await analyst.get(gateOf42)).status).toBe(200);
  });
});

describe('a server that is not up', () => {
  it('tells its status and version, and answers 503 otherwise', async () => {
    const { sonarqube, get, getJson } = await setUp();
    sonarqube.setStatus('DB_MIGRATION_NEEDED');

    expect(await getJson('system/status')).toMatchObject({ status: 'DB_MIGRATION_NEEDED' });
    expect((await get('server/version')).status).toBe(200);
    for (const operation of ['users/current', 'v2/dop-translation/dop-settings', 'nonsense/list']) {
      expect((await get(operation)).status).toBe(503);
    }
    sonarqube.setStatus('UP');
    expect((await get('users/current')).status).toBe(200);
  });
});

describe('tokens', () => {
  it('have the permissions of their user, as these change', async () => {
    const { sonarqube, as } = await setUp();
    sonarqube.users.add({ login: 'mia', name: 'Mia', global: ['provisioning'] });
    const mia = as(sonarqube.issueToken('mia', { user: 'mia' }));

    expect(await mia.getJson('users/current')).toMatchObject({
      login: 'mia',
      permissions: { global: ['provisioning'] },
    });
    sonarqube.users.add({ login: 'mia' });
    expect(await mia.getJson('users/current')).toMatchObject({ permissions: { global: [] } });
    const nobody = as(sonarqube.issueToken('gone', { user: 'gone' }));
    expect((await nobody.get('components/show?component=shop')).status).toBe(403);
  });

  it('of one project or one organization see no other', async () => {
    const server = await setUp();
    const cloud = await setUp({
      flavour: 'cloud',
      organizations: [
        { key: 'gatehouse', name: 'G' },
        { key: 'other', name: 'O' },
      ],
    });
    cloud.sonarqube.projects.add({ key: 'foreign', organization: 'other' });
    const ofProject = server.sonarqube.issueToken('p', {
      kind: 'project-analysis',
      projects: ['shop'],
    });
    const ofOrganization = cloud.sonarqube.issueToken('o', {
      kind: 'organization',
      organization: 'gatehouse',
    });
    const gate = 'qualitygates/project_status?projectKey=';

    expect(ofProject).toMatch(/^sqp_/u);
    expect((await server.as(ofProject).get(`${gate}shop`)).status).toBe(200);
    expect((await server.as(ofProject).get('webhooks/list?project=shop')).status).toBe(403);
    expect((await cloud.as(ofOrganization).get(`${gate}shop`)).status).toBe(200);
    expect((await cloud.as(ofOrganization).get(`${gate}foreign`)).status).toBe(403);
  });

  it('are listed with their age and end', async () => {
    const { sonarqube, getJson } = await setUp();
    sonarqube.issueToken('short', { expiresAt: startMs + 86_400_000 });

    expect(await getJson('user_tokens/search')).toMatchObject({
      userTokens: [
        { name: 'test', createdAt: '2026-05-01T02:15:42+0000', type: 'USER_TOKEN' },
        { name: 'short', expirationDate: '2026-05-02T02:15:42+0000', isExpired: false },
      ],
    });
  });
});

describe('the log of writes', () => {
  it('holds what was asked to be written, refused or not, and no secret', async () => {
    const { sonarqube, get, post, as } = await setUp({ edition: 'enterprise' });
    sonarqube.clearWrites();
    sonarqube.users.add({ login: 'mia' });
    await get('alm_settings/list');
    expect(sonarqube.writes()).toEqual([]);

    const form = { key: 'a', url: 'https://b.example.org', personalAccessToken: 'canary' };
    await post('alm_settings/create_bitbucket', form);
    await as(sonarqube.issueToken('mia', { user: 'mia' })).post('alm_settings/delete', {
      key: 'a',
    });

    expect(sonarqube.writes()).toEqual([
      {
        ...{ at: startMs, method: 'POST', path: '/api/alm_settings/create_bitbucket' },
        parameters: { ...form, personalAccessToken: '***' },
        status: 204,
      },
      {
        ...{ at: startMs, method: 'POST', path: '/api/alm_settings/delete' },
        parameters: { key: 'a' },
        status: 403,
      },
    ]);
  });
});

it('refuses a project webhook to whoever does not administer the project', async () => {
  const { sonarqube, as, post } = await setUp();
  sonarqube.users.add({ login: 'mia', projects: { shop: ['user'] } });
  const mia = as(sonarqube.issueToken('mia', { user: 'mia' }));
  const hook = { name: 'a', url: 'https://a.example.org', project: 'shop' };
  const { webhook } = (await (await post('webhooks/create', hook)).json()) as {
    readonly webhook: { readonly key: string };
  };

  expect(await outcome(mia.post('webhooks/create', hook))).toEqual([
    403,
    error('Insufficient privileges'),
  ]);
  expect((await mia.post('webhooks/delete', { webhook: webhook.key })).status).toBe(403);
  expect((await mia.get('webhooks/list?project=shop')).status).toBe(403);
  expect(sonarqube.webhooks()).toHaveLength(1);
});

it('takes over a state file from before users and organizations', async () => {
  const database = openDatabase(':memory:');
  database.exec(`
    CREATE TABLE sonarqube_project (
      key TEXT PRIMARY KEY, id TEXT NOT NULL, name TEXT NOT NULL, organization TEXT,
      visibility TEXT NOT NULL, main_branch TEXT NOT NULL
    );
    CREATE TABLE sonarqube_token (
      digest TEXT PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, projects TEXT,
      expires_at INTEGER
    );
    INSERT INTO sonarqube_project VALUES ('old', 'id', 'Old', NULL, 'private', 'main');
  `);
  const { getJson } = await setUp({ database });

  expect(await getJson('components/search_projects')).toMatchObject({
    components: [{ key: 'old' }, { key: 'shop' }],
  });
});
