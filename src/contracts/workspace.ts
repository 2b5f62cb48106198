import * as z from 'zod/mini';
import { NoInput } from './claims';
import { ConnectionView } from './connections';
import { OperationView } from './operations';
import { procedure } from './procedure';

export const FirstRunStep = z.strictObject({
  step: z.enum(['connect', 'check', 'import', 'gate', 'verify']),
  isDone: z.boolean(),
});
export type FirstRunStep = z.infer<typeof FirstRunStep>;

/** A scope of the app in words. */
export const ScopeText = z.strictObject({ scope: z.string(), reason: z.string() });

/** The first screen of the workspace page, in one answer. Members get no connections, only how to become an owner. */
export const WorkspaceOverview = z.strictObject({
  role: z.enum(['owner', 'member']),
  /** For members: who can do it and how to become one of them. */
  howToBecomeOwner: z.optional(z.string()),
  /** Who calls and where, in the words of Bitbucket. */
  actingAs: z.strictObject({
    userName: z.optional(z.string()),
    workspaceName: z.optional(z.string()),
  }),
  steps: z.array(FirstRunStep),
  scopes: z.array(ScopeText),
  connections: z.array(ConnectionView),
  /** Bound projects, counted up to 100. */
  boundProjects: z.strictObject({ count: z.number(), isMore: z.boolean() }),
  openFindings: z.strictObject({ count: z.number(), isMore: z.boolean() }),
  runningOperation: z.optional(OperationView),
});
export type WorkspaceOverview = z.infer<typeof WorkspaceOverview>;

export const workspaceProcedures = {
  /** Forgets everything that the caller is in the middle of. */
  'workspace.forgetDrafts': procedure('workspaceOwner', 'draft', NoInput, z.strictObject({})),
  'workspace.overview': procedure('workspaceMember', 'read', NoInput, WorkspaceOverview),
} as const;
