import type { AnalysisTask, Issue, Measures } from '../../contracts/verdict';
import type { QualityGate } from '../../domain/quality-gate';

/** What the demo says of every pull request of a project. */
export interface SampleProject {
  readonly projectKey: string;
  readonly name: string;
  readonly gate: QualityGate | undefined;
  readonly task?: AnalysisTask | undefined;
  readonly measures: Measures;
  readonly issues: readonly Issue[];
  readonly hotspots: readonly Issue[];
  /** Of the main branch, by metric. */
  readonly values: Readonly<Record<string, string>>;
  readonly analysedAt?: string | undefined;
}

const percent = (value: string) => ({ value, text: `${value}%` });

function toGate(actual: {
  readonly violations: number;
  readonly coverage: string;
  readonly duplication: string;
  readonly reviewed: string;
}): QualityGate {
  const conditions = [
    condition('new_violations', 'GT', '0', String(actual.violations)),
    condition('new_coverage', 'LT', '80', actual.coverage),
    condition('new_duplicated_lines_density', 'GT', '3', actual.duplication),
    condition('new_security_hotspots_reviewed', 'LT', '100', actual.reviewed),
  ];
  const isFailed = conditions.some(({ status }) => status === 'ERROR');
  return { status: isFailed ? 'ERROR' : 'OK', conditions, ignoredConditions: false };
}

function condition(metricKey: string, comparator: 'GT' | 'LT', threshold: string, actual: string) {
  const isBroken =
    comparator === 'GT' ? Number(actual) > Number(threshold) : Number(actual) < Number(threshold);
  return { metricKey, comparator, threshold, actual, status: isBroken ? 'ERROR' : 'OK' };
}

const issues: readonly Issue[] = [
  {
    key: 'demo-1',
    kind: 'bug',
    severity: 'high',
    message: 'This condition is always true; the discount is never refused.',
    rule: 'demo:always-true',
    path: 'src/checkout/discount.ts',
    line: 41,
  },
  {
    key: 'demo-2',
    kind: 'vulnerability',
    severity: 'blocker',
    message: 'The name of the customer goes into the query as it was typed.',
    rule: 'demo:injection',
    path: 'src/orders/find-orders.ts',
    line: 17,
  },
  {
    key: 'demo-3',
    kind: 'codeSmell',
    severity: 'medium',
    message: 'Three branches of this switch do the same.',
    rule: 'demo:same-branches',
    path: 'src/orders/order-state.ts',
    line: 88,
  },
  {
    key: 'demo-4',
    kind: 'codeSmell',
    severity: 'low',
    message: 'The variable is written and never read.',
    rule: 'demo:unread-variable',
    path: 'src/orders/order-state.ts',
    line: 12,
  },
];
const hotspots: readonly Issue[] = [
  {
    key: 'demo-5',
    kind: 'hotspot',
    severity: 'medium',
    message: 'Make sure that this random number is not used as a secret.',
    rule: 'demo:random',
    path: 'src/checkout/voucher.ts',
    line: 9,
  },
];

/** A day that is clearly no day of the reader's own project. */
const sampleTime = '2026-01-01T09:00:00.000Z';

/** A project for each of the three states that people ask about. */
export const sampleProjects: readonly SampleProject[] = [
  {
    projectKey: 'demo-failing',
    name: 'Demo: a gate that fails',
    gate: toGate({ violations: 4, coverage: '62.5', duplication: '1.2', reviewed: '0' }),
    measures: {
      newIssues: issues.length,
      newHotspots: hotspots.length,
      newLines: 240,
      newCoverage: percent('62.5'),
      newDuplication: percent('1.2'),
    },
    issues,
    hotspots,
    values: {
      coverage: '71.4',
      violations: '38',
      bugs: '5',
      vulnerabilities: '2',
      code_smells: '31',
      security_hotspots: '4',
      duplicated_lines_density: '2.6',
      ncloc: '18240',
      reliability_rating: '3.0',
      security_rating: '4.0',
      sqale_rating: '1.0',
      new_violations: '4',
      new_coverage: '62.5',
      new_duplicated_lines_density: '1.2',
    },
    analysedAt: sampleTime,
  },
  {
    projectKey: 'demo-passing',
    name: 'Demo: a gate that passes',
    gate: toGate({ violations: 0, coverage: '91.3', duplication: '0', reviewed: '100' }),
    measures: {
      newIssues: 0,
      newHotspots: 0,
      newLines: 120,
      newCoverage: percent('91.3'),
      newDuplication: percent('0'),
    },
    issues: [],
    hotspots: [],
    values: { coverage: '93.0', violations: '0', duplicated_lines_density: '0.4', ncloc: '6120' },
    analysedAt: sampleTime,
  },
  {
    projectKey: 'demo-waiting',
    name: 'Demo: a pull request that waits for its analysis',
    gate: undefined,
    task: { status: 'PENDING' },
    measures: {},
    issues: [],
    hotspots: [],
    values: {},
  },
];
