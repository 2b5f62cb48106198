import type { KnownFrom } from '../contracts/verdict';
import type { PullRequestIdentity } from '../domain/identifiers';
import type { Log } from '../domain/ports/log';
import type { JobQueue } from '../domain/ports/messaging';
import type { LeaseStore } from '../domain/ports/stores';
import { leaseMs, leaseNames } from './lease-names';

export interface RequestRefreshOptions {
  readonly leases: LeaseStore;
  readonly queue: JobQueue;
  readonly log: Log;
}

export type RequestRefresh = (
  identity: PullRequestIdentity,
  headHash: string | undefined,
  trigger: KnownFrom,
) => Promise<boolean>;

/**
 * Asks for one re-read for everybody who wants one of this head now. Answers whether one is on its way; it never fails,
 * because what is known can be shown without it.
 */
export function createRequestRefresh(options: RequestRefreshOptions): RequestRefresh {
  const { leases, queue, log } = options;
  return async (identity, headHash, trigger) => {
    const name = leaseNames.request(identity, headHash);
    try {
      if (!(await leases.isFirstIn(name, leaseMs.request))) return true;
    } catch (error) {
      log.error('a re-read could not be requested', error);
      return false;
    }
    try {
      await queue.push({ kind: 'refresh', ...identity, trigger });
      return true;
    } catch (error) {
      // Viewers ask again in the next stretch of time.
      log.error('a re-read could not be queued', error);
      return false;
    }
  };
}
