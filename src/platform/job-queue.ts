import { InternalServerError, Queue, RateLimitError } from '@forge/events';
import type { VerdictJob } from '../contracts/jobs';
import type { JobQueue } from '../domain/ports/messaging';
import { PlatformUnavailableError } from '../errors/platform-errors';

/** The queue `verdicts` of the manifest. */
export function createJobQueue(): JobQueue {
  const queue = new Queue<VerdictJob>({ key: 'verdicts' });
  return {
    async push(job) {
      try {
        await queue.push({ body: job });
      } catch (cause) {
        const isBusy = cause instanceof RateLimitError || cause instanceof InternalServerError;
        throw isBusy ? new PlatformUnavailableError('take a job', { cause }) : cause;
      }
    },
  };
}
