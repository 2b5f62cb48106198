import type { ImportRun } from '../../domain/import/run';
import type { Operation } from '../../domain/operation';
import { describeRemoteError } from '../../errors/describe-remote-error';
import {
  RemoteContractError,
  RemoteForbiddenError,
  RemoteRateLimitedError,
  RemoteUnavailableError,
  type RemoteError,
} from '../../errors/remote-errors';

/** Seconds to the next try after one without an answer; after the last of them a person has to resume. */
export const retrySeconds = [5, 30, 120, 540, 540] as const;
/** A 429 without a time to wait. */
const rateLimitSeconds = 60;

/** What is to be done after a call that keeps all of the rest from going on. */
export interface Stop {
  readonly run: ImportRun;
  readonly operation: Operation;
  /** Absent when a person has to mend something first. */
  readonly pauseSeconds?: number | undefined;
}

/** Temporary faults are waited for and count for nobody; what only a person can mend stops the work, and nothing is lost. */
export function toStop(run: ImportRun, operation: Operation, error: RemoteError): Stop {
  const lastFailure = toSentence(error);
  if (error instanceof RemoteRateLimitedError) {
    const parallel = Math.max(1, Math.floor(run.parallel / 2));
    return {
      run: { ...run, parallel },
      operation: { ...operation, isWaiting: true, lastFailure },
      pauseSeconds: error.retryAfterSeconds ?? rateLimitSeconds,
    };
  }
  const isTemporary =
    error instanceof RemoteUnavailableError || error instanceof RemoteContractError;
  const pauseSeconds = isTemporary ? retrySeconds[run.attempts] : undefined;
  return {
    run: { ...run, attempts: pauseSeconds === undefined ? 0 : run.attempts + 1 },
    operation: { ...operation, lastFailure },
    pauseSeconds,
  };
}

function toSentence(error: RemoteError): string {
  if (error.call.service === 'bitbucket') {
    return `Bitbucket was not asked. ${describeRemoteError(error)}`;
  }
  if (error instanceof RemoteForbiddenError && error.call.operation === 'projects/create') {
    return 'The token may not make projects: it needs the permission "Create Projects" on the server.';
  }
  return `The server was not asked. ${describeRemoteError(error)}`;
}
