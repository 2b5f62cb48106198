import * as z from 'zod/mini';
import { AnalysisTask, Issue, KnownFrom, Measures } from '../contracts/verdict';

const Text = z.optional(z.string());

/** A gate as it is kept, of a pull request or of a main branch. */
export const StoredGate = z.strictObject({
  status: z.enum(['OK', 'WARN', 'ERROR', 'NONE', 'UNKNOWN']),
  conditions: z.array(
    z.strictObject({
      metricKey: z.string(),
      comparator: z.string(),
      status: z.string(),
      threshold: Text,
      actual: Text,
    }),
  ),
  ignoredConditions: z.boolean(),
});

const StoredTruth = z.strictObject({
  connectionId: z.string(),
  projectKey: z.string(),
  presence: z.optional(z.enum(['analysed', 'noPullRequest', 'noProject', 'noPullRequestAnalysis'])),
  gate: z.optional(StoredGate),
  analysis: z.optional(
    z.strictObject({
      commit: Text,
      commitSource: z.optional(z.enum(['server', 'webhook'])),
      parents: z.optional(z.array(z.string())),
      at: Text,
    }),
  ),
  task: z.optional(AnalysisTask),
  measures: Measures,
  issues: z.array(Issue),
  issueCount: z.number(),
  issueCountCapped: z.boolean(),
  storedIssues: z.optional(
    z.strictObject({ slot: z.enum(['a', 'b']), chunks: z.int(), digest: z.string() }),
  ),
  dashboardUrl: Text,
  failure: z.optional(
    z.strictObject({
      since: z.string(),
      message: z.string(),
      attempts: z.int(),
      retryAt: z.string(),
    }),
  ),
  checkedAt: z.string(),
});

/** The record of a pull request as it is stored; the sequence is an attribute beside it. */
export const StoredVerdict = z.strictObject({
  version: z.literal(1),
  repositoryUuid: z.string(),
  pullRequestId: z.int(),
  head: z.optional(z.strictObject({ hash: z.string(), since: z.string() })),
  projects: z.array(StoredTruth),
  knownFrom: KnownFrom,
  insistOnCommit: z.optional(z.boolean()),
  hides: z.optional(z.array(z.enum(['card', 'panel']))),
  retiredAt: z.optional(z.string()),
  changes: z.optional(z.strictObject({ commit: z.string(), paths: z.array(z.string()) })),
});

export const VerdictEntity = z.object({ sequence: z.int(), record: StoredVerdict });
