import type { ShapeRules } from './shape';
import { projectKey, pullRequests, type ContractServer } from './sonarqube-server';

type Flavour = ContractServer['flavour'];

/** One call of an emulated operation, and the samples that its answer must look like. */
export interface SonarQubeCase {
  /** Behind `/api/`. */
  readonly path: string;
  readonly title?: string;
  /** Absent: both. */
  readonly only?: Flavour;
  readonly method?: 'GET' | 'POST';
  readonly parameters?: (server: ContractServer) => Readonly<Record<string, string>>;
  readonly token?: (server: ContractServer) => string;
  /** Names of sample files; absent for an operation that answers nothing. */
  readonly samples?: readonly string[] | Readonly<Record<Flavour, readonly string[]>>;
  /** Makes expected answers from a sample of another operation. */
  readonly form?: (sample: unknown) => readonly unknown[];
  /** Default 200, or 204 without samples. */
  readonly status?: number;
  readonly rules?: ShapeRules;
}

const ofPullRequest = (name: keyof typeof pullRequests) => ({ pullRequest: pullRequests[name] });

const cloudOrganization = {
  path: /(^|[.\]])organization$/,
  reason: 'Cloud names the organization of each entry; the samples are those of a Server',
};
const ofNewTasks = [
  cloudOrganization,
  {
    path: /\.pullRequest(Title)?$/,
    reason: 'real tasks of a pull request name it (note of the sample)',
  },
  {
    path: /\.(executedAt|submitterLogin|warningCount|warnings|infoMessages)(\[\])?$/,
    reason: 'in other samples of a task',
  },
];
const ofRunningTasks = [
  {
    path: /\.(analysisId|startedAt|executedAt|finishedAt|executionTimeMs|hasScannerContext|warningCount)$/,
    reason: 'a task that has not ended has none yet',
  },
  { path: /\.organization$/, reason: 'only Cloud has organizations' },
  { path: /\.finishedAt$/, reason: 'the name that executedAt had before' },
  { path: /\.error(Message|Type)$|\.hasErrorStacktrace$/, reason: 'only of a task that failed' },
];

const projectStatus = (name: keyof typeof pullRequests, title: string): SonarQubeCase => ({
  path: 'qualitygates/project_status',
  title,
  parameters: () => ({ projectKey, ...ofPullRequest(name) }),
  samples: {
    server: [
      'derived/qualitygates.project_status.pr.failed.json',
      'derived/qualitygates.project_status.pr.passed.json',
      'derived/qualitygates.project_status.pr.small-changeset.json',
    ],
    cloud: ['cloud/qualitygates.project_status.json'],
  },
  rules: {
    missing: [
      {
        path: /\.conditions\[\]\.actualValue$/,
        reason: 'nothing to measure: the condition has no value (Server sample of a passed gate)',
      },
    ],
  },
});

const task = (name: keyof typeof pullRequests, samples: readonly string[]): SonarQubeCase => ({
  path: 'ce/task',
  title: `of the pull request "${name}"`,
  parameters: ({ taskIds }) => ({ id: taskIds[name] }),
  samples,
  rules: {
    extra: ofNewTasks,
    missing: [
      {
        path: /\.errorType$/,
        reason: 'optional: only some failures have a type',
      },
    ],
  },
});

