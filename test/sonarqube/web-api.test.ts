import { RemoteForbiddenError } from '../../src/errors/remote-errors';
import { call, createHiddenProject, createStrangersToken, open } from './support/real-server';

interface ProjectSearch {
  readonly paging: {
    readonly pageIndex: number;
    readonly pageSize: number;
    readonly total: number;
  };
  readonly components: readonly { readonly key: string }[];
}

async function outcome(operation: string, options: Parameters<typeof call>[1] = {}) {
  const response = await call(operation, options);
  const text = await response.text();
  const body = text === '' ? undefined : (JSON.parse(text) as { errors?: { msg: string }[] });
  return [response.status, body?.errors?.map(({ msg }) => msg).join(' ')] as const;
}

describe('projects of a real server', () => {
  beforeAll(async () => {
    for (const number of [1, 2, 3]) {
      await createHiddenProject(`paged-${number}`, `Paged ${number}`);
    }
  });

  const search = async (parameters: Readonly<Record<string, string>>) =>
    (await (
      await call('projects/search', { parameters: { q: 'paged-', ...parameters } })
    ).json()) as ProjectSearch;

  it('come in pages', async () => {
    const first = await search({ ps: '2', p: '1' });
    const second = await search({ ps: '2', p: '2' });
    const beyond = await search({ ps: '2', p: '3' });

    expect(first.paging).toEqual({ pageIndex: 1, pageSize: 2, total: 3 });
    expect([...first.components, ...second.components].map(({ key }) => key)).toEqual([
      'paged-1',
      'paged-2',
      'paged-3',
    ]);
    expect(beyond.components).toEqual([]);
  });

  it('come in pages of at most 500', async () => {
    expect((await search({ ps: '500' })).paging.pageSize).toBe(500);
    const [status] = await outcome('projects/search', { parameters: { ps: '501' } });
    expect(status).toBe(400);
  });

  it('are found by the client, or are not there', async () => {
    expect(await open().findProject('paged-1')).toEqual({ name: 'Paged 1' });
    expect(await open().findProject('paged-4')).toBeUndefined();
  });

  it('are refused to a user without the right to browse them', async () => {
    const token = await createStrangersToken('web-api-stranger');

    await expect(open(token).findProject('paged-1')).rejects.toThrow(RemoteForbiddenError);
  });

  it('have no gate before their first analysis', async () => {
    const response = await call('qualitygates/project_status', {
      parameters: { projectKey: 'paged-1' },
    });
    expect(await response.json()).toMatchObject({
      projectStatus: { status: 'NONE', conditions: [] },
    });
  });
});

describe('refusals of a real server', () => {
  it.each([
    ['qualitygates/project_status', {}, 400],
    ['issues/search', { ps: '501' }, 400],
    ['issues/search', { p: '21', ps: '500' }, 400],
    ['components/show', { component: 'no-such' }, 404],
    ['qualitygates/project_status', { projectKey: 'no-such' }, 404],
    ['hotspots/search', { project: 'no-such' }, 404],
    ['no_such/operation', {}, 404],
  ])('%s with %j says what is wrong, with status %i', async (operation, parameters, expected) => {
    const [status, message] = await outcome(operation, { parameters: { ...parameters } });

    expect(status).toBe(expected);
    expect(message).toMatch(/\w/);
  });

  it('need no words for a token that belongs to nobody', async () => {
    expect(await outcome('components/search', { token: 'squ_nothing' })).toEqual([401, undefined]);
  });
});

describe('pull requests of a Community Build', () => {
  it('are not there, which the client takes for an edition without them', async () => {
    const target = { projectKey: 'paged-1', pullRequestId: 7 };

    expect(await open().listPullRequests('paged-1')).toBeUndefined();
    expect(await open().findGate(target)).toBeUndefined();
    expect(await open().findTask(target)).toBeUndefined();
    expect(await open().readMeasures(target)).toEqual({});
  });

  it.each(['set_bitbucketcloud_binding', 'set_bitbucket_binding', 'delete_binding'])(
    'cannot be decorated either: the edition has no alm_settings/%s',
    async (operation) => {
      const path = `alm_settings/${operation}`;
      const [status, message] = await outcome(path, { method: 'POST' });

      expect([status, message]).toEqual([404, `Unknown url : /api/${path}`]);
    },
  );
});
