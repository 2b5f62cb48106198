import type { BranchOnServer } from '../../domain/branch-truth';
import { RemoteForbiddenError } from '../../errors/remote-errors';
import { unlessUnknown, type Calls } from './calls';
import { toIsoDate } from './dates';
import { BranchList, ComponentMeasures, ProjectStatus } from './schema';
import { toMetricValues } from './to-measures';
import { toQualityGate } from './to-quality-gate';

/**
 * Gate, values and age of a project's main branch, in three calls; `undefined` when there is no such project.
 * @throws {RemoteError} when the server cannot tell.
 */
export async function readMainBranch(
  calls: Calls,
  projectKey: string,
  metricKeys: readonly string[],
): Promise<BranchOnServer | undefined> {
  const [status, measures, list] = await Promise.all([
    unlessUnknown(calls.get('qualitygates/project_status', { projectKey }, ProjectStatus)),
    // A token that may only analyse reads no measures before 2025.2, and the gate all the same.
    unlessUnknown(
      calls
        .get(
          'measures/component',
          { component: projectKey, metricKeys: metricKeys.join(',') },
          ComponentMeasures,
        )
        .catch((error: unknown) => {
          if (error instanceof RemoteForbiddenError) return undefined;
          throw error;
        }),
    ),
    unlessUnknown(calls.get('project_branches/list', { project: projectKey }, BranchList)),
  ]);
  if (!status) return undefined;
  const main = list?.branches.entries.find(({ isMain }) => isMain);
  return {
    gate: toQualityGate(status),
    values: measures ? Object.fromEntries(toMetricValues(measures)) : {},
    analysedAt: toIsoDate(main?.analysisDate),
  };
}
