import * as z from 'zod/mini';

export const ConnectionKind = z.enum(['sonarqube-cloud', 'sonarqube-server']);
export type ConnectionKind = z.infer<typeof ConnectionKind>;

/** A connection as a choice: nothing of it but what a person needs to tell it from others. */
export const ConnectionChoice = z.strictObject({
  connectionId: z.string(),
  name: z.string(),
  kind: ConnectionKind,
  url: z.string(),
});
export type ConnectionChoice = z.infer<typeof ConnectionChoice>;
