import * as z from 'zod/mini';
import { OperationView } from './operations';
import { procedure } from './procedure';

/** The first six are drift between our records, the server's and Bitbucket's (features.md B9). */
export const FindingCode = z.enum([
  'bindingOnlyHere',
  'bindingOnlyOnServer',
  'bindingsDiffer',
  'projectGone',
  'repositoryGone',
  'organizationUnbound',
  'projectPublic',
  'connectionFailing',
  'tokenExpiring',
  'baseUrlDiffers',
  'publishFailed',
  'readFailed',
  'webhookRestored',
  'mergeCheckNeverRan',
]);
export type FindingCode = z.infer<typeof FindingCode>;

/** Something wrong that a person can act on. */
export const Finding = z.strictObject({
  findingId: z.string(),
  code: FindingCode,
  severity: z.enum(['error', 'warning', 'info']),
  /** What happened, in a sentence. */
  message: z.string(),
  nextStep: z.string(),
  subject: z.strictObject({
    kind: z.enum(['workspace', 'connection', 'repository', 'project', 'pullRequest']),
    id: z.string(),
    name: z.string(),
  }),
  /** The button's words; absent where only a person outside the app can repair it. */
  repair: z.optional(z.string()),
  since: z.string(),
  lastSeenAt: z.string(),
});
export type Finding = z.infer<typeof Finding>;

export const StoredKind = z.enum([
  'connections',
  'bindings',
  'settings',
  'verdicts',
  'publications',
  'findings',
  'operations',
  'imports',
  'changes',
]);
export type StoredKind = z.infer<typeof StoredKind>;

/** How much of a kind is stored, counted up to 1,000. */
export const StoredCount = z.strictObject({
  kind: StoredKind,
  count: z.number(),
  isMore: z.boolean(),
});
export type StoredCount = z.infer<typeof StoredCount>;

/** How a bound repository stands. Times are ISO 8601 and absent where nothing came of it yet. */
export const RepositoryHealth = z.strictObject({
  repositoryUuid: z.string(),
  /** Absent when Bitbucket does not name it. */
  repositoryName: z.optional(z.string()),
  projects: z.array(
    z.strictObject({
      projectKey: z.string(),
      projectName: z.string(),
      state: z.enum(['bound', 'unbinding']),
      connectionName: z.optional(z.string()),
    }),
  ),
  analysedAt: z.optional(z.string()),
  writtenAt: z.optional(z.string()),
  /** Why the newest reading failed. */
  problem: z.optional(z.string()),
});
export type RepositoryHealth = z.infer<typeof RepositoryHealth>;

/** The calls of one credential within the last hour, and whether any are made now. */
export const LimitView = z.strictObject({
  /** `Bitbucket`, or the name of a connection. */
  name: z.string(),
  calls: z.number(),
  limit: z.number(),
  state: z.enum(['free', 'backgroundWaits', 'spent', 'closed']),
  /** When the next call is tried; only while it is closed. */
  until: z.optional(z.string()),
  message: z.string(),
});
export type LimitView = z.infer<typeof LimitView>;

export const healthProcedures = {
  /** Newest first, 50 a page. */
  'health.list': procedure(
    'workspaceOwner',
    'read',
    z.strictObject({ cursor: z.optional(z.string()) }),
    z.strictObject({ findings: z.array(Finding), nextCursor: z.optional(z.string()) }),
  ),
  'health.repair': procedure(
    'workspaceOwner',
    'write',
    z.strictObject({ findingId: z.string() }),
    z.strictObject({ isRepaired: z.boolean(), message: z.string() }),
  ),
  /** Compares our records with the server's and Bitbucket's, in the queue. */
  'health.reconcile': procedure(
    'workspaceOwner',
    'write',
    z.strictObject({}),
    z.strictObject({ operation: OperationView }),
  ),
  /** Binds here what only the servers say is bound to repositories of this workspace, in the queue. */
  'health.takeOver': procedure(
    'workspaceOwner',
    'write',
    z.strictObject({}),
    z.strictObject({ operation: OperationView }),
  ),
  /** Bound repositories, 10 a page. */
  'health.repositories': procedure(
    'workspaceOwner',
    'read',
    z.strictObject({ cursor: z.optional(z.string()) }),
    z.strictObject({
      repositories: z.array(RepositoryHealth),
      nextCursor: z.optional(z.string()),
    }),
  ),
  /** How many calls were made, by credential; it calls nobody. */
  'health.limits': procedure(
    'workspaceOwner',
    'read',
    z.strictObject({}),
    z.strictObject({ limits: z.array(LimitView) }),
  ),
  'health.stored': procedure(
    'workspaceOwner',
    'read',
    z.strictObject({}),
    z.strictObject({ counts: z.array(StoredCount) }),
  ),
  /** Removes what nobody needs any more, in the queue. */
  'health.sweep': procedure(
    'workspaceOwner',
    'write',
    z.strictObject({}),
    z.strictObject({ operation: OperationView }),
  ),
} as const;
