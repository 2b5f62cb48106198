import * as z from 'zod/mini';

/** The states of a verdict (design.md section 3). `passed` is never the answer to missing data. */
export const VerdictState = z.enum([
  'passed',
  'failed',
  'pending',
  'outdated',
  'notAnalysed',
  'notComputed',
  'unreachable',
  'unbound',
  'notSupported',
]);
export type VerdictState = z.infer<typeof VerdictState>;

/** One rule of the gate as the server checked it. Texts are ready to print; raw values are kept beside them. */
export const Condition = z.strictObject({
  metricKey: z.string(),
  /** The metric in words: "Coverage on new code". */
  label: z.string(),
  comparator: z.string(),
  /** What must hold for the condition to pass, in words: "at least", "at most", "exactly". */
  requirement: z.string(),
  threshold: z.optional(z.string()),
  thresholdText: z.string(),
  actual: z.optional(z.string()),
  /** "No data" where the server measured nothing; rounding never hides a failure. */
  actualText: z.string(),
  /** `notEnforced`: reported OK only because fewer than 20 new lines make the server ignore it. */
  status: z.enum(['passed', 'failed', 'notEnforced']),
});
export type Condition = z.infer<typeof Condition>;

export const IssueSeverity = z.enum(['blocker', 'high', 'medium', 'low', 'info']);
export type IssueSeverity = z.infer<typeof IssueSeverity>;

/** A new issue or hotspot of the pull request; `path` is relative to the repository root, `line` 1-based. */
export const Issue = z.strictObject({
  key: z.string(),
  kind: z.enum(['bug', 'vulnerability', 'codeSmell', 'hotspot']),
  severity: IssueSeverity,
  message: z.string(),
  rule: z.string(),
  path: z.optional(z.string()),
  line: z.optional(z.number()),
  /** Stands for who wrote the line, as the server says; no address can be read out of it. */
  author: z.optional(z.string()),
  /** In a file that the pull request does not change; only said where that is known. */
  isOutside: z.optional(z.boolean()),
});
export type Issue = z.infer<typeof Issue>;

/** The numbers that the card shows beside the state; absent means the server has no value, which is not 0. */
export const Measures = z.strictObject({
  newIssues: z.optional(z.number()),
  newHotspots: z.optional(z.number()),
  newLines: z.optional(z.number()),
  /** Percentages as the server's decimal text, with the text to print beside it. */
  newCoverage: z.optional(z.strictObject({ value: z.string(), text: z.string() })),
  newDuplication: z.optional(z.strictObject({ value: z.string(), text: z.string() })),
});
export type Measures = z.infer<typeof Measures>;

/** The background task of the server that is queued, running or ended badly. Times are ISO 8601. */
export const AnalysisTask = z.strictObject({
  status: z.enum(['PENDING', 'IN_PROGRESS', 'FAILED', 'CANCELED']),
  submittedAt: z.optional(z.string()),
  startedAt: z.optional(z.string()),
  endedAt: z.optional(z.string()),
  /** Only for people who may read the repository, which every reader of a view has proved. */
  errorMessage: z.optional(z.string()),
});
export type AnalysisTask = z.infer<typeof AnalysisTask>;

/** How the app came to know the verdict. */
export const KnownFrom = z.enum(['webhook', 'poll', 'manual', 'push']);
export type KnownFrom = z.infer<typeof KnownFrom>;

/** The verdict of one project on a pull request, for the head commit that the view names. */
export const ProjectVerdict = z.strictObject({
  projectKey: z.string(),
  projectName: z.string(),
  state: VerdictState,
  /** False when the pull request changes nothing in the folder of the project, which then does not count. */
  isConcerned: z.boolean(),
  /** One sentence: why this state. */
  reason: z.string(),
  /** One sentence: what to do next; absent when there is nothing to do. */
  nextStep: z.optional(z.string()),
  conditions: z.array(Condition),
  /** True when the server ignored coverage and duplication because fewer than 20 lines are new. */
  smallChange: z.boolean(),
  measures: Measures,
  /** The worst first; `issueCount` is the server's total, the rest comes with `pullRequest.issues`. */
  issues: z.array(Issue),
  issueCount: z.number(),
  /** True when the server caps its total, so "10,000+" is the honest text. */
  issueCountCapped: z.boolean(),
  /** Full hash of the analysed commit; absent when the server did not report one. */
  analysedCommit: z.optional(z.string()),
  /** `notReported`: counted for the head because it is newer than the push (design.md section 3). */
  commitSource: z.optional(z.enum(['server', 'webhook', 'notReported'])),
  analysedAt: z.optional(z.string()),
  task: z.optional(AnalysisTask),
  /** Set in state `unreachable`: since when, and what failed, without any secret. */
  unreachable: z.optional(z.strictObject({ since: z.string(), message: z.string() })),
  /** With `unreachable`, `pending` and `outdated`: the last verdict that was known, and its commit. */
  lastKnown: z.optional(
    z.strictObject({ state: VerdictState, commit: z.optional(z.string()), at: z.string() }),
  ),
  dashboardUrl: z.optional(z.string()),
});
export type ProjectVerdict = z.infer<typeof ProjectVerdict>;

/** Everything that the card and the panel show. */
export const PullRequestView = z.strictObject({
  pullRequestId: z.number(),
  pullRequestState: z.enum(['OPEN', 'MERGED', 'DECLINED', 'SUPERSEDED']),
  /** Head commit as Bitbucket gave it (12 characters or more). */
  headCommit: z.optional(z.string()),
  /** The worst of the projects, or `unbound`. */
  state: VerdictState,
  reason: z.string(),
  nextStep: z.optional(z.string()),
  projects: z.array(ProjectVerdict),
  /** When the server was last asked, ISO 8601; absent when never. */
  checkedAt: z.optional(z.string()),
  knownFrom: z.optional(KnownFrom),
  /** What an administrator switched off: pages of these say so, and nothing else. */
  hides: z.array(z.enum(['card', 'panel'])),
  /** Grows with each stored change, so that a page can tell an older answer from a newer one. */
  sequence: z.number(),
  /** The verdict is older than it should be and a re-read is on its way. */
  refreshing: z.boolean(),
  /** Server time of this answer, ISO 8601: pages compute ages against it, not against their own clock. */
  now: z.string(),
  /** Realtime channel that says "something changed", without saying what. */
  channel: z.string(),
  /** Lets the page listen to the channel; absent where the platform gives none. */
  channelToken: z.optional(z.string()),
});
export type PullRequestView = z.infer<typeof PullRequestView>;
