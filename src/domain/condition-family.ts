import type { SettingValues } from '../contracts/settings';

/** The setting that says what a failed condition of a family does to a merge. */
export type FamilySetting = Extract<keyof SettingValues, `${string}Conditions`>;

/** Read in this order: a count of security issues is about security before it is about issues. */
const families: readonly (readonly [FamilySetting, RegExp])[] = [
  ['securityConditions', /security|vulnerabilit|hotspot|sca_/],
  ['reliabilityConditions', /reliability|bugs/],
  ['maintainabilityConditions', /maintainability|code_smells|sqale|technical_debt/],
  ['coverageConditions', /coverage|uncovered|lines_to_cover/],
  ['duplicationConditions', /duplicated/],
  ['issueConditions', /violations|issues/],
];

/** The family of a metric (sonarqube.md 8); what no family claims is of the other ones. */
export function toFamilySetting(metricKey: string): FamilySetting {
  return families.find(([, pattern]) => pattern.test(metricKey))?.[0] ?? 'otherConditions';
}
