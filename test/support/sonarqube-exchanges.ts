/** Who asks. `stranger`: a user without rights on the projects; `nobody`: a token that belongs to nobody. */
export type Asker = 'administrator' | 'stranger' | 'nobody' | 'none';

/** One request that the real server was asked and that the stand-in is asked again. */
export interface Exchange {
  /** Name of its file. */
  readonly name: string;
  /** Behind `/api/`. */
  readonly operation: string;
  readonly method?: 'GET' | 'POST';
  /** `{taskId}` and the like stand for what each server calls its own. */
  readonly parameters?: Readonly<Record<string, string>>;
  readonly as?: Asker;
  /**
   * About an analysis. Community Build has one of its main branch, the stand-in of a pull request: it is asked about
   * that, as the members are the same.
   */
  readonly isAboutAnalysis?: boolean;
}

export const projectKey = 'recorded-project';
export const emptyProjectKey = 'never-analysed';

const project = { project: projectKey };
const component = { component: projectKey };
const metricKeys =
  'new_violations,new_lines,new_coverage,new_duplicated_lines_density,new_security_hotspots,alert_status';
const about = { isAboutAnalysis: true } as const;
const post = { method: 'POST' } as const;

const system: readonly Exchange[] = [
  { name: 'authentication.validate', operation: 'authentication/validate' },
  {
    name: 'authentication.validate.nobody',
    operation: 'authentication/validate',
    as: 'nobody',
  },
  { name: 'authentication.validate.none', operation: 'authentication/validate', as: 'none' },
  { name: 'users.current', operation: 'users/current' },
  { name: 'users.current.nobody', operation: 'users/current', as: 'nobody' },
  { name: 'users.current.none', operation: 'users/current', as: 'none' },
  { name: 'server.version', operation: 'server/version' },
  { name: 'system.status', operation: 'system/status', as: 'none' },
  { name: 'navigation.global', operation: 'navigation/global' },
  { name: 'navigation.global.none', operation: 'navigation/global', as: 'none' },
  { name: 'features.list', operation: 'features/list' },
  {
    name: 'settings.values.unset',
    operation: 'settings/values',
    parameters: { keys: 'sonar.core.serverBaseURL' },
  },
  { name: 'metrics.search', operation: 'metrics/search', parameters: { ps: '2' } },
  { name: 'unknown-url', operation: 'no_such/operation' },
  { name: 'unknown-url.nobody', operation: 'no_such/operation', as: 'nobody' },
  { name: 'wrong-method', operation: 'projects/create' },
  {
    name: 'project_pull_requests.list',
    operation: 'project_pull_requests/list',
    parameters: project,
  },
];

const projects: readonly Exchange[] = [
  {
    name: 'projects.create',
    operation: 'projects/create',
    ...post,
    parameters: { project: 'created-project', name: 'Created', visibility: 'private' },
  },
  {
    name: 'projects.create.again',
    operation: 'projects/create',
    ...post,
    parameters: { project: 'created-project', name: 'Created' },
  },
  {
    name: 'projects.create.malformed-key',
    operation: 'projects/create',
    ...post,
    parameters: { project: 'no spaces', name: 'Created' },
  },
  {
    name: 'projects.create.digits-only',
    operation: 'projects/create',
    ...post,
    parameters: { project: '123', name: 'Created' },
  },
  {
    name: 'projects.create.without-name',
    operation: 'projects/create',
    ...post,
    parameters: { project: 'created-project-2' },
  },
  {
    name: 'projects.create.wrong-visibility',
    operation: 'projects/create',
    ...post,
    parameters: { project: 'created-project-2', name: 'Created', visibility: 'secret' },
  },
  {
    name: 'projects.search',
    operation: 'projects/search',
    parameters: { projects: projectKey },
    ...about,
  },
  { name: 'projects.search.ps-501', operation: 'projects/search', parameters: { ps: '501' } },
  { name: 'projects.search.ps-word', operation: 'projects/search', parameters: { ps: 'many' } },
  { name: 'projects.search.ps-0', operation: 'projects/search', parameters: { ps: '0' } },
  { name: 'projects.search.p-0', operation: 'projects/search', parameters: { p: '0' } },
  { name: 'projects.search.p-word', operation: 'projects/search', parameters: { p: 'last' } },
  {
    name: 'projects.search.beyond-window',
    operation: 'projects/search',
    parameters: { p: '21', ps: '500' },
  },
  { name: 'projects.search.none', operation: 'projects/search', as: 'none' },
  { name: 'components.show', operation: 'components/show', parameters: component, ...about },
  {
    name: 'components.show.unknown',
    operation: 'components/show',
    parameters: { component: 'no-such' },
  },
  {
    name: 'components.show.stranger',
    operation: 'components/show',
    parameters: component,
    as: 'stranger',
  },
  {
    name: 'components.search_projects',
    operation: 'components/search_projects',
    parameters: { filter: 'query = "recorded"' },
  },
  { name: 'project_branches.list', operation: 'project_branches/list', parameters: project },
  {
    name: 'project_branches.list.unknown',
    operation: 'project_branches/list',
    parameters: { project: 'no-such' },
  },
];

