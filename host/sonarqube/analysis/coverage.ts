import type { ChangedLines } from './changed-lines';
import { findCoveredPath } from './coverage-paths';
import {
  findReportFormat,
  parseCobertura,
  parseLcov,
  type CoverageReport,
} from './coverage-reports';
import type { Git } from './git';
import { readBlobs, type TreeFile } from './git-objects';
import { AnalysisLimits } from './limits';

export interface NewCoverage {
  /** Changed lines that the reports call executable; 0 when they know none of them. */
  readonly linesToCover: number;
  readonly coveredLines: number;
  /** Reports that could not be read, with the reason. */
  readonly warnings: readonly string[];
}

interface Report {
  readonly path: string;
  readonly content: CoverageReport;
}

async function parseReport(path: string, text: string): Promise<CoverageReport> {
  return findReportFormat(path) === 'lcov' ? parseLcov(text) : parseCobertura(text);
}

async function readReports(
  git: Git,
  tree: readonly TreeFile[],
): Promise<{ readonly reports: readonly Report[]; readonly warnings: readonly string[] }> {
  const files = tree.filter(({ path }) => findReportFormat(path) !== undefined);
  const blobs = await readBlobs(
    git,
    files.map(({ blob }) => blob),
    AnalysisLimits.bytesPerReport,
  );
  const reports: Report[] = [];
  const warnings: string[] = [];
  for (const { path, blob } of files) {
    const found = blobs.get(blob);
    if (found?.kind !== 'content') {
      warnings.push(`The coverage report ${path} is too large to be read.`);
      continue;
    }
    try {
      reports.push({ path, content: await parseReport(path, found.content.toString()) });
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      warnings.push(`The coverage report ${path} could not be read: ${reason}`);
    }
  }
  return { reports, warnings };
}

/** Measures the coverage of changed lines with the reports in the commit's own tree, so they belong to that commit. */
export async function measureCoverage(
  git: Git,
  tree: readonly TreeFile[],
  changed: ReadonlyMap<string, ChangedLines>,
): Promise<NewCoverage> {
  const { reports, warnings } = await readReports(git, tree);
  const repositoryPaths = new Set(tree.map(({ path }) => path));
  // A line that several reports know is covered when one of them saw it run.
  const covered = new Map<string, Map<number, boolean>>();
  for (const { path: reportPath, content } of reports) {
    for (const file of content.files) {
      const path = findCoveredPath(file.path, reportPath, content.sourceRoots, repositoryPaths);
      const lines = path === undefined ? undefined : changed.get(path);
      if (path === undefined || !lines) continue;
      const known = covered.get(path) ?? new Map<number, boolean>();
      covered.set(path, known);
      for (const [line, hits] of file.hits) {
        if (lines.has(line)) known.set(line, known.get(line) === true || hits > 0);
      }
    }
  }
  const states = [...covered.values()].flatMap((lines) => [...lines.values()]);
  return {
    linesToCover: states.length,
    coveredLines: states.filter(Boolean).length,
    warnings,
  };
}
