import { createAnalyser } from '../../../../host/sonarqube/analysis/analyser';
import type { AnalysisResult } from '../../../../host/sonarqube/types';
import { createGitRepository, type GitFixture } from '../../../support/git-repository';
import { buildWorker } from '../support';

type Files = Readonly<Record<string, string | Uint8Array | null>>;

const fixtures: GitFixture[] = [];

/** A repository whose branch `feature` changes `main`. */
export function buildPullRequest(base: Files, change: Files): GitFixture {
  const fixture = createGitRepository({
    main: { commits: [{ files: { 'README.md': '# Shop\n', ...base } }] },
    feature: { from: 'main', commits: [{ files: change }] },
  });
  fixtures.push(fixture);
  return fixture;
}

export function removeRepositories(): void {
  for (const fixture of fixtures.splice(0)) fixture.remove();
}

export const requestOf = (fixture: GitFixture) => ({
  repositoryPath: fixture.path,
  headCommit: fixture.hash('feature'),
  baseCommit: fixture.hash('main'),
});

let workerFile: string | undefined;

/** The real worker, built alone: it needs no other part of the host. */
export function findWorker(): string {
  workerFile ??= buildWorker('host/sonarqube/analysis/worker.ts', 'analysis-worker');
  return workerFile;
}

/** Analyses in the real worker, as the host does. */
export function analyse(
  fixture: GitFixture,
  limits: { timeoutMs?: number; memoryMb?: number } = {},
): Promise<AnalysisResult> {
  const { timeoutMs = 60_000, memoryMb = 512 } = limits;
  return createAnalyser({ workerFile: findWorker(), timeoutMs, memoryMb })(requestOf(fixture));
}

/** Analyses the change of a pull request. */
export function analyseChange(base: Files, change: Files): Promise<AnalysisResult> {
  return analyse(buildPullRequest(base, change));
}

/** Rules of the issues, with file and line. */
export function places({ issues }: AnalysisResult): readonly string[] {
  return issues.map(({ rule, path, line }) => `${rule} ${path}:${line}`);
}
