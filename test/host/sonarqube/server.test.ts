import { error, outcome, setUp } from './support';

describe('the server', () => {
  it('tells Server from Cloud: edition and features here, organizations there', async () => {
    const server = await setUp({ edition: 'enterprise' });
    const cloud = await setUp({ flavour: 'cloud' });

    expect(await server.getJson('navigation/global')).toMatchObject({ edition: 'enterprise' });
    expect(await server.getJson('features/list')).toContain('branch-support');
    expect((await server.get('organizations/search')).status).toBe(404);
    expect(await cloud.getJson('organizations/search?member=true')).toMatchObject({
      organizations: [{ key: 'gatehouse' }],
    });
    expect((await cloud.get('features/list')).status).toBe(404);
  });

  it('asks for the organization on Cloud, and knows which there are', async () => {
    const { get } = await setUp({ flavour: 'cloud' });

    expect(await outcome(get('qualitygates/list'))).toEqual([
      400,
      error("The 'organization' parameter is missing"),
    ]);
    expect((await get('qualitygates/list?organization=none')).status).toBe(404);
    expect((await get('qualitygates/list?organization=gatehouse')).status).toBe(200);
  });

  it('answers an operation that no server has as unknown, and one it does not emulate as such', async () => {
    const { get } = await setUp();

    expect(await outcome(get('nonsense/list'))).toEqual([
      404,
      error('Unknown url : /api/nonsense/list'),
    ]);
    expect(await outcome(get('rules/search'))).toEqual([
      501,
      error('This stand-in does not emulate /api/rules/search.'),
    ]);
  });

  it('refuses to read over POST and to write over GET', async () => {
    const { get, post } = await setUp();

    expect((await get('projects/create?project=a&name=a')).status).toBe(405);
    expect((await post('users/current', {})).status).toBe(405);
  });

  it('works below a context path', async () => {
    const { get } = await setUp({ baseUrl: 'https://example.org/sonar/' });

    expect((await get('server/version')).status).toBe(200);
  });

  it('refuses a project whose key is taken or malformed', async () => {
    const { post } = await setUp();

    expect(await outcome(post('projects/create', { project: 'shop', name: 'x' }))).toEqual([
      400,
      error('Could not create Project with key: "shop". A similar key already exists: "shop"'),
    ]);
    for (const project of ['123', 'a b', 'a'.repeat(401)]) {
      expect((await post('projects/create', { project, name: 'x' })).status).toBe(400);
    }
  });

  it('finds projects by a part of their name or key', async () => {
    const { post, getJson } = await setUp();
    await post('projects/create', { project: 'acme_api', name: 'API' });

    const query = encodeURIComponent('query = "sho"');
    expect(await getJson(`components/search_projects?filter=${query}`)).toMatchObject({
      components: [{ key: 'shop', name: 'Shop' }],
      paging: { total: 1 },
    });
  });
});
