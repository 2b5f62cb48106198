import { formatDate } from '../../dates';
import { SonarQubeLimits } from '../../limits';
import type { Project, ProjectQuery } from '../../state/projects';
import { isSince } from '../../versions';
import { ApiError } from '../api-error';
import { rightsOf } from '../authentication';
import {
  findOrganization,
  findPullRequestKey,
  getComponent,
  requireBranch,
  findPullRequest,
  requireGlobal,
} from '../lookups';
import { createProject } from '../new-project';
import type { Call, Operation } from '../operation';
import { readPage } from '../paging';
import { requireMinimum, type Parameters } from '../parameters';
import type { Server } from '../server';

/** @throws ApiError 400 */
export function readVisibility(parameters: Parameters): Project['visibility'] {
  const text = parameters.find('visibility') ?? 'private';
  if (text === 'public' || text === 'private') return text;
  throw new ApiError(
    400,
    `Value of parameter 'visibility' (${text}) must be one of: [private, public]`,
  );
}

const NEW_CODE_TYPES = ['PREVIOUS_VERSION', 'NUMBER_OF_DAYS', 'REFERENCE_BRANCH'];

/** What counts as new code is not kept here, where everything that a pull request adds does. @throws ApiError 400 */
function checkNewCode({ settings }: Server, parameters: Parameters): void {
  const type = parameters.find('newCodeDefinitionType');
  const value = parameters.find('newCodeDefinitionValue');
  if (type === undefined && value === undefined) return;
  if (settings.flavour === 'cloud') {
    if (type !== undefined && value !== undefined) return;
    throw new ApiError(400, 'New code definition type and value are given together or not at all');
  }
  // Servers before 10.1 pass over parameters that they do not know.
  if (!isSince(settings, '10.1')) return;
  if (type === undefined || !NEW_CODE_TYPES.includes(type)) {
    throw new ApiError(400, `Invalid type: ${type ?? ''}`);
  }
  if ((type === 'PREVIOUS_VERSION') !== (value === undefined)) {
    throw new ApiError(400, `Unexpected or missing value for type '${type}'`);
  }
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

/** When any part of a project was last analysed: its main branch or a pull request. */
function findLastAnalysis({ state }: Server, { key, analysedAt }: Project): number | undefined {
  const times = state.pullRequests
    .list(key)
    .flatMap(({ analysis }) => (analysis ? [analysis.analysedAt] : []));
  const last = Math.max(analysedAt ?? 0, ...times);
  return last === 0 ? undefined : last;
}

/** The commit of the newest analysis; that of a main branch is not kept here. */
function findRevision({ state }: Server, { key }: Project): { revision?: string } {
  const [last] = state.pullRequests
    .list(key)
    .flatMap(({ analysis }) => analysis ?? [])
    .sort((a, b) => b.analysedAt - a.analysedAt);
  return last ? { revision: last.revision } : {};
}

/** Operations that find and make projects. */
export function createProjectOperations(server: Server): readonly Operation[] {
  const { state, settings } = server;
  const isCloud = settings.flavour === 'cloud';

  /** One page of the projects that the caller may see. */
  function search(call: Call, { isIndexed, ...query }: ProjectQuery & { isIndexed: boolean }) {
    const { parameters } = call;
    const { offset, pageIndex, pageSize } = readPage(parameters, { isIndexed });
    const { entries, total } = state.projects.search(
      {
        organization: findOrganization(server, call),
        visible: rightsOf(call.caller).listVisible(),
        ...query,
      },
      { offset, limit: pageSize },
    );
    // Cloud counts no further than its result window.
    const counted = isCloud ? Math.min(total, SonarQubeLimits.resultWindow) : total;
    return { entries, paging: { pageIndex, pageSize, total: counted } };
  }

  function toAnalysisDate(parameters: Parameters, project: Project) {
    if (!parameters.findList('f')?.includes('analysisDate')) return {};
    const last = findLastAnalysis(server, project);
    return last === undefined ? {} : { analysisDate: formatDate(last) };
  }

  return [
    {
      path: 'projects/create',
      method: 'POST',
      access: 'user',
      answer(call) {
        const { parameters } = call;
        const organization = findOrganization(server, call) ?? null;
        requireGlobal(call, 'provisioning', organization);
        const key = parameters.get('project');
        const name = parameters.get('name').slice(0, SonarQubeLimits.projectNameLength);
        const visibility = readVisibility(parameters);
        const mainBranch = parameters.find('mainBranch') ?? 'main';
        checkNewCode(server, parameters);
        const project = { key, name, organization, visibility, mainBranch };
        createProject(server, rightsOf(call.caller), project);
        return { project: { key, name, qualifier: 'TRK', visibility } };
      },
    },
    {
      path: 'projects/search',
      method: 'GET',
      access: 'user',
      answer(call) {
        requireGlobal(call, 'admin', findOrganization(server, call));
        const keys = call.parameters.findList('projects');
        const { entries, paging } = search(call, {
          text: call.parameters.find('q'),
          keys,
          isIndexed: isCloud,
        });
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
              ...(last !== undefined && { lastAnalysisDate: formatDate(last) }),
              ...(settings.flavour === 'server' && findRevision(server, project)),
              managed: false,
              ...(settings.flavour === 'server' && { projectUuid: project.id }),
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
        const { entries, paging } = search(call, {
          text: readQuery(call.parameters),
          ids: call.parameters.findList('projectIds'),
          isIndexed: true,
        });
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
              ...(isSince(settings, '2025.6') && { uuid: project.id }),
              containsAiCode: false,
            }),
            ...toAnalysisDate(call.parameters, project),
          })),
          facets: [],
        };
      },
    },
    {
      path: 'components/search',
      method: 'GET',
      access: 'user',
      answer(call) {
        const { parameters } = call;
        parameters.get('qualifiers');
        const q = parameters.find('q');
        const { entries, paging } = search(call, {
          // A longer text is cut: the index holds no longer parts.
          text: q && requireMinimum('q', q, 2).slice(0, 15),
          isIndexed: true,
        });
        return {
          paging,
          components: entries.map(({ key, name, organization }) => ({
            ...(isCloud && { organization }),
            key,
            name,
            qualifier: 'TRK',
            project: key,
          })),
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
        const analysedAt = pullRequest ? pullRequest.analysis?.analysedAt : project.analysedAt;
        return {
          component: {
            ...(settings.flavour === 'cloud' && { organization: project.organization }),
            key,
            name: project.name,
            qualifier: 'TRK',
            ...(typeof analysedAt === 'number' && { analysisDate: formatDate(analysedAt) }),
            tags: [],
            visibility: project.visibility,
            ...(pullRequest && { pullRequest: pullRequest.key }),
            ...(settings.flavour === 'server' && {
              needIssueSync: false,
              isAiCodeFixEnabled: false,
            }),
          },
          ancestors: [],
        };
      },
    },
  ];
}
