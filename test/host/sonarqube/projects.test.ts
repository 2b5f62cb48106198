import { buildIssue, error, outcome, setUp, setUpAnalysed } from './support';

interface Page {
  readonly paging: { readonly total: number };
  readonly components: readonly { readonly key: string; readonly analysisDate?: string }[];
}

const many = Array.from({ length: 12_000 }, (_, index) => {
  const number = String(index).padStart(5, '0');
  return { key: `p${number}`, name: `Project ${number}`, analysedAt: 1_777_000_000_000 };
});

describe('the list of projects', () => {
  it('pages through more than 10,000, of which Cloud counts 10,000', async () => {
    const server = await setUp();
    const cloud = await setUp({ flavour: 'cloud' });
    for (const { sonarqube } of [server, cloud]) sonarqube.projects.add(...many);

    const list = 'components/search_projects';
    const page = (await server.getJson(`${list}?p=20&ps=500&f=analysisDate`)) as Page;
    const ofCloud = (await cloud.getJson(`${list}?organization=gatehouse&ps=2`)) as Page;
    const found = (await server.getJson(`${list}?filter=query%3D%22t%2011999%22`)) as Page;

    expect([page.paging.total, ofCloud.paging.total]).toEqual([12_001, 10_000]);
    expect(page.components).toHaveLength(500);
    expect(page.components[0]).toMatchObject({
      key: 'p09500',
      analysisDate: '2026-04-24T03:06:40+0000',
    });
    expect(ofCloud.components).toHaveLength(2);
    expect(found.components.map(({ key }) => key)).toEqual(['p11999']);
    expect((await server.get(`${list}?p=21&ps=500`)).status).toBe(400);
  });

  it('holds what the owner of the token may browse, and the public ones', async () => {
    const { sonarqube, as } = await setUp();
    sonarqube.projects.add({ key: 'open', visibility: 'public' }, { key: 'own' });
    sonarqube.users.add({ login: 'mia', projects: { own: ['user'] } });
    const mia = as(sonarqube.issueToken('mia', { user: 'mia' }));

    const { components } = (await mia.getJson('components/search_projects')) as Page;
    expect(components.map(({ key }) => key)).toEqual(['open', 'own']);
    expect((await mia.get('components/show?component=open')).status).toBe(200);
    expect(await outcome(mia.get('components/show?component=shop'))).toEqual([
      403,
      error('Insufficient privileges'),
    ]);
    expect((await mia.get('projects/search')).status).toBe(403);
    expect((await mia.post('projects/create', { project: 'a', name: 'a' })).status).toBe(403);
  });

  it('is searched by two letters or more in the public form', async () => {
    const { getJson, get } = await setUp();
    const search = 'components/search?qualifiers=TRK';

    expect(await getJson(`${search}&q=sh`)).toMatchObject({ components: [{ key: 'shop' }] });
    expect(await outcome(get(`${search}&q=s`))).toEqual([
      400,
      error("'q' length (1) is shorter than the minimum authorized (2)"),
    ]);
    expect((await get('components/search')).status).toBe(400);
  });

  it('finds a project of Cloud by its id', async () => {
    const { sonarqube, getJson } = await setUp({ flavour: 'cloud' });
    sonarqube.projects.add({ key: 'other' });
    const { id } = (await getJson('navigation/component?component=shop')) as { id: string };
    const list = 'components/search_projects?organization=gatehouse';

    const { components } = (await getJson(`${list}&projectIds=${id}`)) as Page;
    expect(components.map(({ key }) => key)).toEqual(['shop']);
  });
});

describe('a project', () => {
  it('belongs to whoever makes it', async () => {
    const { sonarqube, as } = await setUp();
    sonarqube.users.add({ login: 'mia', global: ['provisioning'] });
    const mia = as(sonarqube.issueToken('mia', { user: 'mia' }));

    await mia.post('projects/create', { project: 'hers', name: 'Hers' });
    expect((await mia.get('components/show?component=hers')).status).toBe(200);
    expect((await mia.post('projects/delete', { project: 'hers' })).status).toBe(204);
  });

  it('goes with all that belongs to it', async () => {
    const { sonarqube, get, post } = await setUpAnalysed('server', { issues: [buildIssue()] });
    await post('webhooks/create', { name: 'a', url: 'https://a.example.org', project: 'shop' });

    expect(await outcome(post('projects/delete', { project: 'shop' }))).toEqual([204, '']);
    expect((await get('components/show?component=shop')).status).toBe(404);
    expect(sonarqube.webhooks()).toEqual([]);
    await post('projects/create', { project: 'shop', name: 'Again' });
    expect(await (await get('project_pull_requests/list?project=shop')).json()).toEqual({
      pullRequests: [],
    });
  });

  it('takes all that belongs to it along to another key, which has to be free', async () => {
    const { sonarqube, get, post } = await setUpAnalysed('server', { issues: [buildIssue()] });
    sonarqube.projects.add({ key: 'taken' });

    expect((await post('projects/update_key', { from: 'shop', to: 'taken' })).status).toBe(400);
    expect((await post('projects/update_key', { from: 'shop', to: 'moved' })).status).toBe(204);
    const gate = 'qualitygates/project_status?pullRequest=42&projectKey=';
    expect((await get(`${gate}moved`)).status).toBe(200);
    expect((await get(`${gate}shop`)).status).toBe(404);
  });

  it('is shown to everybody when it is public', async () => {
    const { sonarqube, as, post } = await setUp();
    sonarqube.users.add({ login: 'mia' });
    const mia = as(sonarqube.issueToken('mia', { user: 'mia' }));
    const set = 'projects/update_visibility';

    expect((await mia.post(set, { project: 'shop', visibility: 'public' })).status).toBe(403);
    expect((await post(set, { project: 'shop', visibility: 'secret' })).status).toBe(400);
    await post(set, { project: 'shop', visibility: 'public' });
    expect((await mia.get('components/show?component=shop')).status).toBe(200);
  });
});
