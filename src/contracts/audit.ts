import * as z from 'zod/mini';

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
    kind: z.enum(['repository']),
    id: z.string(),
    name: z.string(),
  }),
  changes: z.array(FieldChange),
});
export type AuditEntry = z.infer<typeof AuditEntry>;
