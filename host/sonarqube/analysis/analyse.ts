import { PARSING_ERROR } from '../rules/rule-table';
import type { Language } from '../rules/rule';
import type { AnalysedIssue, AnalysisRequest, AnalysisResult } from '../types';
import { listChangedFiles, type ChangedFile } from './changed-files';
import { readChangedLines, type ChangedLines } from './changed-lines';
import { measureCoverage } from './coverage';
import { createDuplicationSearch } from './duplication';
import { createGit, type Git } from './git';
import { createLineTranslation } from './git-lines';
import { listTree, readBlobs, type Blob, type TreeFile } from './git-objects';
import { readAuthor } from './head-author';
import { createIssueNamer } from './issue-keys';
import { findExclusion, findLanguage } from './languages';
import { AnalysisLimits } from './limits';
import { lintText, type LintResult } from './lint';
import { tokenize, type Tokens } from './tokens';

/** A changed file that an analyser knows, with its text. */
interface Source {
  readonly path: string;
  readonly language: Language;
  readonly text: string;
  readonly changedLines: ChangedLines;
}

interface Unreadable {
  readonly path: string;
  readonly reason: string;
  readonly line: number;
}

/** Why a blob is no text that can be analysed, or `undefined`. */
function findObstacle(blob: Blob): string | undefined {
  if (blob.kind === 'tooLarge') {
    return `it has ${blob.bytes} bytes, and the analysis reads at most ${AnalysisLimits.bytesPerFile}`;
  }
  return blob.content.includes(0) ? 'it is binary or not in UTF-8' : undefined;
}

/** Duplication is measured where code is written; data may repeat itself. */
function hasDuplication(language: Language): boolean {
  return language !== 'json';
}

async function lint(source: Source): Promise<LintResult> {
  try {
    return await lintText(source.path, source.language, source.text);
  } catch (cause) {
    const [reason = ''] = (cause instanceof Error ? cause.message : String(cause)).split('\n');
    return { kind: 'unreadable', reason: `a rule failed on it: ${reason}`, line: 1 };
  }
}

async function readSources(
  git: Git,
  files: readonly ChangedFile[],
): Promise<{ readonly sources: readonly Source[]; readonly unreadable: readonly Unreadable[] }> {
  const blobs = await readBlobs(
    git,
    files.map(({ blob }) => blob),
    AnalysisLimits.bytesPerFile,
  );
  const sources: Source[] = [];
  const unreadable: Unreadable[] = [];
  for (const file of files) {
    const language = findLanguage(file.path);
    const blob = blobs.get(file.blob);
    if (!language || !blob) continue;
    const obstacle = findObstacle(blob);
    if (blob.kind === 'tooLarge' || obstacle !== undefined) {
      unreadable.push({ path: file.path, reason: obstacle ?? '', line: 1 });
      continue;
    }
    const text = new TextDecoder().decode(blob.content);
    const changedLines = await readChangedLines(git, file, blob.content);
    sources.push({ path: file.path, language, text, changedLines });
  }
  return { sources, unreadable };
}

/** Issues of the lines that changed, with keys that stay when lines move. */
function toIssues(
  source: Source,
  findings: Extract<LintResult, { kind: 'linted' }>['findings'],
  nameIssue: ReturnType<typeof createIssueNamer>,
): readonly AnalysedIssue[] {
  const toGitLine = createLineTranslation(source.text);
  const lines = source.text.split('\n');
  return findings.flatMap(({ rule, message, startColumn, endColumn, ...place }) => {
    const line = toGitLine(place.line);
    const endLine = toGitLine(place.endLine);
    const lineText = lines[line - 1] ?? '';
    // Old issues are named too: the rank among equals must not depend on which lines changed.
    const key = nameIssue(rule.key, source.path, lineText);
    // SonarQube's own comment for "seen, and meant so"; comments of other linters are not obeyed.
    if (!source.changedLines.touches(line, endLine) || /\bNOSONAR\b/u.test(lineText)) return [];
    const { key: ruleKey, kind, severity } = rule;
    const range = { line, endLine, startColumn, endColumn };
    return [{ key, rule: ruleKey, kind, severity, message, path: source.path, ...range }];
  });
}

