import type { OrganizationSeed } from '../../../host/sonarqube/seeds';
import { error, outcome, setUp } from './support';

const acme: OrganizationSeed = {
  key: 'acme',
  name: 'Acme',
  description: 'What Acme makes.',
  plan: 'free',
  usage: { usedLines: 48_000, maximumLines: 50_000 },
};
const shop = { slug: 'shop', name: 'Shop', id: '{1f0e}', isPrivate: true };

function setUpCloud() {
  return setUp({ flavour: 'cloud', organizations: [{ key: 'gatehouse', name: 'G' }, acme] });
}

describe('organizations', () => {
  it('are listed with what the owner of the token may do there', async () => {
    const { sonarqube, as, getJson } = await setUpCloud();
    sonarqube.users.add({ login: 'mia', organizations: { acme: ['provisioning'] } });
    const mia = as(sonarqube.issueToken('mia', { user: 'mia' }));

    expect(await mia.getJson('organizations/search?member=true')).toEqual({
      paging: { pageIndex: 1, pageSize: 100, total: 1 },
      organizations: [
        {
          key: 'acme',
          name: 'Acme',
          description: 'What Acme makes.',
          actions: { admin: false, delete: false, provision: true },
        },
      ],
    });
    expect(await mia.getJson('organizations/search?organizations=gatehouse')).toMatchObject({
      organizations: [{ actions: { admin: false, delete: false, provision: false } }],
    });
    expect(await getJson('organizations/search?member=true')).toMatchObject({
      organizations: [{ key: 'acme', actions: { admin: true } }, { key: 'gatehouse' }],
    });
  });

  it('are made by whoever asks, who owns them then', async () => {
    const { sonarqube, as } = await setUpCloud();
    sonarqube.users.add({ login: 'mia' });
    const mia = as(sonarqube.issueToken('mia', { user: 'mia' }));

    const made = await mia.post('organizations/create', {
      ...{ key: 'mia-co', name: 'Mia', description: 'Hers', url: 'https://mia.example.org' },
      avatar: '',
    });

    expect([made.status, await made.json()]).toEqual([
      200,
      {
        organization: {
          ...{ key: 'mia-co', name: 'Mia', description: 'Hers', url: 'https://mia.example.org' },
        },
      },
    ]);
    expect(await mia.getJson('organizations/search?member=true')).toMatchObject({
      organizations: [{ key: 'mia-co', actions: { admin: true } }],
    });
    expect(sonarqube.organizations.find('mia-co')).toMatchObject({ plan: 'free' });
  });

  it('have keys of lower-case letters, digits and hyphens that nobody else has', async () => {
    const { sonarqube, post } = await setUpCloud();

    expect(await outcome(post('organizations/create', { key: 'acme', name: 'A' }))).toEqual([
      400,
      error("Key 'acme' is already used. Specify another one."),
    ]);
    for (const key of ['Acme', 'a_b', '-a', 'a'.repeat(256), '']) {
      expect((await post('organizations/create', { key, name: 'A' })).status).toBe(400);
    }
    expect(sonarqube.organizations.list()).toHaveLength(2);
  });

  it('change and go by the hand of their owners only', async () => {
    const { sonarqube, as, post } = await setUpCloud();
    sonarqube.users.add({ login: 'mia', organizations: { acme: [] } });
    const mia = as(sonarqube.issueToken('mia', { user: 'mia' }));

    expect((await mia.post('organizations/update', { key: 'acme', name: 'Hers' })).status).toBe(
      403,
    );
    expect((await mia.post('organizations/delete', { organization: 'acme' })).status).toBe(403);
    await post('organizations/update', { key: 'acme', name: 'Acme Ltd', description: '' });
    const changed = sonarqube.organizations.find('acme');
    expect([changed?.name, changed?.description]).toEqual(['Acme Ltd', undefined]);
    await post('organizations/delete', { organization: 'acme' });
    expect(sonarqube.organizations.find('acme')).toBeUndefined();
  });

  it('say who belongs to them', async () => {
    const { sonarqube, getJson } = await setUpCloud();
    sonarqube.users.add({ login: 'mia', name: 'Mia', organizations: { acme: ['admin'] } });
    sonarqube.users.add({ login: 'leo', organizations: { gatehouse: [] } });

    expect(await getJson('organizations/search_members?organization=acme')).toMatchObject({
      users: [{ login: 'mia', name: 'Mia' }],
    });
  });

  it('report plan and lines where this Cloud does, and nothing where it does not', async () => {
    const { getJson } = await setUpCloud();

    expect(await getJson('navigation/organization?organization=acme')).toMatchObject({
      organization: {
        subscription: 'FREE',
        usage: { linesOfCode: 48_000, maximumLinesOfCode: 50_000 },
      },
    });
    expect(
      JSON.stringify(await getJson('navigation/organization?organization=gatehouse')),
    ).not.toMatch(/usage|subscription/u);
  });

  it('have webhooks from the Team plan on', async () => {
    const { sonarqube, post } = await setUpCloud();
    const hook = { name: 'Gatehouse', url: 'https://app.example.org/hook', organization: 'acme' };

    expect((await post('webhooks/create', hook)).status).toBe(400);
    sonarqube.organizations.update('acme', { plan: 'team' });
    expect((await post('webhooks/create', hook)).status).toBe(200);
    expect(sonarqube.webhooks()).toMatchObject([{ organization: 'acme', projectKey: null }]);
  });
});

