import * as z from 'zod/mini';
import { procedure } from './procedure';

export const OperationKind = z.enum([
  'disconnect',
  'unbindOrganization',
  'reconcile',
  'takeOver',
  'sweep',
  'planImport',
  'import',
  'undoImport',
]);
export type OperationKind = z.infer<typeof OperationKind>;

/** Long work in the queue, as pages show it. */
export const OperationView = z.strictObject({
  operationId: z.string(),
  kind: OperationKind,
  state: z.enum(['running', 'cancelled', 'succeeded', 'failed']),
  /** Absent until it is counted. */
  total: z.optional(z.number()),
  done: z.number(),
  /** Repositories that could not be done; each has a finding. */
  failed: z.number(),
  startedAt: z.string(),
  finishedAt: z.optional(z.string()),
  /** What is being done, or how it ended and what to do next. */
  message: z.string(),
});
export type OperationView = z.infer<typeof OperationView>;

const OperationInput = z.strictObject({ operationId: z.string() });

export const operationProcedures = {
  'operation.view': procedure('workspaceOwner', 'read', OperationInput, OperationView),
  /** Stops before the next repository; what is unbound stays unbound. */
  'operation.cancel': procedure('workspaceOwner', 'write', OperationInput, OperationView),
  /** Goes on with one that was cancelled or failed. */
  'operation.resume': procedure('workspaceOwner', 'write', OperationInput, OperationView),
} as const;
