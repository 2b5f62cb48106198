import { openProjectsOf, setUpClient, type VersionedConnection } from './stand-in-client';

const wish = {
  projectKey: 'acme_shop-api',
  name: 'Shop API',
  visibility: 'private',
  mainBranch: 'trunk',
  newCode: { kind: 'server' },
} as const;
const server: VersionedConnection = { kind: 'sonarqube-server', version: '2026.3.1' };

describe('making projects on a server', () => {
  it('[M13] makes one with its visibility and main branch in one call, and finds it', async () => {
    const { sonarqube, projects } = await setUpClient(server);

    const made = await projects.create(wish);

    expect(made).toEqual({ outcome: 'created' });
    expect(sonarqube.writes()).toMatchObject([
      {
        path: '/api/projects/create',
        parameters: { project: 'acme_shop-api', visibility: 'private', mainBranch: 'trunk' },
      },
    ]);
    expect(await projects.find('acme_shop-api')).toEqual({
      ...{ projectKey: 'acme_shop-api', name: 'Shop API', visibility: 'private' },
    });
    expect(await projects.findExisting(['acme_shop-api', 'another'])).toEqual([
      { projectKey: 'acme_shop-api', name: 'Shop API', visibility: 'private' },
    ]);
    expect(await projects.find('another')).toBeUndefined();
  });

  it('[M13] makes a public one private', async () => {
    const { projects } = await setUpClient(server);
    await projects.create({ ...wish, visibility: 'public' });

    await projects.makePrivate(wish.projectKey);

    expect(await projects.find(wish.projectKey)).toMatchObject({ visibility: 'private' });
  });

  it('[M10] says that a key is taken, and makes nothing', async () => {
    const { projects } = await setUpClient(server);
    await projects.create(wish);

    expect(await projects.create({ ...wish, name: 'Other' })).toEqual({ outcome: 'exists' });
    expect(await projects.find(wish.projectKey)).toMatchObject({ name: 'Shop API' });
  });

  it('[M25] passes on what the server says of a key that it does not take', async () => {
    const { projects } = await setUpClient(server);

    await expect(projects.create({ ...wish, projectKey: '42' })).rejects.toMatchObject({
      serverSentence: expect.stringMatching(/^Malformed key/) as string,
    });
  });

  it.each([
    [{ kind: 'server' }, undefined, undefined],
    [{ kind: 'previousVersion' }, 'PREVIOUS_VERSION', undefined],
    [{ kind: 'days', days: 30 }, 'NUMBER_OF_DAYS', '30'],
  ] as const)(
    '[M25] sends new code %j as %s %s, and nothing that was not chosen',
    async (newCode, type, value) => {
      const { sonarqube, projects } = await setUpClient(server);

      expect(await projects.create({ ...wish, newCode })).toEqual({ outcome: 'created' });

      const parameters = sonarqube.writes()[0]?.parameters;
      expect(parameters?.newCodeDefinitionType).toBe(type);
      expect(parameters?.newCodeDefinitionValue).toBe(value);
    },
  );

  it('[M25] leaves new code to a server that takes no definition with a project', async () => {
    const { sonarqube, projects } = await setUpClient({
      ...{ kind: 'sonarqube-server', version: '9.9.8' },
    });

    await projects.create({ ...wish, newCode: { kind: 'days', days: 30 } });

    expect(sonarqube.writes()[0]?.parameters).not.toHaveProperty('newCodeDefinitionType');
  });

  it('names the main branch on Cloud, where a new project has its own', async () => {
    const { sonarqube, projects } = await setUpClient({ kind: 'sonarqube-cloud' });

    expect(await projects.create(wish)).toEqual({ outcome: 'created' });

    expect(sonarqube.writes().map(({ path }) => path)).toEqual([
      '/api/projects/create',
      '/api/project_branches/rename',
    ]);
    expect(sonarqube.writes()[0]?.parameters).toMatchObject({ organization: 'gatehouse' });
  });

  it('says what to do when Cloud does not know the new project everywhere yet', async () => {
    const { sonarqube, connection, token } = await setUpClient({ kind: 'sonarqube-cloud' });
    const projects = openProjectsOf(sonarqube, connection, token, (operation) =>
      operation === 'project_branches/rename' ? 404 : undefined,
    );

    const made = await projects.create(wish);

    expect(made).toMatchObject({ outcome: 'created' });
    expect(made.problem).toMatch(/could not be named "trunk": do it on the server, under Branches/);
  });

  it('[M10] does not know which keys are taken when the token may not list projects', async () => {
    const { sonarqube, connection } = await setUpClient(server);
    sonarqube.users.add({ login: 'ida', name: 'Ida', global: ['provisioning'] });
    const projects = openProjectsOf(
      sonarqube,
      connection,
      sonarqube.issueToken('t', { user: 'ida' }),
    );

    expect(await projects.findExisting(['a'])).toBeUndefined();
    expect(await projects.create(wish)).toEqual({ outcome: 'created' });
  });
});
