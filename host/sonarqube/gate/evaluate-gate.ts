import { SonarQubeLimits } from '../limits';
import type { GateStatus } from '../state/pull-requests';
import type { Gate, GateCondition } from './sonar-way';

/** Values by metric key, as texts; a metric that nothing was measured for is absent. */
export type MeasureValues = Readonly<Record<string, string>>;

export interface EvaluatedCondition extends GateCondition {
  readonly status: GateStatus;
  readonly actual?: string;
}

export interface EvaluatedGate {
  readonly status: GateStatus;
  readonly conditions: readonly EvaluatedCondition[];
  /** A failing condition was reported OK because the change is small. */
  readonly ignoredConditions: boolean;
}

/** Conditions that say little about a handful of lines: `sonar.qualitygate.ignoreSmallChanges`. */
const NOT_ON_SMALL_CHANGES: ReadonlySet<string> = new Set([
  'new_coverage',
  'new_line_coverage',
  'new_branch_coverage',
  'new_duplicated_lines_density',
  'new_duplicated_lines',
  'new_duplicated_blocks',
]);

function fails({ comparator, threshold }: GateCondition, actual: string): boolean {
  const difference = Number(actual) - Number(threshold);
  return comparator === 'GT' ? difference > 0 : difference < 0;
}

/** Evaluates a gate as SonarQube does: a condition without a value is OK, and one failing condition fails the gate. */
export function evaluateGate(gate: Gate, values: MeasureValues): EvaluatedGate {
  const newLines = values.new_lines;
  const small = newLines !== undefined && Number(newLines) < SonarQubeLimits.smallChangeLines;
  let ignoredConditions = false;
  const conditions = gate.conditions.map((condition): EvaluatedCondition => {
    const actual = values[condition.metricKey];
    if (actual === undefined) return { ...condition, status: 'OK' };
    const failed = fails(condition, actual);
    const ignored = failed && small && NOT_ON_SMALL_CHANGES.has(condition.metricKey);
    ignoredConditions ||= ignored;
    return { ...condition, actual, status: failed && !ignored ? 'ERROR' : 'OK' };
  });
  const failed = conditions.some(({ status }) => status === 'ERROR');
  return { status: failed ? 'ERROR' : 'OK', conditions, ignoredConditions };
}
