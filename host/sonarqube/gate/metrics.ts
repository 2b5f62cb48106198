export interface Metric {
  readonly key: string;
  readonly name: string;
  readonly domain: string;
  readonly type: 'INT' | 'PERCENT' | 'RATING' | 'LEVEL' | 'WORK_DUR';
  /** -1: lower is better; 1: higher is better; 0: neither. */
  readonly direction: -1 | 0 | 1;
  readonly bestValue?: string;
}

type MetricLine = readonly [
  key: string,
  name: string,
  domain: string,
  type: Metric['type'],
  direction: Metric['direction'],
  bestValue?: string,
];

const LINES: readonly MetricLine[] = [
  ['alert_status', 'Quality Gate Status', 'Releasability', 'LEVEL', 1],
  ['ncloc', 'Lines of Code', 'Size', 'INT', -1],
  ['violations', 'Issues', 'Issues', 'INT', -1, '0'],
  ['bugs', 'Bugs', 'Reliability', 'INT', -1, '0'],
  ['vulnerabilities', 'Vulnerabilities', 'Security', 'INT', -1, '0'],
  ['code_smells', 'Code Smells', 'Maintainability', 'INT', -1, '0'],
  ['security_hotspots', 'Security Hotspots', 'SecurityReview', 'INT', -1, '0'],
  ['reliability_rating', 'Reliability Rating', 'Reliability', 'RATING', -1, '1.0'],
  ['security_rating', 'Security Rating', 'Security', 'RATING', -1, '1.0'],
  ['sqale_rating', 'Maintainability Rating', 'Maintainability', 'RATING', -1, '1.0'],
  ['coverage', 'Coverage', 'Coverage', 'PERCENT', 1, '100.0'],
  ['duplicated_lines_density', 'Duplicated Lines (%)', 'Duplications', 'PERCENT', -1, '0.0'],
  ['new_lines', 'New Lines', 'Size', 'INT', -1],
  ['new_violations', 'New Issues', 'Issues', 'INT', -1, '0'],
  ['new_accepted_issues', 'New Accepted Issues', 'Issues', 'INT', -1, '0'],
  ['pull_request_fixed_issues', 'Pull request fixed issues', 'Issues', 'INT', -1, '0'],
  ['new_blocker_violations', 'New Blocker Issues', 'Issues', 'INT', -1, '0'],
  ['new_critical_violations', 'New Critical Issues', 'Issues', 'INT', -1, '0'],
  ['new_major_violations', 'New Major Issues', 'Issues', 'INT', -1, '0'],
  ['new_minor_violations', 'New Minor Issues', 'Issues', 'INT', -1, '0'],
  ['new_info_violations', 'New Info Issues', 'Issues', 'INT', -1, '0'],
  ['new_bugs', 'New Bugs', 'Reliability', 'INT', -1, '0'],
  ['new_vulnerabilities', 'New Vulnerabilities', 'Security', 'INT', -1, '0'],
  ['new_code_smells', 'New Code Smells', 'Maintainability', 'INT', -1, '0'],
  ['new_technical_debt', 'Added Technical Debt', 'Maintainability', 'WORK_DUR', -1, '0'],
  ['new_reliability_rating', 'Reliability Rating on New Code', 'Reliability', 'RATING', -1, '1.0'],
  ['new_security_rating', 'Security Rating on New Code', 'Security', 'RATING', -1, '1.0'],
  [
    'new_maintainability_rating',
    'Maintainability Rating on New Code',
    'Maintainability',
    'RATING',
    -1,
    '1.0',
  ],
  [
    'new_security_review_rating',
    'Security Review Rating on New Code',
    'SecurityReview',
    'RATING',
    -1,
    '1.0',
  ],
  ['new_security_hotspots', 'New Security Hotspots', 'SecurityReview', 'INT', -1, '0'],
  [
    'new_security_hotspots_reviewed',
    'New Security Hotspots Reviewed',
    'SecurityReview',
    'PERCENT',
    1,
    '100.0',
  ],
  ['new_coverage', 'Coverage on New Code', 'Coverage', 'PERCENT', 1, '100.0'],
  ['new_line_coverage', 'Line Coverage on New Code', 'Coverage', 'PERCENT', 1, '100.0'],
  ['new_lines_to_cover', 'Lines to Cover on New Code', 'Coverage', 'INT', -1],
  ['new_uncovered_lines', 'Uncovered Lines on New Code', 'Coverage', 'INT', -1, '0'],
  ['new_duplicated_lines', 'Duplicated Lines on New Code', 'Duplications', 'INT', -1, '0'],
  [
    'new_duplicated_lines_density',
    'Duplicated Lines (%) on New Code',
    'Duplications',
    'PERCENT',
    -1,
    '0.0',
  ],
];

export const METRICS: readonly Metric[] = LINES.map(
  ([key, name, domain, type, direction, bestValue]) => ({
    key,
    name,
    domain,
    type,
    direction,
    ...(bestValue !== undefined && { bestValue }),
  }),
);

const byKey = new Map(METRICS.map((metric) => [metric.key, metric]));

export function findMetric(key: string): Metric | undefined {
  return byKey.get(key);
}
