import { formatDate } from '../../dates';
import { SonarQubeLimits } from '../../limits';
import type { Project } from '../../state/projects';
import type { Analysis } from '../../state/pull-requests';
import { ApiError } from '../api-error';
import { maySee } from '../authentication';
import {
  findOrganization,
  findPullRequestKey,
  getComponent,
  requireBranch,
  findPullRequest,
} from '../lookups';
import type { Call, Operation } from '../operation';
import { cutPage } from '../paging';
import type { Parameters } from '../parameters';
import type { Server } from '../server';

const KEY_RULE = /^(?=.*[^\d])[\w.:-]+$/u;

function readVisibility(parameters: Parameters): Project['visibility'] {
  const text = parameters.find('visibility') ?? 'private';
  if (text === 'public' || text === 'private') return text;
  throw new ApiError(
    400,
    `Value of parameter 'visibility' (${text}) must be one of: [private, public]`,
  );
}

/** The text of a `filter` such as `query = "shop"`; other criteria are not emulated. */
function readQuery(parameters: Parameters): string {
  const filter = parameters.find('filter');
  if (filter === undefined) return parameters.find('q') ?? '';
  const [, query] = /^query\s*=\s*"?([^"]*)"?$/u.exec(filter.trim()) ?? [];
  if (query === undefined) {
    throw new ApiError(501, `This stand-in does not emulate the filter '${filter}'.`);
  }
  return query;
}

/** The latest analysis of any pull request of a project. */
function findLastAnalysis({ state }: Server, { key }: Project): Analysis | undefined {
  return state.pullRequests
    .list(key)
    .flatMap(({ analysis }) => (analysis ? [analysis] : []))
    .toSorted((a, b) => b.analysedAt - a.analysedAt)[0];
}

/** Operations that find and make projects. */
export function createProjectOperations(server: Server): readonly Operation[] {
  const { state, settings } = server;

  function listVisible(call: Call): readonly Project[] {
    const organization = findOrganization(server, call);
    const query = readQuery(call.parameters).toLowerCase();
    return state.projects
      .list(organization)
      .filter(({ key }) => maySee(call.caller, key))
      .filter(({ key, name }) => `${name}\n${key}`.toLowerCase().includes(query));
  }

  return [
    {
      path: 'projects/create',
      method: 'POST',
      access: 'user',
      answer(call) {
        const { parameters } = call;
        const organization = findOrganization(server, call) ?? null;
        const key = parameters.get('project');
        const name = parameters.get('name').slice(0, SonarQubeLimits.projectNameLength);
        if (!KEY_RULE.test(key) || key.length > SonarQubeLimits.projectKeyLength) {
          throw new ApiError(
            400,
            `Malformed key for Project: '${key}'. Allowed characters are alphanumeric, '-', '_', '.' and ':', with at least one non-digit.`,
          );
        }
        const visibility = readVisibility(parameters);
        const mainBranch = parameters.find('mainBranch') ?? 'main';
        if (!state.projects.add({ key, name, organization, visibility, mainBranch })) {
          throw new ApiError(
            400,
            `Could not create Project with key: "${key}". A similar key already exists: "${key}"`,
          );
        }
        return { project: { key, name, qualifier: 'TRK', visibility } };
      },
    },
    {
      path: 'projects/search',
      method: 'GET',
      access: 'user',
      answer(call) {
        const wanted = call.parameters.findList('projects');
        const found = listVisible(call).filter(({ key }) => wanted?.includes(key) ?? true);
        const { entries, paging } = cutPage(found, call.parameters);
        return {
          paging,
          components: entries.map((project) => {
            const last = findLastAnalysis(server, project);
            return {
              ...(settings.flavour === 'cloud' && { organization: project.organization }),
              key: project.key,
              name: project.name,
              qualifier: 'TRK',
              visibility: project.visibility,
              ...(last && { lastAnalysisDate: formatDate(last.analysedAt) }),
              managed: false,
            };
          }),
        };
      },
    },
    {
      path: 'components/search_projects',
      method: 'GET',
      access: 'user',
      answer(call) {
        const { entries, paging } = cutPage(listVisible(call), call.parameters);
        return {
          paging,
          components: entries.map((project) => ({
            ...(settings.flavour === 'cloud' && {
              organization: project.organization,
              id: project.id,
            }),
            key: project.key,
            name: project.name,
            qualifier: 'TRK',
            isFavorite: false,
            tags: [],
            visibility: project.visibility,
            ...(settings.flavour === 'server' && {
              isAiCodeFixEnabled: false,
              aiCodeAssurance: 'NONE',
              uuid: project.id,
            }),
          })),
          facets: [],
        };
      },
    },
    {
      path: 'components/show',
      method: 'GET',
      access: 'user',
      answer(call) {
        const { parameters } = call;
        const key = parameters.get('component');
        const project = getComponent(server, call, key);
        requireBranch(project, parameters);
        const pullRequestKey = findPullRequestKey(parameters);
        const pullRequest =
          pullRequestKey === undefined ? undefined : findPullRequest(server, key, pullRequestKey);
        if (pullRequestKey !== undefined && !pullRequest) {
          throw new ApiError(
            404,
            `Component '${key}' of pull request '${pullRequestKey}' not found`,
          );
        }
        const analysis = pullRequest?.analysis;
        return {
          component: {
            ...(settings.flavour === 'cloud' && { organization: project.organization }),
            key,
            name: project.name,
            qualifier: 'TRK',
            ...(analysis && { analysisDate: formatDate(analysis.analysedAt) }),
            tags: [],
            visibility: project.visibility,
            ...(pullRequest && { pullRequest: pullRequest.key }),
          },
          ancestors: [],
        };
      },
    },
  ];
}
