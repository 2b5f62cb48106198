import { InternalServerError, Queue, RateLimitError } from '@forge/events';
import type { OperationJob, VerdictJob } from '../contracts/jobs';
import type { JobQueue, OperationQueue } from '../domain/ports/messaging';
import { PlatformUnavailableError } from '../errors/platform-errors';

/** The queue `verdicts` of the manifest. */
export function createJobQueue(): JobQueue {
  const queue = new Queue<VerdictJob>({ key: 'verdicts' });
  return {
    push: (job, delaySeconds = 0) =>
      taken(queue.push({ body: job, ...(delaySeconds > 0 && { delayInSeconds: delaySeconds }) })),
  };
}

/** The queue `maintenance` of the manifest. */
export function createOperationQueue(): OperationQueue {
  const queue = new Queue<OperationJob>({ key: 'maintenance' });
  return {
    push: (operationId, delaySeconds = 0) =>
      taken(queue.push({ body: { operationId }, delayInSeconds: delaySeconds })),
  };
}

async function taken(push: Promise<unknown>): Promise<void> {
  try {
    await push;
  } catch (cause) {
    const isBusy = cause instanceof RateLimitError || cause instanceof InternalServerError;
    throw isBusy ? new PlatformUnavailableError('take a job', { cause }) : cause;
  }
}
