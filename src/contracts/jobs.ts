import * as z from 'zod/mini';
import { KnownFrom } from './verdict';

/** Queue `verdicts`: re-read the truth of one pull request. Everything but the identity is a hint. */
export const RefreshVerdictJob = z.strictObject({
  kind: z.literal('refresh'),
  repositoryUuid: z.string(),
  pullRequestId: z.int(),
  trigger: KnownFrom,
  /** Nobody waits for it: it gives way to everything else, and is asked for again by itself. */
  isBackground: z.optional(z.literal(true)),
});
export type RefreshVerdictJob = z.infer<typeof RefreshVerdictJob>;

/** Queue `verdicts`: a signed delivery of the server said that an analysis or a gate changed. */
export const ServerDeliveryJob = z.strictObject({
  kind: z.literal('delivery'),
  connectionId: z.string(),
  projectKey: z.string(),
  /** The server's key of the pull request: the number as text. */
  pullRequestKey: z.string(),
  /** Full hash of the analysed commit, where the delivery carried it. */
  revision: z.optional(z.string()),
  analysedAt: z.optional(z.string()),
});
export type ServerDeliveryJob = z.infer<typeof ServerDeliveryJob>;

/** Queue `verdicts`: look for open pull requests whose event never came, from this place on. */
export const ListOpenJob = z.strictObject({
  kind: z.literal('listOpen'),
  cursor: z.optional(z.string()),
});
export type ListOpenJob = z.infer<typeof ListOpenJob>;

/** Queue `verdicts`: take back what was written to a pull request for a project that was unbound. */
export const WithdrawJob = z.strictObject({
  kind: z.literal('withdraw'),
  repositoryUuid: z.string(),
  pullRequestId: z.int(),
  connectionId: z.string(),
  projectKey: z.string(),
});
export type WithdrawJob = z.infer<typeof WithdrawJob>;

/** Queue `maintenance`: the next stretch of a long operation. */
export const OperationJob = z.strictObject({ operationId: z.string() });
export type OperationJob = z.infer<typeof OperationJob>;

export const VerdictJob = z.discriminatedUnion('kind', [
  RefreshVerdictJob,
  ServerDeliveryJob,
  ListOpenJob,
  WithdrawJob,
]);
export type VerdictJob = z.infer<typeof VerdictJob>;
