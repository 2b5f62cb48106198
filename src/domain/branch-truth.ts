import type { BranchState, CardMetric, CardProject } from '../contracts/repository-card';
import { CardMetric as CardMetrics } from '../contracts/repository-card';
import type { BoundProject } from './binding';
import { toCondition, toMetricText } from './condition-text';
import { describeMetric } from './metrics';
import type { QualityGate } from './quality-gate';

/** What a server says of a project's main branch. */
export interface BranchOnServer {
  readonly gate?: QualityGate | undefined;
  /** By metric key, in the server's own form; absent metrics have no value. */
  readonly values: Readonly<Record<string, string>>;
  /** ISO 8601. */
  readonly analysedAt?: string | undefined;
}

/** What is known of the main branch of one project. */
export interface BranchTruth {
  /** Epoch milliseconds: when the server was last asked. */
  readonly checkedAtMs: number;
  readonly branch?: BranchOnServer | undefined;
  /** Why the newest question got no answer. */
  readonly failure?: { readonly isForbidden: boolean; readonly message: string } | undefined;
}

/** How long an answer is good: the main branch changes with a merge, and nobody waits for this card. */
export const branchFreshMs = 5 * 60_000;

export const defaultCardMetrics: readonly CardMetric[] = [
  'coverage',
  'violations',
  'duplicated_lines_density',
  'security_hotspots',
];

export function listOfferedMetrics(): { metric: CardMetric; label: string }[] {
  return CardMetrics.options.map((metric) => ({ metric, label: describeMetric(metric).label }));
}

/** A project as the card shows it, with the metrics that the viewer chose. */
export function toCardProject(
  { projectKey, projectName }: Pick<BoundProject, 'projectKey' | 'projectName'>,
  truth: BranchTruth,
  { chosen, dashboardUrl }: ToCardOptions,
): CardProject {
  const { branch } = truth;
  const { state, reason } = decide(truth);
  const conditions = (branch?.gate?.conditions ?? []).map((condition) =>
    toCondition(condition, branch?.gate ?? nothingChecked),
  );
  return {
    projectKey,
    projectName,
    state,
    reason,
    failed: conditions
      .filter(({ status }) => status === 'failed')
      .map(
        ({ label, actualText, requirement, thresholdText }) =>
          `${label} is ${actualText} (${requirement} ${thresholdText})`,
      ),
    ...(branch?.analysedAt !== undefined && { analysedAt: branch.analysedAt }),
    measures: chosen.map((metric) => {
      const value = branch?.values[metric];
      return {
        metric,
        label: describeMetric(metric).label,
        ...(value !== undefined && { text: toMetricText(value, metric) }),
      };
    }),
    ...(dashboardUrl !== undefined && { dashboardUrl }),
  };
}

interface ToCardOptions {
  readonly chosen: readonly CardMetric[];
  readonly dashboardUrl: string | undefined;
}

const nothingChecked: QualityGate = { status: 'NONE', conditions: [], ignoredConditions: false };

function decide({ branch, failure }: BranchTruth): {
  readonly state: BranchState;
  readonly reason: string;
} {
  if (failure?.isForbidden) {
    return {
      state: 'noPermission',
      reason:
        'The token of the connection may not read this project. Ask a workspace administrator to give its account the right to browse it.',
    };
  }
  if (failure) {
    const known = branch ? ' The numbers are the last that are known.' : '';
    return { state: 'unreachable', reason: `${failure.message}${known}` };
  }
  if (branch === undefined) {
    return {
      state: 'none',
      reason:
        'The server has no such project any more. Ask a repository administrator to bind it again.',
    };
  }
  switch (branch.gate?.status) {
    case 'OK':
    case 'WARN':
      return { state: 'passed', reason: 'The main branch passes its quality gate.' };
    case 'ERROR':
      return { state: 'failed', reason: 'The main branch fails its quality gate.' };
    default:
      return branch.analysedAt === undefined
        ? { state: 'none', reason: 'The main branch was not analysed yet.' }
        : { state: 'none', reason: 'The server computed no quality gate for the main branch.' };
  }
}
