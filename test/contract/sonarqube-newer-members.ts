import type { ShapeRules } from './shape';

/**
 * Where a Server of today answers other members than its published samples show, which are older: seen on a real
 * Community Build and kept in `test/fixtures/sonarqube-25.12`, against which `npm test` holds the stand-in as well.
 */
const reason = 'a real server 25.12 answers so (test/fixtures/sonarqube-25.12)';

export const newerServer: ShapeRules = {
  extra: [
    /(^|\.)(needIssueSync|instanceUsesDefaultAdminCredentials)$/,
    /^issues?(\[\])?\.fromSonarQubeUpdate$/,
    /^dismissedNotices\./,
    /^components\[\]\.(projectUuid|containsAiCode)$/,
    /^component\.isAiCodeFixEnabled$/,
    /^component\.measures\[\]\.period\.index$/,
    /^(conditions\[\]\.isCaycCondition|hasStandardConditions|hasMQRConditions)$/,
  ].map((path) => ({ path, reason })),
  missing: [
    /^projectStatus\.ignoredConditions$/,
    /^component\.measures\[\]\.period\.bestValue$/,
    /^metrics\[\]\.custom$/,
  ].map((path) => ({ path, reason })),
};

export function withNewerServer(rules: ShapeRules = {}): ShapeRules {
  return {
    extra: [...(rules.extra ?? []), ...(newerServer.extra ?? [])],
    missing: [...(rules.missing ?? []), ...(newerServer.missing ?? [])],
  };
}
