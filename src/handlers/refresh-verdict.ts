import { InvocationError, InvocationErrorCode } from '@forge/events';
import * as z from 'zod/mini';
import { VerdictJob } from '../contracts/jobs';
import type { Log } from '../domain/ports/log';
import type { HandleVerdictJob } from '../usecases/handle-verdict-job';
import { toWorkspaceUuid } from './installation';

/** The platform's limit for a retry. */
const longestRetrySeconds = 900;

const QueueEvent = z.object({
  body: z.unknown(),
  retryContext: z.optional(z.object({ retryCount: z.optional(z.number()) })),
});

export interface RefreshVerdictHandlerOptions {
  readonly handleVerdictJob: HandleVerdictJob;
  readonly log: Log;
}

/** Consumer of the queue `verdicts`. */
export function createRefreshVerdictHandler({
  handleVerdictJob,
  log,
}: RefreshVerdictHandlerOptions) {
  return async (event: unknown, context: unknown): Promise<InvocationError | undefined> => {
    const queued = QueueEvent.safeParse(event);
    const job = VerdictJob.safeParse(queued.data?.body);
    if (!job.success) {
      log.warn('a job of unknown form was dropped');
      return undefined;
    }
    const tries = queued.data?.retryContext?.retryCount ?? 0;
    const outcome = await handleVerdictJob(job.data, toWorkspaceUuid(context), tries);
    if (outcome.kind === 'done') return undefined;
    // Few retries are given, so each waits longer than the one before.
    const growth = 2 ** tries;
    return new InvocationError({
      retryAfter: Math.min(outcome.retryAfterSeconds * growth, longestRetrySeconds),
      retryReason: outcome.isRateLimit
        ? InvocationErrorCode.FUNCTION_UPSTREAM_RATE_LIMITED
        : InvocationErrorCode.FUNCTION_RETRY_REQUEST,
    });
  };
}