function toParsingIssue(
  { path, reason, line }: Unreadable,
  nameIssue: ReturnType<typeof createIssueNamer>,
): AnalysedIssue {
  const { key: rule, kind, severity } = PARSING_ERROR;
  const place = { line, endLine: line, startColumn: 0, endColumn: 0 };
  const message = `This file was not analysed: ${reason}.`;
  return { key: nameIssue(rule, path, ''), rule, kind, severity, message, path, ...place };
}

/** Holds the rest of the repository against the changed files, smallest first, as far as the limit goes. */
async function countDuplicatedLines(
  git: Git,
  tree: readonly TreeFile[],
  sources: readonly Source[],
): Promise<number> {
  const compared = sources.filter(({ language }) => hasDuplication(language));
  if (compared.length === 0) return 0;
  const search = createDuplicationSearch(compared.map(({ text }): Tokens => tokenize(text)));
  const changed = new Set(compared.map(({ path }) => path));
  let bytesLeft: number = AnalysisLimits.bytesOfUnchangedFiles;
  const others = tree
    .filter(({ path, bytes }) => {
      const language = findLanguage(path);
      if (!language || !hasDuplication(language) || changed.has(path)) return false;
      return bytes <= AnalysisLimits.bytesPerFile && findExclusion(path) === undefined;
    })
    .toSorted((a, b) => a.bytes - b.bytes)
    .filter(({ bytes }) => (bytesLeft -= bytes) >= 0);
  for (let from = 0; from < others.length; from += AnalysisLimits.filesPerBatch) {
    const ids = others.slice(from, from + AnalysisLimits.filesPerBatch).map(({ blob }) => blob);
    for (const blob of (await readBlobs(git, ids, AnalysisLimits.bytesPerFile)).values()) {
      if (blob.kind === 'content') search.compareWith(tokenize(blob.content.toString()));
    }
  }
  return compared.reduce((sum, { changedLines }, index) => {
    const duplicated = [...(search.duplicatedLines[index] ?? [])];
    return sum + duplicated.filter((line) => changedLines.has(line)).length;
  }, 0);
}

/**
 * Analyses what a pull request changes. Reads git objects alone: no working tree, configuration, plugin or dependency of
 * the repository is looked at.
 * @throws Error with a sentence for people when the repository cannot be read.
 */
export async function analyse(request: AnalysisRequest): Promise<AnalysisResult> {
  const git = createGit(request.repositoryPath);
  const files = await listChangedFiles(git, request.baseCommit, request.headCommit);
  const known = files.filter(({ path }) => findLanguage(path) && findExclusion(path) === undefined);
  const { sources, unreadable } = await readSources(git, known);

  const nameIssue = createIssueNamer();
  const issues: AnalysedIssue[] = [];
  const notAnalysed: Unreadable[] = [...unreadable];
  for (const source of sources) {
    const result = await lint(source);
    if (result.kind === 'linted') issues.push(...toIssues(source, result.findings, nameIssue));
    else notAnalysed.push({ path: source.path, reason: result.reason, line: result.line });
  }
  issues.push(...notAnalysed.map((file) => toParsingIssue(file, nameIssue)));

  const broken = new Set(notAnalysed.map(({ path }) => path));
  const analysed = sources.filter(({ path }) => !broken.has(path));
  const tree = await listTree(git, request.headCommit);
  const changed = new Map(analysed.map(({ path, changedLines }) => [path, changedLines]));
  const { linesToCover, coveredLines, warnings } = await measureCoverage(git, tree, changed);
  const author = await readAuthor(git, request.headCommit);

  return {
    issues,
    newLines: analysed.reduce((sum, { changedLines }) => sum + changedLines.count, 0),
    ...(linesToCover > 0 && { coverage: { linesToCover, coveredLines } }),
    duplicatedLines: await countDuplicatedLines(git, tree, analysed),
    filesAnalysed: analysed.length,
    filesNotAnalysed: notAnalysed.map(({ path, reason }) => ({ path, reason })),
    filesOutside: files
      .filter((file) => !known.includes(file))
      .map(({ path }) => ({ path, reason: findExclusion(path) ?? 'no analyser for its language' })),
    warnings,
    ...(author && { author }),
  };
}
