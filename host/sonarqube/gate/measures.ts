import type { Analysis } from '../state/pull-requests';
import type { StoredIssue } from '../state/issues';
import type { MeasureValues } from './evaluate-gate';

const SEVERITIES = ['BLOCKER', 'CRITICAL', 'MAJOR', 'MINOR', 'INFO'] as const;

/** Minutes that SonarQube would estimate for putting an issue right, by severity. */
const EFFORT_MINUTES = { BLOCKER: 60, CRITICAL: 20, MAJOR: 10, MINOR: 5, INFO: 2 } as const;

/** Minutes that SonarQube takes a line of code to cost. */
export const MINUTES_PER_LINE = 30;

export function effortMinutes(issue: Pick<StoredIssue, 'severity'>): number {
  return EFFORT_MINUTES[issue.severity];
}

/** Whether an issue counts: it is neither accepted, nor a false positive, nor gone. */
export function isOpen({ status }: Pick<StoredIssue, 'status'>): boolean {
  return status === 'OPEN' || status === 'CONFIRMED';
}

/** A decimal as Java prints a double: `64.28571428571429`, `50.0`. */
export function formatDecimal(value: number): string {
  return Number.isInteger(value) ? value.toFixed(1) : String(value);
}

/** A ("1.0") without any, down to E ("5.0") with a blocker. */
export function worstRating(issues: readonly StoredIssue[]): string {
  const ratings = { BLOCKER: 5, CRITICAL: 4, MAJOR: 3, MINOR: 2, INFO: 1 } as const;
  return formatDecimal(Math.max(1, ...issues.map(({ severity }) => ratings[severity])));
}

/** The rating of the first step whose limit holds the value; E above all of them. */
export function stepRating(value: number, limits: readonly number[]): string {
  const step = limits.findIndex((limit) => value <= limit);
  return formatDecimal(step < 0 ? 5 : step + 1);
}

function hotspotMeasures(issues: readonly StoredIssue[]): MeasureValues {
  const hotspots = issues.filter(({ kind, status }) => {
    return kind === 'SECURITY_HOTSPOT' && status !== 'CLOSED';
  });
  const open = hotspots.filter(({ status }) => status === 'TO_REVIEW').length;
  const reviewed = (100 * (hotspots.length - open)) / hotspots.length;
  return {
    new_security_hotspots: String(open),
    // Nothing to review is no value, which passes a condition; 100 % would claim a review.
    ...(hotspots.length > 0 && {
      new_security_hotspots_reviewed: formatDecimal(reviewed),
      new_security_review_rating: stepRating(100 - reviewed, [20, 30, 50, 70]),
    }),
  };
}

function coverageMeasures({ coverage }: Pick<Analysis, 'coverage'>): MeasureValues {
  if (!coverage) return {};
  const { linesToCover, coveredLines } = coverage;
  const percent = formatDecimal((100 * coveredLines) / linesToCover);
  return {
    new_lines_to_cover: String(linesToCover),
    new_uncovered_lines: String(linesToCover - coveredLines),
    new_line_coverage: percent,
    new_coverage: percent,
  };
}

/** Measures of a pull request as they are now: what was analysed, and what people have decided about it since. */
export function computeMeasures(
  analysis: Omit<Analysis, 'measures'>,
  issuesAndHotspots: readonly StoredIssue[],
): MeasureValues {
  const issues = issuesAndHotspots.filter(({ kind }) => kind !== 'SECURITY_HOTSPOT');
  const open = issues.filter(isOpen);
  const ofKind = (kind: StoredIssue['kind']) => open.filter((issue) => issue.kind === kind);
  const smells = ofKind('CODE_SMELL');
  const debt = smells.reduce((sum, issue) => sum + effortMinutes(issue), 0);
  const { newLines, duplicatedLines } = analysis;
  return {
    new_lines: String(newLines),
    new_violations: String(open.length),
    new_accepted_issues: String(
      issues.filter(({ status, resolution }) => status === 'RESOLVED' && resolution === 'WONTFIX')
        .length,
    ),
    pull_request_fixed_issues: '0',
    ...Object.fromEntries(
      SEVERITIES.map((severity) => [
        `new_${severity.toLowerCase()}_violations`,
        String(open.filter((issue) => issue.severity === severity).length),
      ]),
    ),
    new_bugs: String(ofKind('BUG').length),
    new_vulnerabilities: String(ofKind('VULNERABILITY').length),
    new_code_smells: String(smells.length),
    new_technical_debt: String(debt),
    new_reliability_rating: worstRating(ofKind('BUG')),
    new_security_rating: worstRating(ofKind('VULNERABILITY')),
    new_maintainability_rating: stepRating(
      debt / Math.max(1, newLines * MINUTES_PER_LINE),
      [0.05, 0.1, 0.2, 0.5],
    ),
    ...hotspotMeasures(issuesAndHotspots),
    ...coverageMeasures(analysis),
    ...(newLines > 0 && {
      new_duplicated_lines: String(duplicatedLines),
      new_duplicated_lines_density: formatDecimal((100 * duplicatedLines) / newLines),
    }),
  };
}
