import type { Analyse, AnalysedIssue } from '../host/sonarqube/types';

/** An analysis that answers at once, with this many issues in one file and a gate that fails over them. */
export function analysisWithIssues(count: number): Analyse {
  const issues = Array.from({ length: count }, (_, index): AnalysedIssue => {
    const line = index + 1;
    return {
      key: `issue-${line}`,
      rule: 'eslint:no-unreachable',
      kind: 'BUG',
      severity: 'MAJOR',
      message: 'Unreachable code.',
      path: 'src/prices.js',
      line,
      endLine: line,
      startColumn: 2,
      endColumn: 12,
    };
  });
  return () =>
    Promise.resolve({
      issues,
      newLines: Math.max(count, 40),
      coverage: { linesToCover: 40, coveredLines: 25 },
      duplicatedLines: 0,
      filesAnalysed: 1,
      filesNotAnalysed: [],
    });
}
