import { METRICS } from '../../gate/metrics';
import { hasEnterpriseFeatures, hasPullRequests, type Settings } from '../../settings';
import { PlainText, type Operation } from '../operation';
import { cutPage } from '../paging';
import type { Rights } from '../rights';
import type { Server } from '../server';

/** Operations about the server and the caller. */
export function createSystemOperations(server: Server): readonly Operation[] {
  const { settings } = server;
  return [
    {
      path: 'authentication/validate',
      method: 'GET',
      access: 'anyone',
      judgesCredentials: true,
      answer: ({ caller }) => ({
        // Without credentials the question is whether anonymous use is allowed: on Cloud it is.
        valid:
          caller.kind === 'token' || (caller.kind === 'anonymous' && settings.flavour === 'cloud'),
      }),
    },
    {
      path: 'users/current',
      method: 'GET',
      access: 'anyone',
      answer: ({ caller }) =>
        caller.kind === 'token'
          ? currentUser(settings, caller.rights, caller.token.kind === 'user')
          : ANONYMOUS,
    },
    {
      path: 'system/status',
      method: 'GET',
      access: 'anyone',
      only: 'server',
      worksWhileDown: true,
      answer: () => ({
        id: '20260101000000',
        version: settings.version,
        status: settings.status,
      }),
    },
    {
      path: 'server/version',
      method: 'GET',
      access: 'anyone',
      worksWhileDown: true,
      answer: () => new PlainText(settings.version),
    },
    {
      path: 'navigation/global',
      method: 'GET',
      access: 'anyone',
      answer: ({ caller }) => ({
        globalPages: [],
        settings: {
          'sonar.lf.enableGravatar': 'false',
          'sonar.lf.gravatarServerUrl':
            'https://secure.gravatar.com/avatar/{EMAIL_MD5}.jpg?s={SIZE}&d=identicon',
          'sonar.updatecenter.activate': 'false',
          'sonar.technicalDebt.ratingGrid': '0.05,0.1,0.2,0.5',
          'sonar.developerAggregatedInfo.disabled': 'false',
        },
        qualifiers: ['TRK'],
        version: settings.version,
        productionDatabase: false,
        canAdmin: caller.kind === 'token' && caller.rights.has('admin'),
        standalone: true,
        ...(settings.flavour === 'server' && {
          edition: settings.edition,
          versionEOL: '2027-06-30',
          instanceUsesDefaultAdminCredentials: false,
          needIssueSync: false,
        }),
        documentationUrl: 'https://docs.sonarsource.com',
      }),
    },
    {
      path: 'features/list',
      method: 'GET',
      access: 'anyone',
      only: 'server',
      answer: () => [
        ...(hasPullRequests(settings) ? ['branch-support'] : []),
        ...(hasEnterpriseFeatures(settings) ? ['monorepo', 'multiple-alm'] : []),
      ],
    },
    {
      path: 'metrics/search',
      method: 'GET',
      access: 'user',
      answer({ parameters }) {
        const { entries, paging } = cutPage(METRICS, parameters);
        return {
          metrics: entries.map(({ key, name, domain, type, direction, bestValue }) => ({
            id: String(METRICS.findIndex((metric) => metric.key === key) + 1),
            key,
            name,
            description: name,
            domain,
            type,
            direction,
            qualitative: bestValue !== undefined,
            hidden: false,
            ...(settings.flavour === 'cloud' && { custom: false }),
          })),
          total: paging.total,
          p: paging.pageIndex,
          ps: paging.pageSize,
        };
      },
    },
    {
      path: 'settings/values',
      method: 'GET',
      access: 'analysis',
      answer({ parameters }) {
        const all = [
          { key: 'sonar.core.serverBaseURL', value: settings.baseUrl, inherited: false },
        ];
        const keys = parameters.findList('keys');
        return {
          settings: all.filter(({ key }) => keys?.includes(key) ?? true),
          setSecuredSettings: [],
        };
      },
    },
  ];
}

const ANONYMOUS = {
  isLoggedIn: false,
  groups: [],
  scmAccounts: [],
  permissions: { global: [] },
  dismissedNotices: {},
  usingSonarLintConnectedMode: false,
};

/** What people can be told of once, by the names of the server's own pages. */
const cloudNotices = ['educationPrinciples', 'sonarlintAd'];
const notices = {
  cloud: cloudNotices,
  server: [
    ...cloudNotices,
    'issueCleanCodeGuide',
    'issueNewIssueStatusAndTransitionGuide',
    'overviewZeroNewIssuesSimplification',
    'showDesignAndArchitectureBanner',
    'showDesignAndArchitectureOptInBanner',
    'showDesignAndArchitectureTour',
    'showEnableSca',
    'showNewModesBanner',
    'showNewModesTour',
  ],
};

function currentUser({ flavour }: Settings, rights: Rights, isWhole: boolean) {
  const { login, name } = rights;
  const global = isWhole ? rights.listGlobal() : ['scan'];
  const mayAdminister = global.some((one) => one === 'admin');
  return {
    isLoggedIn: true,
    login,
    name,
    email: `${login}@example.org`,
    local: true,
    externalIdentity: login,
    externalProvider: 'sonarqube',
    scmAccounts: [],
    groups: mayAdminister ? ['sonar-administrators', 'sonar-users'] : ['sonar-users'],
    permissions: { global },
    avatar: '',
    homepage: { type: 'PROJECTS' },
    usingSonarLintConnectedMode: false,
    dismissedNotices: Object.fromEntries(notices[flavour].map((notice) => [notice, false])),
    id: '5f2d8a60-0000-5000-8000-000000000001',
  };
}
