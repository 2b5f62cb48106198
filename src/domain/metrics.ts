/** How a metric's value is printed (sonarqube.md 8). */
export type MetricType = 'count' | 'percent' | 'rating' | 'severity' | 'duration' | 'raw';

export interface Metric {
  readonly label: string;
  readonly type: MetricType;
}

const known: Readonly<Record<string, readonly [label: string, type: MetricType]>> = {
  new_violations: ['New issues', 'count'],
  new_blocker_violations: ['New blocker issues', 'count'],
  new_critical_violations: ['New critical issues', 'count'],
  new_major_violations: ['New major issues', 'count'],
  new_minor_violations: ['New minor issues', 'count'],
  new_info_violations: ['New info issues', 'count'],
  new_accepted_issues: ['New accepted issues', 'count'],
  pull_request_fixed_issues: ['Issues fixed by this pull request', 'count'],
  new_bugs: ['New bugs', 'count'],
  new_vulnerabilities: ['New vulnerabilities', 'count'],
  new_code_smells: ['New code smells', 'count'],
  new_security_hotspots: ['New security hotspots', 'count'],
  new_security_hotspots_reviewed: ['Security hotspots reviewed on new code', 'percent'],
  security_hotspots_reviewed: ['Security hotspots reviewed', 'percent'],
  new_coverage: ['Coverage on new code', 'percent'],
  new_line_coverage: ['Line coverage on new code', 'percent'],
  new_branch_coverage: ['Condition coverage on new code', 'percent'],
  coverage: ['Coverage', 'percent'],
  violations: ['Issues', 'count'],
  bugs: ['Bugs', 'count'],
  vulnerabilities: ['Vulnerabilities', 'count'],
  code_smells: ['Code smells', 'count'],
  security_hotspots: ['Security hotspots', 'count'],
  ncloc: ['Lines of code', 'count'],
  new_lines: ['New lines', 'count'],
  new_lines_to_cover: ['New lines to cover', 'count'],
  new_uncovered_lines: ['Uncovered new lines', 'count'],
  new_duplicated_lines_density: ['Duplicated lines on new code', 'percent'],
  duplicated_lines_density: ['Duplicated lines', 'percent'],
  new_duplicated_lines: ['Number of duplicated new lines', 'count'],
  new_duplicated_blocks: ['Duplicated blocks on new code', 'count'],
  new_reliability_rating: ['Reliability rating on new code', 'rating'],
  new_security_rating: ['Security rating on new code', 'rating'],
  new_maintainability_rating: ['Maintainability rating on new code', 'rating'],
  new_security_review_rating: ['Security review rating on new code', 'rating'],
  reliability_rating: ['Reliability rating', 'rating'],
  security_rating: ['Security rating', 'rating'],
  sqale_rating: ['Maintainability rating', 'rating'],
  new_software_quality_reliability_rating: ['Reliability rating on new code', 'rating'],
  new_software_quality_security_rating: ['Security rating on new code', 'rating'],
  new_software_quality_maintainability_rating: ['Maintainability rating on new code', 'rating'],
  new_software_quality_reliability_issues: ['New reliability issues', 'count'],
  new_software_quality_security_issues: ['New security issues', 'count'],
  new_software_quality_maintainability_issues: ['New maintainability issues', 'count'],
  new_software_quality_blocker_issues: ['New blocker issues', 'count'],
  new_software_quality_high_issues: ['New high severity issues', 'count'],
  new_software_quality_medium_issues: ['New medium severity issues', 'count'],
  new_software_quality_low_issues: ['New low severity issues', 'count'],
  new_software_quality_info_issues: ['New info issues', 'count'],
  software_quality_reliability_rating: ['Reliability rating', 'rating'],
  software_quality_security_rating: ['Security rating', 'rating'],
  software_quality_maintainability_rating: ['Maintainability rating', 'rating'],
  new_technical_debt: ['Added technical debt', 'duration'],
  new_software_quality_maintainability_remediation_effort: ['Added technical debt', 'duration'],
  new_sqale_debt_ratio: ['Technical debt ratio on new code', 'percent'],
  new_sca_rating_any_issue: ['Dependency risk rating on new code', 'rating'],
  new_sca_count_any_issue: ['New dependency risks', 'count'],
  new_sca_severity_any_issue: ['Severity of new dependency risks', 'severity'],
  new_sca_severity_vulnerability: ['Severity of new vulnerable dependencies', 'severity'],
  new_sca_severity_licensing: ['Severity of new licence risks', 'severity'],
  new_security_issue_severity: ['Severity of new security issues', 'severity'],
  new_reliability_issue_severity: ['Severity of new reliability issues', 'severity'],
  new_maintainability_issue_severity: ['Severity of new maintainability issues', 'severity'],
  new_vulnerabilities_severity: ['Severity of new vulnerabilities', 'severity'],
  new_bugs_severity: ['Severity of new bugs', 'severity'],
  new_code_smells_severity: ['Severity of new code smells', 'severity'],
};

/** Label and type of a metric. One that is not known keeps its key as label and its value as it came. */
export function describeMetric(metricKey: string): Metric {
  const entry = Object.hasOwn(known, metricKey) ? known[metricKey] : undefined;
  if (!entry) return { label: metricKey, type: 'raw' };
  const [label, type] = entry;
  return { label, type };
}

/** Metrics that the server ignores on changes of fewer than 20 lines (sonarqube.md 8, "Small change sets"). */
export const ignoredOnSmallChanges: ReadonlySet<string> = new Set([
  'new_coverage',
  'new_line_coverage',
  'new_branch_coverage',
  'new_duplicated_lines_density',
  'new_duplicated_lines',
  'new_duplicated_blocks',
]);
