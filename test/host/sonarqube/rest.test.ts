import type { SonarQubeOptions } from '../../../host/sonarqube/types';
import { callRest, setUp, type StandIn } from './support';

const shop = { slug: 'shop', name: 'Shop', id: '{1f0e}', isPrivate: true };
const api = 'https://api.sonarcloud.io';
const bindingsUrl = `${api}/dop-translation/project-bindings`;

function setUpCloud() {
  const binding = { platform: 'bitbucket', workspace: 'acme', repositories: [shop] } as const;
  return setUp({
    flavour: 'cloud',
    baseUrl: 'https://sonarcloud.io',
    organizations: [
      { key: 'gatehouse', name: 'Gatehouse', binding },
      { key: 'other', name: 'O' },
    ],
  });
}

async function projectIdOf({ getJson }: StandIn) {
  const answer = await getJson('navigation/component?component=shop');
  return (answer as { readonly id: string }).id;
}

describe('the API host of Cloud', () => {
  it('lists the organizations of the token as a bare list', async () => {
    const standIn = await setUpCloud();
    const { sonarqube } = standIn;
    sonarqube.users.add({ login: 'mia', organizations: { other: [] } });
    const mia = { sonarqube, token: sonarqube.issueToken('mia', { user: 'mia' }) };

    expect(await callRest(mia, 'GET', `${api}/organizations/organizations`)).toEqual({
      status: 200,
      body: [
        {
          id: expect.any(String) as string,
          key: 'other',
          name: 'O',
          uuidV4: expect.any(String) as string,
        },
      ],
    });
    const url = `${api}/organizations/organizations/gatehouse`;
    expect((await callRest(mia, 'GET', url)).status).toBe(403);
    expect(await callRest(standIn, 'PATCH', url, { name: 'New' })).toMatchObject({
      body: { key: 'gatehouse', name: 'New' },
    });
    expect(await callRest(mia, 'PATCH', url, { name: 'Mine' })).toMatchObject({
      status: 403,
      body: { message: 'Access denied' },
    });
  });

  it('binds a project to a repository, finds it by the address, and unbinds it', async () => {
    const standIn = await setUpCloud();
    const projectId = await projectIdOf(standIn);
    const find = () =>
      callRest(standIn, 'GET', `${bindingsUrl}?url=https://bitbucket.org/ACME/shop`);

    const bound = await callRest(standIn, 'POST', bindingsUrl, {
      ...{ projectId, repositoryId: 'acme/shop' },
    });

    expect(bound).toMatchObject({ status: 201, body: { projectId, repositoryId: 'acme/shop' } });
    expect(await find()).toMatchObject({ body: { bindings: [{ projectId }] } });
    expect(standIn.sonarqube.bindings.find('shop')).toMatchObject({ repository: 'acme/shop' });
    const { id } = bound.body as { readonly id: string };
    expect((await callRest(standIn, 'DELETE', `${bindingsUrl}/${id}`)).status).toBe(204);
    expect(await find()).toEqual({ status: 200, body: { bindings: [] } });
    expect((await callRest(standIn, 'DELETE', `${bindingsUrl}/${id}`)).status).toBe(404);
  });

  it('binds only to a repository of the workspace, and no public project to a private one', async () => {
    const standIn = await setUpCloud();
    const projectId = await projectIdOf(standIn);
    const bind = async (repositoryId: string) =>
      (await callRest(standIn, 'POST', bindingsUrl, { projectId, repositoryId })).status;

    expect(await bind('elsewhere/shop')).toBe(404);
    expect((await callRest(standIn, 'POST', bindingsUrl, { projectId })).status).toBe(400);
    standIn.sonarqube.projects.setVisibility('shop', 'public');
    expect(await bind('acme/shop')).toBe(400);
    standIn.sonarqube.organizations.unbind('gatehouse');
    expect(await bind('acme/shop')).toBe(400);
    expect(standIn.sonarqube.bindings.list()).toEqual([]);
  });

  it('is the only host with these paths: the other one answers its page', async () => {
    const { sonarqube, token } = await setUpCloud();
    const request = new Request('https://sonarcloud.io/organizations/organizations', {
      headers: { authorization: `Bearer ${token}` },
    });
    const answer = await sonarqube.fetch(request);

    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      200,
      expect.stringContaining('text/html'),
    ]);
    expect((await callRest({ sonarqube, token }, 'GET', `${api}/api/projects/search`)).status).toBe(
      501,
    );
    expect(
      (await callRest({ sonarqube, token: 'wrong' }, 'GET', `${api}/organizations/organizations`))
        .status,
    ).toBe(401);
  });
});

