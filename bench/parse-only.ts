import { listChangedFiles } from '../host/sonarqube/analysis/changed-files';
import { createGit } from '../host/sonarqube/analysis/git';
import { readBlobs } from '../host/sonarqube/analysis/git-objects';
import { AnalysisLimits } from '../host/sonarqube/analysis/limits';
import { loadTypeScriptParser } from '../host/sonarqube/analysis/plugins';
import type { AnalysisRequest } from '../host/sonarqube/types';

/**
 * The least that any analysis has to do: ask git what changed and parse the changed files once, without a rule.
 * Answers how many were parsed.
 */
export async function parseOnly(request: AnalysisRequest): Promise<number> {
  const { repositoryPath, baseCommit, headCommit } = request;
  const git = createGit(repositoryPath);
  const changed = await listChangedFiles(git, baseCommit, headCommit);
  const blobs = await readBlobs(
    git,
    changed.map(({ blob }) => blob),
    AnalysisLimits.bytesPerFile,
  );
  const parser = await loadTypeScriptParser();
  let parsed = 0;
  for (const blob of blobs.values()) {
    if (blob.kind !== 'content' || !('parseForESLint' in parser)) continue;
    parser.parseForESLint(blob.content.toString('utf8'), {});
    parsed += 1;
  }
  return parsed;
}
