import * as z from 'zod/mini';
import { auditProcedures } from './audit';
import { PullRequestClaim } from './claims';
import { connectionProcedures } from './connections';
import { devOpsPlatformProcedures } from './devops-platforms';
import { DoctorTrace } from './doctor';
import { healthProcedures } from './health';
import { importProcedures } from './imports';
import { operationProcedures } from './operations';
import { organizationProcedures } from './organizations';
import { procedure } from './procedure';
import { repositoryProcedures as bindingProcedures } from './repository';
import { repositoryCardProcedures } from './repository-card';
import { repositorySettingsProcedures, settingsProcedures } from './settings';
import { Issue, PullRequestView } from './verdict';
import { workspaceProcedures } from './workspace';

/** The procedures of the pull request pages. */
export const pullRequestProcedures = {
  /** The stored verdict, at once; a stale one starts one re-read for all viewers. */
  'pullRequest.view': procedure('pullRequestReader', 'read', PullRequestClaim, PullRequestView),
  /** Re-reads the server now, past every cache; at most once per 10 s and pull request. */
  'pullRequest.refresh': procedure(
    'pullRequestReader',
    'read',
    PullRequestClaim,
    z.strictObject({
      outcome: z.enum(['changed', 'unchanged', 'tooSoon', 'inProgress']),
      retryAfterSeconds: z.optional(z.number()),
      view: PullRequestView,
    }),
  ),
  /** Which link between the pull request and its verdict is broken; asks the server, at most once per 10 s. */
  'pullRequest.doctor': procedure(
    'pullRequestReader',
    'read',
    PullRequestClaim,
    z.strictObject({ traces: z.array(DoctorTrace) }),
  ),
  /** What `author` of an issue is for those that the caller wrote; empty when none of the commits are theirs. */
  'pullRequest.mine': procedure(
    'pullRequestReader',
    'read',
    PullRequestClaim,
    z.strictObject({ authors: z.array(z.string()) }),
  ),
  /** All stored issues of one project of the verdict, worst first. */
  'pullRequest.issues': procedure(
    'pullRequestReader',
    'read',
    z.extend(PullRequestClaim, { projectKey: z.string() }),
    z.strictObject({ issues: z.array(Issue), total: z.number(), sequence: z.number() }),
  ),
} as const;

/** The procedures of the workspace settings page. */
export const workspacePageProcedures = {
  ...workspaceProcedures,
  ...connectionProcedures,
  ...operationProcedures,
  ...healthProcedures,
  ...organizationProcedures,
  ...devOpsPlatformProcedures,
  ...importProcedures,
  ...auditProcedures,
  ...settingsProcedures,
} as const;

/** The procedures of the pages of a repository: its settings and its card. */
export const repositoryProcedures = {
  ...bindingProcedures,
  ...repositoryCardProcedures,
  ...repositorySettingsProcedures,
} as const;

export const procedures = {
  ...pullRequestProcedures,
  ...workspacePageProcedures,
  ...repositoryProcedures,
} as const;

export type ProcedureName = keyof typeof procedures;
export type InputOf<N extends ProcedureName> = z.infer<(typeof procedures)[N]['input']>;
export type OutputOf<N extends ProcedureName> = z.infer<(typeof procedures)[N]['output']>;
