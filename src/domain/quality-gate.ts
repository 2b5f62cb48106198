/** Overall status as the server computed it; `UNKNOWN` stands for words that are not known yet. */
export type GateStatus = 'OK' | 'WARN' | 'ERROR' | 'NONE' | 'UNKNOWN';

/** A condition in the server's own words. */
export interface GateCondition {
  readonly metricKey: string;
  readonly comparator: string;
  readonly status: string;
  readonly threshold?: string | undefined;
  readonly actual?: string | undefined;
}

export interface QualityGate {
  readonly status: GateStatus;
  readonly conditions: readonly GateCondition[];
  /** Fewer than 20 lines are new, so coverage and duplication were not enforced. */
  readonly ignoredConditions: boolean;
}

/** Whether two answers say the same. */
export function isSameGate(left: QualityGate | undefined, right: QualityGate | undefined): boolean {
  return JSON.stringify(toComparable(left)) === JSON.stringify(toComparable(right));
}

function toComparable(gate: QualityGate | undefined) {
  if (!gate) return null;
  const conditions = gate.conditions.map(({ metricKey, comparator, status, threshold, actual }) => [
    metricKey,
    comparator,
    status,
    threshold ?? null,
    actual ?? null,
  ]);
  return [gate.status, gate.ignoredConditions, conditions];
}
