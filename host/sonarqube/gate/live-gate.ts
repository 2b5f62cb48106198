import type { State } from '../state/open-state';
import type { Analysis, PullRequest } from '../state/pull-requests';
import { evaluateGate, type EvaluatedGate, type MeasureValues } from './evaluate-gate';
import { computeMainMeasures, MAIN_BRANCH } from './main-branch';
import { computeMeasures } from './measures';
import { SONAR_WAY } from './sonar-way';

/** The gate of a pull request, with what it was evaluated from. */
export interface LiveGate {
  readonly analysis: Analysis;
  readonly measures: MeasureValues;
  readonly gate: EvaluatedGate;
}

/** Evaluates the gate as it is at this moment; `undefined` when the pull request was never analysed. */
export function findLiveGate(
  state: State,
  { projectKey, key, analysis }: Pick<PullRequest, 'projectKey' | 'key' | 'analysis'>,
): LiveGate | undefined {
  if (!analysis) return undefined;
  const compute = key === MAIN_BRANCH ? computeMainMeasures : computeMeasures;
  const measures = compute(analysis, state.issues.list(projectKey, key));
  return { analysis, measures, gate: evaluateGate(SONAR_WAY, measures) };
}

/** The gate as it was when its analysis ended. */
export function gateAtAnalysis(analysis: Analysis): LiveGate {
  const { measures } = analysis;
  return { analysis, measures, gate: evaluateGate(SONAR_WAY, measures) };
}
