/** One rule of a gate. The comparator says when it fails: `LT 80` fails below 80. */
export interface GateCondition {
  readonly id: number;
  readonly metricKey: string;
  readonly comparator: 'GT' | 'LT';
  readonly threshold: string;
}

export interface Gate {
  readonly id: number;
  readonly name: string;
  readonly conditions: readonly GateCondition[];
}

/** SonarQube's built-in default gate: every condition is on new code. */
export const SONAR_WAY: Gate = {
  id: 1,
  name: 'Sonar way',
  conditions: [
    { id: 1, metricKey: 'new_violations', comparator: 'GT', threshold: '0' },
    { id: 2, metricKey: 'new_coverage', comparator: 'LT', threshold: '80' },
    { id: 3, metricKey: 'new_duplicated_lines_density', comparator: 'GT', threshold: '3' },
    { id: 4, metricKey: 'new_security_hotspots_reviewed', comparator: 'LT', threshold: '100' },
  ],
};
