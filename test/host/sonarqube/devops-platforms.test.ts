import type { SonarQubeOptions } from '../../../host/sonarqube/types';
import { error, outcome, setUp } from './support';

const cloud = { key: 'bbc', workspace: 'acme', clientId: 'Ab12', clientSecret: 'top' };
const dataCenter = { key: 'bbdc', url: 'https://bb.example.org', personalAccessToken: 'top' };

async function setUpPlatforms(options: Partial<SonarQubeOptions> = {}) {
  const standIn = await setUp({ edition: 'enterprise', ...options });
  await standIn.post('alm_settings/create_bitbucketcloud', cloud);
  await standIn.post('alm_settings/create_bitbucket', dataCenter);
  return standIn;
}

describe('DevOps platform records', () => {
  it('are listed without their credentials, which are kept as they were given', async () => {
    const { sonarqube, get, post } = await setUpPlatforms();
    const secret = '{aes-gcm}5XPQ==';
    await post('alm_settings/update_bitbucketcloud', { ...cloud, clientSecret: secret });

    const [, definitions] = await outcome(get('alm_settings/list_definitions'));
    expect(JSON.parse(definitions)).toEqual({
      github: [],
      azure: [],
      gitlab: [],
      bitbucket: [{ key: 'bbdc', url: 'https://bb.example.org' }],
      bitbucketcloud: [{ key: 'bbc', workspace: 'acme', clientId: 'Ab12' }],
    });
    expect(sonarqube.platforms.find('bbc')).toMatchObject({ secret });
    const kept = { key: 'bbc', workspace: 'other', clientId: 'Ab12' };
    await post('alm_settings/update_bitbucketcloud', kept);
    expect(sonarqube.platforms.find('bbc')).toMatchObject({ secret, workspace: 'other' });
  });

  it.each([
    ['community', 400],
    ['developer', 400],
    ['enterprise', 204],
    ['datacenter', 204],
  ] as const)('are one of a platform in the %s edition or more', async (edition, status) => {
    const { post } = await setUpPlatforms({ edition });

    const second = await outcome(
      post('alm_settings/create_bitbucketcloud', { ...cloud, key: 'second' }),
    );

    expect(second).toEqual(
      status === 204 ? [204, ''] : [400, error('A BITBUCKET_CLOUD setting is already defined')],
    );
  });

  it('have keys and values of limited form', async () => {
    const { post } = await setUp({ edition: 'enterprise' });
    const create = (changes: Partial<typeof cloud>) =>
      outcome(post('alm_settings/create_bitbucketcloud', { ...cloud, ...changes }));

    expect(await create({ key: 'k'.repeat(201) })).toEqual([
      400,
      error("'key' length (201) is longer than the maximum authorized (200)"),
    ]);
    expect((await create({ workspace: 'Not Lower' }))[1]).toContain('incorrect format');
    expect((await create({ clientId: 'c'.repeat(81) }))[0]).toBe(400);
    expect((await create({ clientSecret: 'c'.repeat(161) }))[0]).toBe(400);
    expect((await create({ clientSecret: '' }))[0]).toBe(400);
    expect(await create({})).toEqual([204, '']);
    expect(await create({})).toEqual([
      400,
      error("An DevOps Platform setting with key 'bbc' already exists"),
    ]);
  });

  it('ask for the token again when the address changes', async () => {
    const { sonarqube, post } = await setUpPlatforms();
    const moved = { key: 'bbdc', url: 'https://other.example.org' };

    expect(await outcome(post('alm_settings/update_bitbucket', moved))).toEqual([
      400,
      error('Please provide the Personal Access Token to update the URL.'),
    ]);
    expect(sonarqube.platforms.find('bbdc')).toMatchObject({ url: dataCenter.url });
    const renamed = { key: 'bbdc', newKey: 'dc', url: dataCenter.url };
    expect((await post('alm_settings/update_bitbucket', renamed)).status).toBe(204);
    const whole = { ...moved, key: 'dc', personalAccessToken: 'new' };
    expect((await post('alm_settings/update_bitbucket', whole)).status).toBe(204);
    expect(sonarqube.platforms.find('dc')).toMatchObject({ url: moved.url, secret: 'new' });
  });

  it('say what is wrong with them in the words that were set', async () => {
    const { sonarqube, getJson, get } = await setUpPlatforms();
    const problem =
      'Configure the OAuth consumer in the Bitbucket workspace to be a private consumer';

    expect(await getJson('alm_settings/validate?key=bbc')).toEqual({ errors: [] });
    sonarqube.platforms.setProblems('bbc', [problem]);
    expect(await getJson('alm_settings/validate?key=bbc')).toEqual({ errors: [{ msg: problem }] });
    expect(await outcome(get('alm_settings/validate?key=none'))).toEqual([
      404,
      error("DevOps Platform setting with key 'none' cannot be found"),
    ]);
  });

  it('are the business of administrators; those who make projects may list them', async () => {
    const { sonarqube, as } = await setUpPlatforms();
    sonarqube.users.add({ login: 'mia', global: ['provisioning'] });
    const mia = as(sonarqube.issueToken('mia', { user: 'mia' }));

    expect((await mia.get('alm_settings/list')).status).toBe(200);
    for (const read of ['list_definitions', 'validate?key=bbc', 'count_binding?almSetting=bbc']) {
      expect((await mia.get(`alm_settings/${read}`)).status).toBe(403);
    }
    expect((await mia.post('alm_settings/delete', { key: 'bbc' })).status).toBe(403);
    expect((await mia.post('alm_settings/create_bitbucket', dataCenter)).status).toBe(403);
    expect(sonarqube.platforms.list()).toHaveLength(2);
  });
});

