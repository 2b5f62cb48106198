import {
  projectKey,
  unboundOrganization,
  unboundProjectKey,
  type ContractServer,
} from './sonarqube-server';

type Flavour = ContractServer['flavour'];

export interface SonarQubeFailure {
  readonly title: string;
  readonly path: string;
  readonly only?: Flavour;
  readonly method?: 'GET' | 'POST';
  readonly parameters?: Readonly<Record<string, string>>;
  readonly token?: (server: ContractServer) => string;
  readonly status: number;
  /** Absent: the body is empty. */
  readonly sample?: string;
  /** What the sample names and the call names differently. */
  readonly instead?: readonly (readonly [sample: string, call: string])[];
}

/** Refusals, with the very texts of the samples. */
export const failures: readonly SonarQubeFailure[] = [
  {
    title: 'an unknown project',
    path: 'qualitygates/project_status',
    parameters: { projectKey: 'unknown' },
    status: 404,
    sample: 'derived/error.v1.project-not-found.json',
    instead: [['my_project', 'unknown']],
  },
  {
    title: 'an unknown pull request',
    path: 'qualitygates/project_status',
    parameters: { projectKey, pullRequest: '99' },
    status: 404,
    sample: 'derived/error.v1.pull-request-not-found.json',
    instead: [['42', '99']],
  },
  {
    title: 'an unknown pull request of a component',
    path: 'measures/component',
    parameters: { component: projectKey, metricKeys: 'new_lines', pullRequest: '99' },
    status: 404,
    sample: 'derived/error.v1.component-not-found-pr.json',
    instead: [['42', '99']],
  },
  {
    title: 'a project that the caller may not see',
    path: 'qualitygates/project_status',
    parameters: { projectKey },
    token: ({ strangersToken }) => strangersToken,
    status: 403,
    sample: 'derived/error.v1.forbidden.json',
  },
  {
    title: 'a project key that is taken',
    path: 'projects/create',
    method: 'POST',
    parameters: { project: projectKey, name: 'Again' },
    status: 400,
    sample: 'derived/error.v1.key-exists.json',
  },
  {
    title: 'a page beyond the result window',
    path: 'issues/search',
    parameters: { components: projectKey, p: '21', ps: '500' },
    status: 400,
    sample: 'derived/error.v1.result-window.json',
  },
  {
    title: 'an operation that does not exist',
    path: 'no_such/operation',
    status: 404,
    sample: 'derived/error.v1.unknown-url.json',
    instead: [['project_pull_requests/list', 'no_such/operation']],
  },
  {
    title: 'a bad token',
    path: 'qualitygates/project_status',
    parameters: { projectKey },
    token: () => 'wrong',
    status: 401,
  },
  {
    title: 'the repository of a project that is not bound',
    path: 'alm_settings/get_binding',
    only: 'server',
    parameters: { project: unboundProjectKey },
    status: 404,
    sample: 'derived/alm_settings.get_binding.not-bound.json',
    instead: [['my_project', unboundProjectKey]],
  },
  {
    title: 'the workspace of an organization that is not bound',
    path: 'alm_integration/show_bound_organization',
    only: 'cloud',
    parameters: { organization: unboundOrganization },
    status: 500,
    sample: 'derived/error.cloud.unbound-organization.json',
  },
  {
    title: 'the repositories of an organization that is not bound',
    path: 'alm_integration/list_repositories',
    only: 'cloud',
    parameters: { organization: unboundOrganization },
    status: 400,
    sample: 'derived/error.cloud.not-bound-to-alm.json',
  },
];