describe('the DevOps platform of an organization', () => {
  const showBound = 'alm_integration/show_bound_organization?organization=acme';
  const listAll = 'alm_integration/list_repositories?organization=acme';

  it('is none at first, which Cloud answers with 500 and 400', async () => {
    const { get } = await setUpCloud();

    expect(await outcome(get(showBound))).toEqual([
      500,
      error('An unexpected error occurred. Please try again later.'),
    ]);
    expect(await outcome(get(listAll))).toEqual([
      400,
      error('This organization is not bound to an ALM application'),
    ]);
  });

  it('shows its workspace and lists its repositories with their projects', async () => {
    const { sonarqube, getJson, post } = await setUpCloud();
    const binding = { platform: 'bitbucket', workspace: 'acme-ws', repositories: [shop] } as const;
    sonarqube.organizations.bind('acme', binding);

    await post('alm_integration/provision_projects', {
      organization: 'acme',
      installationKeys: 'acme-ws/shop|{1f0e}',
    });

    expect(await getJson(showBound)).toMatchObject({
      almOrganization: { key: 'acme-ws', almUrl: 'https://bitbucket.org/acme-ws' },
    });
    expect(await getJson(listAll)).toEqual({
      repositories: [
        {
          label: 'Shop',
          installationKey: 'acme-ws/shop|{1f0e}',
          linkedProjects: [{ key: 'acme_shop', name: 'Shop' }],
          private: true,
          slug: 'acme-ws/shop',
        },
      ],
    });
    expect(await getJson('alm_integration/is_project_bound?project=acme_shop')).toEqual({
      bound: true,
    });
  });

  it('is a phantom when it cannot be reached: shown, and nothing to list', async () => {
    const { sonarqube, get } = await setUpCloud();
    const binding = { platform: 'bitbucket', workspace: 'acme-ws', isReachable: false } as const;
    sonarqube.organizations.bind('acme', binding);

    expect((await get(showBound)).status).toBe(200);
    expect((await get(listAll)).status).toBe(500);
  });

  it('is bound one to one, and not anew while it is bound', async () => {
    const { sonarqube, post } = await setUpCloud();
    const bind = (organization: string, installationId: string) =>
      post('alm_integration/bind_organization', { organization, installationId });

    expect((await bind('acme', 'bitbucket/acme-ws')).status).toBe(204);
    expect((await bind('acme', 'bitbucket/other')).status).toBe(400);
    expect((await bind('gatehouse', 'bitbucket/acme-ws')).status).toBe(400);
    expect((await bind('gatehouse', 'nowhere')).status).toBe(400);
    expect(sonarqube.organizations.find('acme')?.binding).toEqual({
      platform: 'bitbucket',
      workspace: 'acme-ws',
    });
  });

  it('can be removed, but not that of GitLab or Azure DevOps', async () => {
    const { sonarqube, post } = await setUpCloud();
    const unbind = () => post('alm_integration/unbind_organization', { organization: 'acme' });

    for (const platform of ['gitlab', 'azure'] as const) {
      sonarqube.organizations.bind('acme', { platform, workspace: 'acme' });
      expect((await unbind()).status).toBe(400);
    }
    sonarqube.organizations.bind('acme', { platform: 'github', workspace: 'acme' });
    expect((await unbind()).status).toBe(204);
    expect((await unbind()).status).toBe(400);
  });
});
