import { bitbucketCredential } from '../../domain/call-budget';
import { RemoteForbiddenError, RemoteNotFoundError } from '../../errors/remote-errors';
import type { HttpCall } from '../http/http';
import { bitbucketLimits } from './limits';

/** A call that may be repeated: every read, and every write that replaces what an earlier one wrote. */
export function toCall(operation: string, send: HttpCall['send']): HttpCall {
  return {
    service: 'bitbucket',
    credential: bitbucketCredential,
    operation,
    host: 'api.bitbucket.org',
    isIdempotent: true,
    limits: bitbucketLimits,
    send,
  };
}

/** Bitbucket answers 403 or 404 for what a caller may not see: both mean no access (bitbucket.md 6). */
export async function unlessHidden<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof RemoteForbiddenError || error instanceof RemoteNotFoundError) {
      return undefined;
    }
    throw error;
  }
}
