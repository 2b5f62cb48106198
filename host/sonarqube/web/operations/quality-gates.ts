import { formatDate } from '../../dates';
import type { EvaluatedCondition } from '../../gate/evaluate-gate';
import { findLiveGate, gateAtAnalysis, type LiveGate } from '../../gate/live-gate';
import { MAIN_BRANCH } from '../../gate/main-branch';
import { SONAR_WAY } from '../../gate/sonar-way';
import type { Project } from '../../state/projects';
import { isSince } from '../../versions';
import { ApiError } from '../api-error';
import {
  findOrganization,
  findPullRequestKey,
  getProject,
  getPullRequest,
  requireBranch,
} from '../lookups';
import type { Call, Operation } from '../operation';
import type { Server } from '../server';

/** Operations about gates. There is one, SonarQube's built-in default. */
export function createQualityGateOperations(server: Server): readonly Operation[] {
  const { state, settings } = server;
  const isCloud = settings.flavour === 'cloud';
  /** Servers dropped them with 10.0. */
  const hasPeriods = isCloud || !isSince(settings, '10.0');

  function toCondition({ metricKey, comparator, threshold, status, actual }: EvaluatedCondition) {
    return {
      status,
      metricKey,
      comparator,
      ...(hasPeriods && { periodIndex: 1 }),
      errorThreshold: threshold,
      ...(actual !== undefined && { actualValue: actual }),
    };
  }

  function toStatus({ gate, analysis }: LiveGate, base: string) {
    const { status, conditions, ignoredConditions } = gate;
    return {
      status,
      conditions: conditions.map(toCondition),
      ignoredConditions,
      ...(hasPeriods && {
        periods: [
          {
            index: 1,
            mode: 'REFERENCE_BRANCH',
            date: formatDate(analysis.analysedAt),
            parameter: base,
          },
        ],
      }),
      ...(!isCloud && { caycStatus: 'compliant' }),
    };
  }

  function notComputed() {
    return {
      status: 'NONE',
      conditions: [],
      ...(isCloud && { ignoredConditions: false }),
      ...(hasPeriods && { periods: [] }),
      ...(!isCloud && { caycStatus: 'compliant' }),
    };
  }

  /** What one of the three ways of naming it means; `live` is absent when no gate was computed. */
  function readTarget(call: Call): { live?: LiveGate | undefined; base: string } {
    const { parameters } = call;
    const given = ['analysisId', 'projectId', 'projectKey'].filter((name) => parameters.find(name));
    if (given.length !== 1) {
      throw new ApiError(400, "Either 'analysisId', 'projectId' or 'projectKey' must be provided");
    }
    const [name] = given;
    if (name === 'analysisId') return readAnalysis(call);
    const project = name === 'projectId' ? readProjectOfId(call) : readProject(call);
    // The internal id always means the main branch.
    const key = name === 'projectId' ? undefined : findPullRequestKey(call.parameters);
    if (key === undefined) {
      const main = state.pullRequests.find(project.key, MAIN_BRANCH);
      return { live: main && findLiveGate(state, main), base: project.mainBranch };
    }
    const pullRequest = getPullRequest(server, project.key, key);
    return { live: findLiveGate(state, pullRequest), base: pullRequest.base };
  }

  function readProject(call: Call): Project {
    const project = getProject(server, call, call.parameters.get('projectKey'));
    requireBranch(project, call.parameters);
    return project;
  }

  function readProjectOfId(call: Call): Project {
    const id = call.parameters.get('projectId');
    const project = state.projects.findById(id);
    if (!project) throw new ApiError(404, `Project '${id}' not found`);
    return getProject(server, call, project.key);
  }

  /** The gate as it was then. Only the latest analysis of a pull request is kept. */
  function readAnalysis(call: Call) {
    const id = call.parameters.get('analysisId');
    const task = state.tasks.list().find(({ analysisId }) => analysisId === id);
    const pullRequest = task && state.pullRequests.find(task.projectKey, task.pullRequestKey);
    if (pullRequest?.analysis?.id !== id) {
      throw new ApiError(404, `Analysis with id '${id}' is not found`);
    }
    getProject(server, call, pullRequest.projectKey);
    return { live: gateAtAnalysis(pullRequest.analysis), base: pullRequest.base };
  }

  const gate = {
    name: SONAR_WAY.name,
    isDefault: true,
    isBuiltIn: true,
    actions: {
      rename: false,
      setAsDefault: false,
      copy: true,
      associateProjects: false,
      delete: false,
      manageConditions: false,
      ...(!isCloud && { delegate: false, manageAiCodeAssurance: false }),
    },
  };
  const conditions = SONAR_WAY.conditions.map(({ id, metricKey, comparator, threshold }) => ({
    id: isCloud ? id : `condition-${id}`,
    metric: metricKey,
    op: comparator,
    error: threshold,
    ...(!isCloud && { isCaycCondition: true }),
  }));

  return [
    {
      path: 'qualitygates/project_status',
      method: 'GET',
      access: 'analysis',
      answer(call) {
        const { live, base } = readTarget(call);
        return { projectStatus: live ? toStatus(live, base) : notComputed() };
      },
    },
    {
      path: 'qualitygates/list',
      method: 'GET',
      access: 'user',
      answer(call) {
        findOrganization(server, call);
        return isCloud
          ? {
              qualitygates: [{ id: SONAR_WAY.id, ...gate, conditions }],
              default: SONAR_WAY.id,
              actions: { create: true },
            }
          : {
              qualitygates: [
                {
                  ...gate,
                  caycStatus: 'compliant',
                  hasStandardConditions: false,
                  hasMQRConditions: false,
                  isAiCodeSupported: false,
                },
              ],
              actions: { create: true },
            };
      },
    },
    {
      path: 'qualitygates/show',
      method: 'GET',
      access: 'user',
      answer(call) {
        findOrganization(server, call);
        const byId = isCloud ? call.parameters.find('id') : undefined;
        const name = byId === undefined ? call.parameters.get('name') : undefined;
        if (name !== undefined && name !== SONAR_WAY.name) {
          throw new ApiError(404, `No quality gate has been found for name ${name}`);
        }
        if (byId !== undefined && byId !== String(SONAR_WAY.id)) {
          throw new ApiError(404, `No quality gate has been found for id ${byId}`);
        }
        return {
          ...(isCloud && { id: SONAR_WAY.id }),
          name: gate.name,
          conditions,
          isBuiltIn: true,
          isDefault: true,
          actions: gate.actions,
          ...(!isCloud && {
            caycStatus: 'compliant',
            hasStandardConditions: false,
            hasMQRConditions: false,
            isAiCodeSupported: false,
          }),
        };
      },
    },
    {
      path: 'qualitygates/get_by_project',
      method: 'GET',
      access: 'user',
      answer(call) {
        findOrganization(server, call);
        getProject(server, call, call.parameters.get('project'));
        return {
          qualityGate: {
            ...(isCloud && { id: String(SONAR_WAY.id) }),
            name: SONAR_WAY.name,
            default: true,
          },
        };
      },
    },
  ];
}
