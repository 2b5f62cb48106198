import * as z from 'zod/mini';
import { toIsoDate } from './dates';

/** A webhook's body. Receivers have crashed on each member that was once left out (sonarqube.md 13, no. 16). */
const WebhookBody = z.object({
  project: z.object({ key: z.string().check(z.minLength(1)) }),
  branch: z.optional(
    z.object({
      name: z.optional(z.string()),
      type: z.optional(z.string()),
      isMain: z.optional(z.boolean()),
    }),
  ),
  revision: z.optional(z.string()),
  analysedAt: z.optional(z.string()),
  changedAt: z.optional(z.string()),
});

/** What a delivery says, in our words; `undefined` when it is not a webhook's body. */
export function toDeliveryMessage(body: string) {
  const parsed = WebhookBody.safeParse(parseJson(body));
  if (!parsed.success) return undefined;
  const { project, branch, revision, analysedAt, changedAt } = parsed.data;
  return {
    projectKey: project.key,
    // For a pull request, the name of the branch is the key of the pull request.
    pullRequestKey: branch?.type === 'PULL_REQUEST' ? branch.name : undefined,
    isMainBranch: branch?.isMain === true,
    revision,
    analysedAt: toIsoDate(analysedAt),
    changedAt: toIsoDate(changedAt),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
