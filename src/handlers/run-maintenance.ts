import { InvocationError, InvocationErrorCode } from '@forge/events';
import * as z from 'zod/mini';
import { OperationJob } from '../contracts/jobs';
import type { Log } from '../domain/ports/log';
import type { RunOperation } from '../usecases/operations/run-operation';
import { toWorkspaceUuid } from './installation';

const QueueEvent = z.object({ body: z.unknown() });

export interface RunMaintenanceHandlerOptions {
  readonly runOperation: RunOperation;
  readonly log: Log;
}

/** Consumer of the queue `maintenance`: one stretch of a long operation. */
export function createRunMaintenanceHandler({ runOperation, log }: RunMaintenanceHandlerOptions) {
  return async (event: unknown, context: unknown): Promise<InvocationError | undefined> => {
    const job = OperationJob.safeParse(QueueEvent.safeParse(event).data?.body);
    if (!job.success) {
      log.warn('a job of unknown form was dropped');
      return undefined;
    }
    const outcome = await runOperation(job.data.operationId, toWorkspaceUuid(context));
    if (outcome.kind === 'done') return undefined;
    return new InvocationError({
      retryAfter: outcome.afterSeconds,
      retryReason: InvocationErrorCode.FUNCTION_RETRY_REQUEST,
    });
  };
}
