import { formatDate } from '../../dates';
import { findLiveGate, type LiveGate } from '../../gate/live-gate';
import { MAIN_BRANCH } from '../../gate/main-branch';
import { findMetric, type Metric } from '../../gate/metrics';
import { isSince } from '../../versions';
import { ApiError } from '../api-error';
import { requireAccess } from '../authentication';
import { findPullRequest, findPullRequestKey, getComponent, requireBranch } from '../lookups';
import type { Operation } from '../operation';
import type { Server } from '../server';

/** Cloud has a list of one, Servers one, and those before 10.0 both. */
type PeriodForm = 'period' | 'periods' | 'both';

/** Measures of new code stand under the period, in the form of the flavour. */
function toMeasure({ key, bestValue }: Metric, value: string, form: PeriodForm) {
  if (key === 'alert_status') return { metric: key, value };
  // A Server says nothing of the best value where there is none; Cloud says that it is not reached.
  const isBest = bestValue !== undefined && Number(value) === Number(bestValue);
  const best = bestValue === undefined && form !== 'periods' ? {} : { bestValue: isBest };
  if (!key.startsWith('new_')) return { metric: key, value, ...best };
  const period = { index: 1, value, ...best };
  return {
    metric: key,
    ...(form !== 'period' && { periods: [period] }),
    ...(form !== 'periods' && { period }),
  };
}

function describe({ key, name, domain, type, direction, bestValue }: Metric, isCloud: boolean) {
  return {
    key,
    name,
    description: name,
    domain,
    type,
    higherValuesAreBetter: direction === 1,
    qualitative: bestValue !== undefined,
    hidden: false,
    ...(isCloud && { custom: false }),
  };
}

/** Operations about measures. */
export function createMeasureOperations(server: Server): readonly Operation[] {
  const { state, settings } = server;
  const isCloud = settings.flavour === 'cloud';
  const serverForm = isSince(settings, '10.0') ? 'period' : 'both';
  const form: PeriodForm = isCloud ? 'periods' : serverForm;

  function findMeasures(projectKey: string, pullRequestKey: string | undefined) {
    if (pullRequestKey === undefined) {
      const main = state.pullRequests.find(projectKey, MAIN_BRANCH);
      return main && findLiveGate(state, main);
    }
    const pullRequest = findPullRequest(server, projectKey, pullRequestKey);
    if (!pullRequest) {
      throw new ApiError(
        404,
        `Component '${projectKey}' of pull request '${pullRequestKey}' not found`,
      );
    }
    return findLiveGate(state, pullRequest);
  }

  function readMetrics(keys: readonly string[]): readonly Metric[] {
    const unknown = keys.filter((key) => !findMetric(key));
    if (unknown.length > 0) {
      throw new ApiError(404, `The following metric keys are not found: ${unknown.join(', ')}`);
    }
    return keys.flatMap((key) => findMetric(key) ?? []);
  }

  function toMeasures(metrics: readonly Metric[], live: LiveGate | undefined) {
    if (!live) return [];
    const values = { ...live.measures, alert_status: live.gate.status };
    return metrics.flatMap((metric) => {
      const value = (values as Readonly<Record<string, string | undefined>>)[metric.key];
      return value === undefined ? [] : [toMeasure(metric, value, form)];
    });
  }

  return [
    {
      path: 'measures/component',
      method: 'GET',
      access: 'analysis',
      answer(call) {
        const { parameters } = call;
        // Before, the permission to execute analysis was not enough.
        if (!isSince(settings, '2025.2')) requireAccess(call.caller, 'user');
        const project = getComponent(server, call, parameters.get('component'));
        parameters.get('metricKeys');
        const metrics = readMetrics(parameters.findList('metricKeys') ?? []);
        requireBranch(project, parameters);
        const pullRequestKey = findPullRequestKey(parameters);
        const live = findMeasures(project.key, pullRequestKey);
        const extra = parameters.findList('additionalFields') ?? [];
        return {
          component: {
            ...(isCloud && { id: project.id }),
            key: project.key,
            name: project.name,
            qualifier: 'TRK',
            measures: toMeasures(metrics, live),
            ...(pullRequestKey !== undefined && { pullRequest: pullRequestKey }),
          },
          ...(extra.includes('metrics') && {
            metrics: metrics.map((metric) => describe(metric, isCloud)),
          }),
          // On a Server, a pull request has no period.
          ...(isCloud &&
            live &&
            (extra.includes('period') || extra.includes('periods')) && {
              periods: [
                {
                  index: 1,
                  mode: 'REFERENCE_BRANCH',
                  date: formatDate(live.analysis.analysedAt),
                  parameter: project.mainBranch,
                },
              ],
            }),
        };
      },
    },
  ];
}
