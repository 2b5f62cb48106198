import { compareShape, shapeOf, type ShapeRules } from './shape';
import { readSample } from './shared-folder';
import { createContractServer, projectKey, type ContractServer } from './sonarqube-server';

/** Calls an operation of the newer style at its whole address. */
async function call(
  { standIn, token }: ContractServer,
  method: string,
  url: string,
  body?: unknown,
  as = token,
) {
  const answer = await standIn.fetch(
    new Request(url, {
      method,
      headers: { Authorization: `Bearer ${as}`, 'Content-Type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }),
  );
  return { status: answer.status, body: JSON.parse(await answer.text()) as unknown };
}

function expectLike(body: unknown, samples: readonly string[], rules: ShapeRules = {}) {
  expect(compareShape(shapeOf(samples.map(readSample)), body, rules)).toEqual([]);
}

describe('[D1] the v2 API of the stand-in', () => {
  let server: ContractServer;
  const v2 = 'https://sonar.example.org/api/v2/dop-translation';

  beforeAll(async () => {
    server = await createContractServer('server');
  });

  afterAll(() => server.standIn.stop());

  it('lists DevOps platforms like the sample', async () => {
    const { body } = await call(server, 'GET', `${v2}/dop-settings`);

    expectLike(body, ['derived/api.v2.dop-translation.dop-settings.json']);
  });

  it('takes the request of the sample for a bound project, and answers like the sample', async () => {
    const { body: settings } = await call(server, 'GET', `${v2}/dop-settings`);
    const { dopSettings } = settings as {
      readonly dopSettings: readonly { readonly id: string }[];
    };
    await server.call('alm_integrations/set_pat', {
      method: 'POST',
      parameters: { almSetting: 'bbc', pat: 'secret', username: 'dora' },
    });
    const request = readSample('derived/api.v2.dop-translation.bound-projects.request.json');
    const wanted = { ...(request as object), devOpsPlatformSettingId: dopSettings[0]?.id };

    const made = await call(server, 'POST', `${v2}/bound-projects`, wanted);
    const again = await call(server, 'PUT', `${v2}/bound-projects`, wanted);

    expect([made.status, again.status]).toEqual([201, 200]);
    const sample = 'derived/api.v2.dop-translation.bound-projects.json';
    for (const { body } of [made, again]) expectLike(body, [sample]);
  });

  it('lists the bindings of projects like the samples', async () => {
    const { body } = await call(server, 'GET', `${v2}/project-bindings?repository=shop`);

    expect(body).toMatchObject({ projectBindings: [{ projectKey }, { projectKey: 'acme_shop' }] });
    expectLike(body, ['derived/api.v2.dop-translation.project-bindings.json']);
  });

  it('refuses in the form of the sample', async () => {
    const url = `${v2}/dop-settings`;
    const stranger = server.standIn.issueToken('stranger', { user: 'nobody' });

    expect(await call(server, 'GET', url, undefined, stranger)).toEqual({
      status: 403,
      body: readSample('derived/error.v2.json'),
    });
  });
});

describe('[D1] the API host of the stand-in as Cloud', () => {
  let server: ContractServer;
  const api = 'https://api.sonarcloud.io';

  beforeAll(async () => {
    server = await createContractServer('cloud');
  });

  afterAll(() => server.standIn.stop());

  it('lists organizations like the sample', async () => {
    const url = `${api}/organizations/organizations?excludeEligibility=true`;
    const { body } = await call(server, 'GET', url);

    expectLike(body, ['cloud/api.organizations.organizations.json']);
  });

  it('finds the project of a repository like the sample', async () => {
    const repository = encodeURIComponent('https://bitbucket.org/acme/shop');
    const url = `${api}/dop-translation/project-bindings?url=${repository}`;
    const { body } = await call(server, 'GET', url);

    expect(body).toMatchObject({ bindings: [{ projectId: expect.any(String) as string }] });
    expectLike(body, ['cloud/api.dop-translation.project-bindings.json'], {
      extra: [
        {
          path: /^bindings\[\]\.(id|repositoryId)$/,
          reason: 'the sample holds only the field that the IDE reads (note of the sample)',
        },
      ],
    });
  });
});