describe('bindings of projects on a Server', () => {
  const ofShop = 'alm_settings/get_binding?project=shop';

  it('are written and read back in the form of their platform, and counted', async () => {
    const { sonarqube, getJson, post } = await setUpPlatforms();
    const common = { project: 'shop', monorepo: 'true' };

    await post('alm_settings/set_bitbucketcloud_binding', {
      ...{ ...common, almSetting: 'bbc', repository: 'shop-repo' },
    });
    expect(await getJson(ofShop)).toEqual({
      ...{ key: 'bbc', alm: 'bitbucketcloud', repository: 'shop-repo', monorepo: true },
    });
    await post('alm_settings/set_bitbucket_binding', {
      ...{ ...common, almSetting: 'bbdc', repository: 'PROJ', slug: 'shop' },
    });
    expect(await getJson(ofShop)).toEqual({
      ...{ key: 'bbdc', alm: 'bitbucket', repository: 'PROJ', slug: 'shop', monorepo: true },
      url: dataCenter.url,
    });
    expect(await getJson('alm_settings/count_binding?almSetting=bbdc')).toEqual({
      key: 'bbdc',
      projects: 1,
    });
    expect(sonarqube.bindings.list()).toEqual([
      { projectKey: 'shop', setting: 'bbdc', repository: 'PROJ', slug: 'shop', monorepo: true },
    ]);
  });

  it('end with their deletion, with that of the record, and with that of the project', async () => {
    const { sonarqube, get, post } = await setUpPlatforms();
    const set = () =>
      sonarqube.bindings.set({
        ...{ projectKey: 'shop', setting: 'bbc', repository: 'shop', slug: null, monorepo: false },
      });

    set();
    await post('alm_settings/delete_binding', { project: 'shop' });
    expect(await outcome(get(ofShop))).toEqual([
      404,
      error("Project 'shop' is not bound to any DevOps Platform"),
    ]);
    set();
    await post('alm_settings/delete', { key: 'bbc' });
    expect(sonarqube.bindings.list()).toEqual([]);
    await post('alm_settings/create_bitbucketcloud', cloud);
    set();
    await post('projects/delete', { project: 'shop' });
    expect(sonarqube.bindings.list()).toEqual([]);
  });

  it('are there from Developer on, monorepos from Enterprise on', async () => {
    const form = { almSetting: 'bbc', project: 'shop', repository: 'shop', monorepo: 'false' };
    const set = 'alm_settings/set_bitbucketcloud_binding';
    const community = await setUpPlatforms({ edition: 'community' });
    const developer = await setUpPlatforms({ edition: 'developer' });

    expect(await outcome(community.post(set, form))).toEqual([
      404,
      error(`Unknown url : /api/${set}`),
    ]);
    expect((await community.get(ofShop)).status).toBe(404);
    expect((await developer.post(set, { ...form, monorepo: 'true' })).status).toBe(400);
    expect((await developer.post(set, form)).status).toBe(204);
  });

  it('are checked by the server', async () => {
    const { sonarqube, get } = await setUpPlatforms();
    sonarqube.bindings.set({
      ...{ projectKey: 'shop', setting: 'bbc', repository: 'shop', slug: null, monorepo: false },
    });

    expect(await outcome(get('alm_settings/validate_binding?project=shop'))).toEqual([204, '']);
    sonarqube.platforms.setProblems('bbc', ['No access']);
    const [status, text] = await outcome(get('alm_settings/validate_binding?project=shop'));
    expect([status, JSON.parse(text)]).toEqual([
      400,
      { scope: 'GLOBAL', errors: [{ msg: 'No access' }] },
    ]);
  });

  it('belong to administrators of the project; before 10.1 even to read', async () => {
    for (const [version, status] of [
      ['10.1', 404],
      ['9.9.4', 403],
    ] as const) {
      const { sonarqube, as } = await setUpPlatforms({ version });
      sonarqube.users.add({ login: 'mia', projects: { shop: ['user'] } });
      const mia = as(sonarqube.issueToken('mia', { user: 'mia' }));

      expect((await mia.get(ofShop)).status).toBe(status);
      const deletion = await mia.post('alm_settings/delete_binding', { project: 'shop' });
      expect(deletion.status).toBe(403);
    }
  });
});
