import * as z from 'zod/mini';
import { procedure } from './procedure';

/** One field before and after; secrets appear as "changed" only. */
export const FieldChange = z.strictObject({
  field: z.string(),
  before: z.optional(z.string()),
  after: z.optional(z.string()),
});
export type FieldChange = z.infer<typeof FieldChange>;

export const AuditEntry = z.strictObject({
  entryId: z.string(),
  at: z.string(),
  /** Account id; `app` for what the app did by itself. */
  actor: z.string(),
  /** The name of the procedure or step, such as `connection.add`. */
  action: z.string(),
  subject: z.strictObject({
    kind: z.enum([
      'workspace',
      'bitbucketProject',
      'connection',
      'repository',
      'pullRequest',
      'project',
      'record',
      'operation',
    ]),
    id: z.string(),
    name: z.string(),
  }),
  changes: z.array(FieldChange),
});
export type AuditEntry = z.infer<typeof AuditEntry>;

const AuditFilter = z.strictObject({
  actor: z.optional(z.string()),
  action: z.optional(z.string()),
  subjectId: z.optional(z.string()),
});

export const auditProcedures = {
  /** Newest first, 50 a page. */
  'audit.list': procedure(
    'workspaceOwner',
    'read',
    z.strictObject({ filter: AuditFilter, cursor: z.optional(z.string()) }),
    z.strictObject({ entries: z.array(AuditEntry), nextCursor: z.optional(z.string()) }),
  ),
  /** One part of an export, as text to append to a file; the first part of a CSV has the headings. */
  'audit.export': procedure(
    'workspaceOwner',
    'read',
    z.strictObject({
      filter: AuditFilter,
      format: z.enum(['csv', 'json']),
      cursor: z.optional(z.string()),
    }),
    z.strictObject({ text: z.string(), nextCursor: z.optional(z.string()) }),
  ),
} as const;