describe('the v2 API of a Server', () => {
  const base = 'https://sonar.example.org/sonar';
  const v2 = `${base}/api/v2/dop-translation`;

  async function setUpServer(options: Partial<SonarQubeOptions> = {}) {
    const standIn = await setUp({ edition: 'enterprise', baseUrl: base, ...options });
    standIn.sonarqube.platforms.add({ alm: 'bitbucketcloud', key: 'bbc', workspace: 'acme' });
    const url = 'https://bb.example.org';
    standIn.sonarqube.platforms.add({ alm: 'bitbucket', key: 'bbdc', url });
    return standIn;
  }

  async function readSettings(standIn: StandIn) {
    const { body } = await callRest(standIn, 'GET', `${v2}/dop-settings`);
    return body as {
      readonly dopSettings: readonly { readonly id: string; readonly key: string }[];
    };
  }

  it('lists the DevOps platform records with its own words for their kinds', async () => {
    expect(await readSettings(await setUpServer())).toMatchObject({
      dopSettings: [
        { type: 'bitbucketcloud', key: 'bbc', url: 'https://api.bitbucket.org/2.0/' },
        { type: 'bitbucket_server', key: 'bbdc', url: 'https://bb.example.org' },
      ],
      page: { total: 2 },
    });
  });

  it('makes bound projects for whoever left a personal token, and again without harm', async () => {
    const standIn = await setUpServer();
    const [, dataCenter] = (await readSettings(standIn)).dopSettings;
    const wanted = {
      ...{ projectKey: 'acme_api', projectName: 'API', monorepo: true },
      devOpsPlatformSettingId: dataCenter?.id,
      ...{ repositoryIdentifier: 'api', projectIdentifier: 'PROJ' },
    };
    const bind = (method: 'POST' | 'PUT') =>
      callRest(standIn, method, `${v2}/bound-projects`, wanted);

    expect(await bind('POST')).toEqual({
      status: 400,
      body: { message: "personal access token for 'bbdc' is missing" },
    });
    await standIn.post('alm_integrations/set_pat', { almSetting: 'bbdc', pat: 'secret' });
    expect(await bind('POST')).toMatchObject({ status: 201, body: { newProjectCreated: true } });
    expect((await bind('POST')).status).toBe(400);
    expect(await bind('PUT')).toMatchObject({ status: 200, body: { newProjectCreated: false } });
    expect(standIn.sonarqube.bindings.list()).toEqual([
      {
        ...{ projectKey: 'acme_api', setting: 'bbdc', repository: 'PROJ', slug: 'api' },
        monorepo: true,
      },
    ]);
  });

  it('finds the projects of a repository by its address or by its name', async () => {
    const standIn = await setUpServer();
    const { sonarqube } = standIn;
    sonarqube.projects.add({ key: 'dc' });
    const binding = { repository: 'shop', slug: null, monorepo: false };
    sonarqube.bindings.set({ projectKey: 'shop', setting: 'bbc', ...binding });
    sonarqube.bindings.set({
      ...{ projectKey: 'dc', setting: 'bbdc', repository: 'PROJ', slug: 'shop', monorepo: false },
    });
    const find = async (query: Record<string, string>) => {
      const url = `${v2}/project-bindings?${new URLSearchParams(query)}`;
      const { body } = await callRest(standIn, 'GET', url);
      return (
        body as { readonly projectBindings: readonly { readonly projectKey: string }[] }
      ).projectBindings.map(({ projectKey }) => projectKey);
    };

    expect(await find({})).toEqual(['shop', 'dc']);
    expect(await find({ repository: 'SHOP' })).toEqual(['shop']);
    for (const repositoryUrl of [
      'https://bitbucket.org/acme/shop',
      'git@bitbucket.org:Acme/shop.git',
    ]) {
      expect(await find({ repositoryUrl })).toEqual(['shop']);
    }
    expect(await find({ repositoryUrl: 'https://bitbucket.org/else/shop' })).toEqual([]);
    expect(
      await find({ repositoryUrl: 'https://bb.example.org/projects/PROJ/repos/shop' }),
    ).toEqual(['dc']);
    expect(await find({ repositoryUrl: 'https://bb.example.org/scm/proj/shop.git' })).toEqual([
      'dc',
    ]);
  });

  it('came with 10.5: an older Server knows no such address', async () => {
    const { get } = await setUpServer({ version: '10.4' });

    expect((await get('v2/dop-translation/dop-settings')).status).toBe(404);
  });
});
