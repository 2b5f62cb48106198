import type { SonarQubeCase } from './sonarqube-cases';
import { projectKey } from './sonarqube-server';

const server = { only: 'server' } as const;
const cloud = { only: 'cloud' } as const;
const post = { method: 'POST' } as const;

/** A record of another platform, in place of the one that a sample shows. */
const otherPlatforms = [
  {
    path: /\.(summaryCommentEnabled|repositoryUrl)$|^(summaryCommentEnabled|repositoryUrl)$/,
    reason: 'of GitHub; Bitbucket has neither (note of the sample)',
  },
];

/** The one organization that was made or changed, as a search lists it. */
function toOrganizationAnswer(sample: unknown) {
  const { organizations } = sample as { readonly organizations: readonly object[] };
  return organizations.map((organization) => {
    const entries = Object.entries(organization).filter(([name]) => name !== 'actions');
    return { organization: Object.fromEntries(entries) };
  });
}

const anotherRecord = {
  ...{ key: 'second', workspace: 'acme', clientId: 'Ab12Cd34', clientSecret: 'secret' },
};
const anotherDataCenter = { key: 'dc', url: 'https://dc.example.org', personalAccessToken: 'pat' };

/** Operations that the settings pages need, in an order in which each finds what it acts on. */
export const settingsCases: readonly SonarQubeCase[] = [
  {
    path: 'navigation/component',
    parameters: () => ({ component: projectKey }),
    samples: ['navigation.component.json'],
    rules: {
      extra: [
        { path: /^organization$/, reason: 'Cloud names the organization; the sample is a Server' },
        { path: /^visibility$/, reason: 'in answers since projects can be private' },
      ],
      missing: [{ path: /^analysisDate$/, reason: 'the main branch was not analysed' }],
    },
  },
  {
    path: 'user_tokens/search',
    samples: ['user_tokens.search.json'],
  },
  {
    path: 'alm_settings/list',
    ...server,
    samples: ['alm_settings.list.json', 'derived/alm_settings.list.bitbucket.json'],
  },
  {
    path: 'alm_settings/list_definitions',
    ...server,
    samples: [
      'alm_settings.list_definitions.json',
      'derived/alm_settings.list_definitions.bitbucket.json',
    ],
  },
  {
    path: 'alm_settings/count_binding',
    ...server,
    parameters: () => ({ almSetting: 'bbc' }),
    samples: ['alm_settings.count_binding.json'],
  },
  {
    path: 'alm_settings/validate',
    title: 'of a record that works',
    ...server,
    parameters: () => ({ key: 'bbc' }),
    samples: ['derived/alm_settings.validate.ok.json'],
  },
  {
    path: 'alm_settings/validate',
    title: 'of a record that does not',
    ...server,
    parameters: () => ({ key: 'bbdc' }),
    samples: [
      'alm_settings.validate.json',
      'derived/alm_settings.validate.bitbucketcloud-scope.json',
    ],
  },
  {
    path: 'alm_settings/get_binding',
    title: 'of Bitbucket Cloud',
    ...server,
    parameters: () => ({ project: projectKey }),
    samples: ['derived/alm_settings.get_binding.bitbucketcloud.json'],
    rules: { missing: otherPlatforms },
  },
  {
    path: 'alm_settings/validate_binding',
    ...server,
    parameters: () => ({ project: projectKey }),
  },
  {
    path: 'alm_settings/set_bitbucket_binding',
    ...server,
    ...post,
    parameters: () => ({
      ...{ almSetting: 'bbdc', project: projectKey, repository: 'PROJ', slug: 'shop' },
      monorepo: 'true',
    }),
  },
  {
    path: 'alm_settings/get_binding',
    title: 'of Bitbucket Data Center',
    ...server,
    parameters: () => ({ project: projectKey }),
    samples: ['derived/alm_settings.get_binding.bitbucket-datacenter.json'],
    rules: { missing: otherPlatforms },
  },
  {
    path: 'alm_settings/set_bitbucketcloud_binding',
    ...server,
    ...post,
    parameters: () => ({
      ...{ almSetting: 'bbc', project: projectKey, repository: 'shop', monorepo: 'false' },
    }),
  },
  {
    path: 'alm_settings/delete_binding',
    ...server,
    ...post,
    parameters: () => ({ project: projectKey }),
  },
  {
    path: 'alm_settings/create_bitbucketcloud',
    ...server,
    ...post,
    parameters: () => anotherRecord,
  },
  {
    path: 'alm_settings/update_bitbucketcloud',
    ...server,
    ...post,
    parameters: () => ({ ...anotherRecord, newKey: 'renamed' }),
  },
  {
    path: 'alm_settings/create_bitbucket',
    ...server,
    ...post,
    parameters: () => anotherDataCenter,
  },
  {
    path: 'alm_settings/update_bitbucket',
    ...server,
    ...post,
    parameters: () => anotherDataCenter,
  },
  {
    path: 'alm_integrations/set_pat',
    ...server,
    ...post,
    parameters: () => ({ almSetting: 'dc', pat: 'secret' }),
  },
  {
    path: 'alm_settings/delete',
    ...server,
    ...post,
    parameters: () => ({ key: 'dc' }),
  },
  {
    path: 'alm_integration/show_bound_organization',
    ...cloud,
    samples: ['cloud/alm_integration.show_bound_organization.json'],
  },
  {
    path: 'alm_integration/list_repositories',
    ...cloud,
    samples: ['cloud/alm_integration.list_repositories.json'],
  },
  {
    path: 'organizations/create',
    ...cloud,
    ...post,
    parameters: () => ({
      ...{ key: 'bar', name: 'Bar', description: 'The Bar company.' },
      ...{ url: 'https://bar.example.org', avatar: 'https://bar.example.org/logo.png' },
    }),
    samples: ['organizations.search.json'],
    form: toOrganizationAnswer,
  },
  {
    path: 'organizations/update',
    ...cloud,
    ...post,
    parameters: () => ({ key: 'bar', name: 'Bar Company' }),
    samples: ['organizations.search.json'],
    form: toOrganizationAnswer,
  },
  {
    path: 'organizations/delete',
    ...cloud,
    ...post,
    parameters: () => ({ organization: 'bar' }),
  },
  {
    path: 'projects/update_visibility',
    ...post,
    parameters: () => ({ project: 'another_project', visibility: 'public' }),
  },
  {
    path: 'projects/update_key',
    ...post,
    parameters: () => ({ from: 'another_project', to: 'renamed_project' }),
  },
  {
    path: 'projects/delete',
    ...post,
    parameters: () => ({ project: 'renamed_project' }),
  },
];

/** Operations that no sample shows: their forms are assumptions, named as such in docs/host.md. */
export const withoutSample: readonly string[] = [
  'navigation/organization',
  'organizations/search_members',
  'projects/license_usage',
  'components/search',
  'alm_integration/is_project_bound',
  'alm_integration/provision_projects',
  'alm_integration/bind_organization',
  'alm_integration/unbind_organization',
];
