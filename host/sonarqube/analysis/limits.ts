/** What one analysis reads at most, so that no repository can fill the host's memory. */
export const AnalysisLimits = {
  /** Files above are not analysed, and said to be so. */
  bytesPerFile: 1_000_000,
  /** Coverage reports above are not read. */
  bytesPerReport: 20_000_000,
  /** Unchanged files that duplication is looked for in; smaller files come first. */
  bytesOfUnchangedFiles: 16_000_000,
  /** Output of one git command. */
  bytesPerGitAnswer: 128_000_000,
  /** Files that are read from git in one go. */
  filesPerBatch: 200,
} as const;

/** SonarQube's definition of a duplicated block: successive tokens, spread over lines. */
export const DuplicationLimits = {
  tokensPerBlock: 100,
  linesPerBlock: 10,
  /** Places that one block is compared with; a table of equal lines would otherwise be compared with itself. */
  candidatesPerBlock: 20,
  /** Tokens that are compared for one file; only a file that repeats itself endlessly on few lines comes near. */
  stepsPerFile: 100_000_000,
} as const;
