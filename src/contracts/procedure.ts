import type * as z from 'zod/mini';

/**
 * Who may call a procedure (design.md section 5). The function proves it as the calling user before anything is read or
 * changed; `pullRequestReader` is proven by the procedure itself, as the proof also gives the head commit.
 */
export type Access =
  | 'pullRequestReader'
  | 'repositoryReader'
  | 'repositoryAdmin'
  | 'workspaceMember'
  | 'workspaceOwner';

/**
 * A `write` leaves one entry in the audit log for each call that changed something. A `draft` keeps what the caller is in
 * the middle of, which changes nothing for anybody else.
 */
export type Effect = 'read' | 'draft' | 'write';

/** What the browser sends and gets, and who may ask. Without a decision on access and effect there is no procedure. */
export function procedure<
  I extends z.ZodMiniType,
  O extends z.ZodMiniType,
  A extends Access,
  E extends Effect,
>(access: A, effect: E, input: I, output: O) {
  return { access, effect, input, output } as const;
}