const gates: readonly Exchange[] = [
  {
    name: 'qualitygates.project_status',
    operation: 'qualitygates/project_status',
    parameters: { projectKey },
    ...about,
  },
  {
    name: 'qualitygates.project_status.none',
    operation: 'qualitygates/project_status',
    parameters: { projectKey: emptyProjectKey },
  },
  {
    name: 'qualitygates.project_status.unknown',
    operation: 'qualitygates/project_status',
    parameters: { projectKey: 'no-such' },
  },
  { name: 'qualitygates.project_status.missing', operation: 'qualitygates/project_status' },
  {
    name: 'qualitygates.project_status.both',
    operation: 'qualitygates/project_status',
    parameters: { projectKey, branch: 'main', pullRequest: '1' },
  },
  {
    name: 'qualitygates.project_status.pull-request',
    operation: 'qualitygates/project_status',
    parameters: { projectKey, pullRequest: '7' },
  },
  {
    name: 'qualitygates.project_status.stranger',
    operation: 'qualitygates/project_status',
    parameters: { projectKey },
    as: 'stranger',
  },
  { name: 'qualitygates.list', operation: 'qualitygates/list' },
  { name: 'qualitygates.show', operation: 'qualitygates/show', parameters: { name: 'Sonar way' } },
  {
    name: 'qualitygates.show.unknown',
    operation: 'qualitygates/show',
    parameters: { name: 'No such gate' },
  },
  {
    name: 'qualitygates.get_by_project',
    operation: 'qualitygates/get_by_project',
    parameters: project,
  },
];

const findings: readonly Exchange[] = [
  {
    name: 'measures.component',
    operation: 'measures/component',
    parameters: { ...component, metricKeys },
    ...about,
  },
  {
    name: 'measures.component.none',
    operation: 'measures/component',
    parameters: { component: emptyProjectKey, metricKeys },
  },
  {
    name: 'measures.component.unknown',
    operation: 'measures/component',
    parameters: { component: 'no-such', metricKeys },
  },
  {
    name: 'measures.component.unknown-metric',
    operation: 'measures/component',
    parameters: { ...component, metricKeys: 'no_such_metric,alert_status' },
  },
  {
    name: 'measures.component.pull-request',
    operation: 'measures/component',
    parameters: { ...component, metricKeys, pullRequest: '7' },
  },
  {
    name: 'issues.search',
    operation: 'issues/search',
    parameters: { components: projectKey, resolved: 'false', ps: '10' },
    ...about,
  },
  {
    name: 'issues.search.unknown',
    operation: 'issues/search',
    parameters: { components: 'no-such' },
  },
  { name: 'issues.search.ps-501', operation: 'issues/search', parameters: { ps: '501' } },
  { name: 'issues.search.ps-0', operation: 'issues/search', parameters: { ps: '0' } },
  { name: 'issues.search.p-0', operation: 'issues/search', parameters: { p: '0' } },
  {
    name: 'issues.search.beyond-window',
    operation: 'issues/search',
    parameters: { p: '21', ps: '500' },
  },
  {
    name: 'issues.search.pull-request',
    operation: 'issues/search',
    parameters: { components: projectKey, pullRequest: '7' },
  },
  {
    name: 'issues.do_transition.unknown-issue',
    operation: 'issues/do_transition',
    ...post,
    parameters: { issue: 'no-such', transition: 'accept' },
  },
  {
    name: 'issues.do_transition.accept',
    operation: 'issues/do_transition',
    ...post,
    parameters: { issue: '{issueKey}', transition: 'accept' },
    ...about,
  },
  {
    name: 'issues.do_transition.accept-again',
    operation: 'issues/do_transition',
    ...post,
    parameters: { issue: '{issueKey}', transition: 'accept' },
    ...about,
  },
  { name: 'hotspots.search', operation: 'hotspots/search', parameters: project, ...about },
  {
    name: 'hotspots.search.unknown',
    operation: 'hotspots/search',
    parameters: { project: 'no-such' },
  },
  { name: 'hotspots.search.missing', operation: 'hotspots/search' },
  {
    name: 'hotspots.search.stranger',
    operation: 'hotspots/search',
    parameters: project,
    as: 'stranger',
  },
  {
    name: 'hotspots.change_status.unknown',
    operation: 'hotspots/change_status',
    ...post,
    parameters: { hotspot: 'no-such', status: 'REVIEWED', resolution: 'SAFE' },
  },
  {
    name: 'hotspots.change_status',
    operation: 'hotspots/change_status',
    ...post,
    parameters: { hotspot: '{hotspotKey}', status: 'REVIEWED', resolution: 'SAFE' },
    ...about,
  },
];