/** Every operation that the stand-in emulates, in the forms that the app can meet. */
export const successes: readonly SonarQubeCase[] = [
  projectStatus('failedGate', 'of a failed gate'),
  projectStatus('smallChange', 'of a small change'),
  {
    ...projectStatus('waiting', 'of a gate that was not computed'),
    samples: {
      server: ['derived/qualitygates.project_status.none.json'],
      cloud: ['cloud/qualitygates.project_status.json'],
    },
  },
  {
    path: 'project_pull_requests/list',
    parameters: () => ({ project: projectKey }),
    samples: {
      server: ['derived/project_pull_requests.list.json'],
      cloud: ['cloud/project_pull_requests.list.json'],
    },
    rules: {
      missing: [
        {
          path: /\.(analysisDate|commit|contributors|qualityGateStatus|bugs|vulnerabilities|codeSmells)$/,
          reason:
            'a pull request that was not analysed has none (second entry of the Server sample)',
        },
      ],
    },
  },
  {
    path: 'measures/component',
    parameters: () => ({
      component: projectKey,
      metricKeys:
        'new_violations,new_lines,new_coverage,new_duplicated_lines_density,new_security_hotspots,alert_status',
      ...ofPullRequest('failedGate'),
    }),
    samples: {
      server: ['derived/measures.component.pr.json'],
      cloud: ['derived/measures.component.pr.cloud.json', 'cloud/measures.component.json'],
    },
    rules: {
      extra: [
        {
          path: /^component\.measures\[\]\.(value|bestValue)$/,
          reason: 'overall measures have both; the Cloud sample asks only for measures of new code',
        },
      ],
    },
  },
  {
    path: 'issues/search',
    parameters: () => ({
      components: projectKey,
      facets: 'severities',
      additionalFields: 'transitions',
      ...ofPullRequest('failedGate'),
    }),
    samples: ['derived/issues.search.pr.json', 'issues.search.json'],
  },
  {
    path: 'hotspots/search',
    parameters: () => ({ project: projectKey, ...ofPullRequest('failedGate') }),
    samples: ['derived/hotspots.search.pr.json'],
  },
  {
    path: 'ce/component',
    parameters: () => ({ component: projectKey }),
    samples: ['ce.component.json'],
    rules: { extra: ofNewTasks, missing: ofRunningTasks },
  },
  task('failedGate', ['ce.task.json']),
  task('failedTask', ['derived/ce.task.pr.failed.json']),
  task('waiting', ['derived/ce.task.pr.pending.json']),
  {
    path: 'ce/activity',
    parameters: () => ({ component: projectKey, status: 'SUCCESS,FAILED' }),
    samples: ['ce.activity.json'],
    rules: {
      extra: [
        ...ofNewTasks,
        { path: /\.(errorMessage|hasErrorStacktrace)$/, reason: 'of a task that failed' },
      ],
    },
  },
  { path: 'authentication/validate', samples: ['authentication.validate.json'] },
  {
    path: 'authentication/validate',
    title: 'of a bad token',
    token: () => 'wrong',
    samples: ['derived/authentication.validate.invalid.json'],
  },
  {
    path: 'users/current',
    samples: ['users.current.json'],
    rules: {
      missing: [{ path: /^homepage\.component$/, reason: 'only where the home page is a project' }],
    },
  },
  {
    path: 'users/current',
    title: 'of nobody',
    // A Server asks for a login by default.
    only: 'cloud',
    token: () => 'none',
    samples: ['derived/users.current.anonymous.json'],
  },
  { path: 'system/status', only: 'server', samples: ['system.status.json'] },
  {
    path: 'navigation/global',
    samples: ['navigation.global.json'],
    rules: {
      extra: [{ path: /^settings\./, reason: 'which settings are told depends on the version' }],
      missing: [
        { path: /^settings\./, reason: 'which settings are told depends on the version' },
        { path: /^logo(Url|Width)$/, reason: 'only where somebody set a logo' },
        { path: /^versionEOL$/, reason: 'only while the version is supported by a date' },
        { path: /^edition$/, reason: 'Cloud has no edition' },
      ],
    },
  },
  { path: 'features/list', only: 'server', samples: ['features.list.json'] },
  {
    path: 'organizations/search',
    only: 'cloud',
    samples: ['organizations.search.json'],
  },
  { path: 'metrics/search', samples: ['metrics.search.json'] },
  {
    path: 'settings/values',
    parameters: () => ({ keys: 'sonar.core.serverBaseURL' }),
    samples: ['derived/settings.values.serverBaseURL.json'],
  },
  {
    path: 'projects/create',
    method: 'POST',
    parameters: () => ({ project: 'another_project', name: 'Another' }),
    samples: ['projects.create.json'],
    rules: {
      extra: [{ path: /^project\.visibility$/, reason: 'in real answers (note of the sample)' }],
    },
  },
  {
    path: 'project_branches/rename',
    method: 'POST',
    parameters: () => ({ project: 'another_project', name: 'trunk' }),
  },
  {
    path: 'projects/search',
    parameters: () => ({ projects: projectKey }),
    samples: ['projects.search.json'],
    rules: {
      extra: [cloudOrganization],
      missing: [
        { path: /\.revision$/, reason: 'of the main branch, which the stand-in does not analyse' },
      ],
    },
  },
  {
    path: 'components/search_projects',
    samples: ['components.search_projects.json'],
    rules: {
      extra: [
        cloudOrganization,
        { path: /^components\[\]\.(uuid|id)$/, reason: 'uuid since Server 2025.6, id on Cloud' },
      ],
      missing: [
        { path: /\.(isAiCodeFixEnabled|aiCodeAssurance)$/, reason: 'Server only, since 10.8' },
      ],
    },
  },
  {
    path: 'components/show',
    parameters: () => ({ component: projectKey, ...ofPullRequest('failedGate') }),
    samples: ['components.show.json'],
    rules: {
      extra: [
        cloudOrganization,
        {
          path: /^component\.(tags|visibility|pullRequest)(\[\])?$/,
          reason: 'of a project; the sample shows a file, its project is among the ancestors',
        },
      ],
      missing: [
        { path: /^component\.(language|path)$/, reason: 'of a file; the sample shows one' },
        { path: /^component\.(leakPeriodDate|version)$/, reason: 'a pull request has neither' },
      ],
    },
  },
  {
    path: 'project_branches/list',
    parameters: () => ({ project: projectKey }),
    samples: {
      server: ['project_branches.list.json', 'project_branches.list.server.json'],
      cloud: ['cloud/project_branches.list.json'],
    },
    rules: {
      missing: [
        {
          path: /\.(analysisDate|qualityGateStatus)$/,
          reason: 'the main branch was not analysed',
        },
      ],
    },
  },
  {
    path: 'qualitygates/list',
    samples: { server: ['qualitygates.list.json'], cloud: ['cloud/qualitygates.list.json'] },
  },
  {
    path: 'qualitygates/show',
    only: 'server',
    parameters: () => ({ name: 'Sonar way' }),
    samples: ['qualitygates.show.json'],
  },
  {
    // There is no sample of Cloud; its list holds whole gates.
    path: 'qualitygates/show',
    only: 'cloud',
    parameters: () => ({ name: 'Sonar way' }),
    samples: ['cloud/qualitygates.list.json'],
    form: (sample) => (sample as { qualitygates: readonly unknown[] }).qualitygates,
  },
  {
    path: 'qualitygates/get_by_project',
    parameters: () => ({ project: projectKey }),
    samples: ['qualitygates.get_by_project.json'],
    rules: {
      missing: [
        { path: /^qualityGate\.id$/, reason: 'dropped by Server 10.0 (note of the sample)' },
      ],
    },
  },
  {
    path: 'webhooks/create',
    method: 'POST',
    parameters: () => ({
      name: 'Second',
      url: 'https://app.example.org/second',
      project: projectKey,
      secret: '0123456789abcdef',
    }),
    samples: ['webhooks.create.json'],
  },
  {
    path: 'webhooks/list',
    parameters: () => ({ project: projectKey }),
    samples: ['webhooks.list.json', 'derived/webhooks.list.with-delivery.json'],
  },
  {
    path: 'webhooks/deliveries',
    parameters: ({ webhookKey }) => ({ webhook: webhookKey }),
    samples: ['webhooks.deliveries.json'],
  },
  {
    path: 'webhooks/delivery',
    parameters: ({ deliveryId }) => ({ deliveryId }),
    samples: ['webhooks.delivery.json'],
  },
  {
    path: 'webhooks/update',
    method: 'POST',
    parameters: ({ webhookKey }) => ({
      webhook: webhookKey,
      name: 'Gatehouse',
      url: 'https://app.example.org/hook',
    }),
  },
  {
    path: 'hotspots/change_status',
    method: 'POST',
    parameters: ({ hotspotKey }) => ({
      hotspot: hotspotKey,
      status: 'REVIEWED',
      resolution: 'SAFE',
    }),
  },
  {
    path: 'issues/do_transition',
    method: 'POST',
    parameters: ({ issueKey }) => ({ issue: issueKey, transition: 'accept' }),
    samples: ['derived/issues.search.pr.json', 'issues.search.json'],
    form: toTransitionAnswer,
    rules: {
      extra: [{ path: /^issue\.resolution$/, reason: 'of a resolved issue; the samples are open' }],
    },
  },
  {
    path: 'webhooks/delete',
    method: 'POST',
    parameters: ({ webhookKey }) => ({ webhook: webhookKey }),
  },
];

/** There is no sample of a transition: it answers one issue with what a search puts beside its issues. */
function toTransitionAnswer(sample: unknown) {
  const { issues, components, rules, users } = sample as {
    issues: readonly unknown[];
    components?: unknown;
    rules?: unknown;
    users?: unknown;
  };
  const beside = { components, rules: rules ?? [], users: users ?? [] };
  return issues.map((issue) => ({ issue, ...beside }));
}
