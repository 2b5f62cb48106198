import type { Analysis } from '../state/pull-requests';
import type { StoredIssue } from '../state/issues';
import type { MeasureValues } from './evaluate-gate';
import {
  effortMinutes,
  formatDecimal,
  isOpen,
  MINUTES_PER_LINE,
  stepRating,
  worstRating,
} from './measures';

/** Stands for the main branch where a pull request has its key. */
export const MAIN_BRANCH = '';
/** The tree without files, which git knows everywhere: compared with it, all code counts. */
export const EMPTY_TREE = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

/**
 * Measures of all code of the main branch as they are now. New code is what came after the first analysis, so the first
 * one has no values for it, as on a new project of SonarQube.
 */
export function computeMainMeasures(
  {
    newLines: lines,
    duplicatedLines,
    coverage,
    newCodeSince,
    analysedAt,
  }: Omit<Analysis, 'measures'>,
  issuesAndHotspots: readonly StoredIssue[],
): MeasureValues {
  const issues = issuesAndHotspots.filter(({ kind }) => kind !== 'SECURITY_HOTSPOT');
  const open = issues.filter(isOpen);
  const ofKind = (kind: StoredIssue['kind']) => open.filter((issue) => issue.kind === kind);
  const smells = ofKind('CODE_SMELL');
  const debt = smells.reduce((sum, issue) => sum + effortMinutes(issue), 0);
  const hotspots = issuesAndHotspots.filter(({ status }) => status === 'TO_REVIEW');
  const isFirst = newCodeSince === undefined || newCodeSince === analysedAt;
  return {
    ncloc: String(lines),
    violations: String(open.length),
    bugs: String(ofKind('BUG').length),
    vulnerabilities: String(ofKind('VULNERABILITY').length),
    code_smells: String(smells.length),
    security_hotspots: String(hotspots.length),
    reliability_rating: worstRating(ofKind('BUG')),
    security_rating: worstRating(ofKind('VULNERABILITY')),
    sqale_rating: stepRating(debt / Math.max(1, lines * MINUTES_PER_LINE), [0.05, 0.1, 0.2, 0.5]),
    ...(lines > 0 && {
      duplicated_lines_density: formatDecimal((100 * duplicatedLines) / lines),
    }),
    ...(coverage && {
      coverage: formatDecimal((100 * coverage.coveredLines) / coverage.linesToCover),
    }),
    ...(!isFirst && {
      new_violations: String(open.filter(({ createdAt }) => createdAt > newCodeSince).length),
    }),
  };
}
