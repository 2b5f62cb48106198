import * as z from 'zod/mini';
import { Issue, PullRequestView } from './verdict';

/** Input that names a pull request. It is a claim: every procedure proves the caller's right to it first. */
const PullRequestClaim = z.strictObject({
  repositoryUuid: z.string().check(z.regex(/^\{[0-9a-f-]{36}\}$/i)),
  pullRequestId: z.int().check(z.positive()),
});

function procedure<I extends z.ZodMiniType, O extends z.ZodMiniType>(input: I, output: O) {
  return { input, output } as const;
}

/** The procedures of the pull request pages: what the browser sends and what it gets. */
export const pullRequestProcedures = {
  /** The stored verdict, at once; a stale one starts one re-read for all viewers. */
  'pullRequest.view': procedure(PullRequestClaim, PullRequestView),
  /** Re-reads the server now, past every cache; at most once per 10 s and pull request. */
  'pullRequest.refresh': procedure(
    PullRequestClaim,
    z.strictObject({
      outcome: z.enum(['changed', 'unchanged', 'tooSoon', 'inProgress']),
      retryAfterSeconds: z.optional(z.number()),
      view: PullRequestView,
    }),
  ),
  /** All stored issues of one project of the verdict, worst first. */
  'pullRequest.issues': procedure(
    z.extend(PullRequestClaim, { projectKey: z.string() }),
    z.strictObject({ issues: z.array(Issue), total: z.number(), sequence: z.number() }),
  ),
} as const;

export const procedures = { ...pullRequestProcedures } as const;

export type ProcedureName = keyof typeof procedures;
export type InputOf<N extends ProcedureName> = z.infer<(typeof procedures)[N]['input']>;
export type OutputOf<N extends ProcedureName> = z.infer<(typeof procedures)[N]['output']>;
