import * as z from 'zod/mini';

/** Second argument of a handler, and the part of a resolver's context that the platform sets itself (forge.md 1.4). */
const PlatformContext = z.object({
  installContext: z.string(),
});
const workspaceAri = /^ari:cloud:bitbucket::workspace\/\{?([0-9a-f-]{36})\}?$/i;

/**
 * The workspace that the app is installed in, without braces. Only what the platform sets is read, never a payload.
 * @throws Error when the platform gives none: then nothing may be done.
 */
export function toWorkspaceUuid(context: unknown): string {
  const parsed = PlatformContext.safeParse(context);
  const uuid = parsed.success ? workspaceAri.exec(parsed.data.installContext)?.[1] : undefined;
  if (uuid === undefined) throw new Error('The invocation names no Bitbucket workspace.');
  return uuid.toLowerCase();
}