const tasks: readonly Exchange[] = [
  { name: 'ce.component', operation: 'ce/component', parameters: component, ...about },
  {
    name: 'ce.component.none',
    operation: 'ce/component',
    parameters: { component: emptyProjectKey },
  },
  { name: 'ce.component.unknown', operation: 'ce/component', parameters: { component: 'no-such' } },
  { name: 'ce.task', operation: 'ce/task', parameters: { id: '{taskId}' }, ...about },
  { name: 'ce.task.unknown', operation: 'ce/task', parameters: { id: 'no-such' } },
  {
    name: 'ce.activity',
    operation: 'ce/activity',
    parameters: { ...component, ps: '2' },
    ...about,
  },
];

const webhooks: readonly Exchange[] = [
  {
    name: 'webhooks.create',
    operation: 'webhooks/create',
    ...post,
    parameters: {
      name: 'Created',
      url: 'https://hooks.example.org/created',
      secret: 'a-secret-of-this-test',
    },
  },
  {
    name: 'webhooks.create.short-secret',
    operation: 'webhooks/create',
    ...post,
    parameters: { name: 'Created', url: 'https://hooks.example.org/x', secret: 'short' },
  },
  {
    name: 'webhooks.create.no-url',
    operation: 'webhooks/create',
    ...post,
    parameters: { name: 'Created', url: 'not a url' },
  },
  {
    name: 'webhooks.create.stranger',
    operation: 'webhooks/create',
    ...post,
    parameters: { name: 'Created', url: 'https://hooks.example.org/x' },
    as: 'stranger',
  },
  { name: 'webhooks.list', operation: 'webhooks/list', parameters: project, ...about },
  { name: 'webhooks.list.stranger', operation: 'webhooks/list', as: 'stranger' },
  {
    name: 'webhooks.update.unknown',
    operation: 'webhooks/update',
    ...post,
    parameters: { webhook: 'no-such', name: 'Created', url: 'https://hooks.example.org/x' },
  },
  {
    name: 'webhooks.delete.unknown',
    operation: 'webhooks/delete',
    ...post,
    parameters: { webhook: 'no-such' },
  },
  {
    name: 'webhooks.deliveries',
    operation: 'webhooks/deliveries',
    parameters: { componentKey: projectKey },
    ...about,
  },
  { name: 'webhooks.deliveries.missing', operation: 'webhooks/deliveries' },
  {
    name: 'webhooks.delivery',
    operation: 'webhooks/delivery',
    parameters: { deliveryId: '{deliveryId}' },
    ...about,
  },
  {
    name: 'webhooks.delivery.unknown',
    operation: 'webhooks/delivery',
    parameters: { deliveryId: 'no-such' },
  },
];

/** In the order in which they are asked. */
export const exchanges: readonly Exchange[] = [
  ...system,
  ...projects,
  ...gates,
  ...tasks,
  ...webhooks,
  ...findings,
];
