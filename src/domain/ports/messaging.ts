import type { VerdictJob } from '../../contracts/jobs';
import type { PullRequestIdentity } from '../identifiers';

export interface JobQueue {
  /** Resolves when the platform has taken the job; it is delivered at least once, at once or after some seconds. */
  push(job: VerdictJob, delaySeconds?: number): Promise<void>;
}

export interface OperationQueue {
  /** Asks for the next stretch of an operation, at once or after some seconds; it is delivered at least once. */
  push(operationId: string, delaySeconds?: number): Promise<void>;
}

export interface Realtime {
  /** Tells open pages that there is something new. Never throws: pages poll as well. */
  announce(identity: PullRequestIdentity, sequence: number): Promise<void>;
  /** A token with which a page may listen to this pull request alone; `undefined` where the platform gives none. */
  sign(identity: PullRequestIdentity): Promise<string | undefined>;
}

export interface WebTriggerUrls {
  /** The public URL that the deliveries of servers come to, without a trailing slash. */
  getDeliveryUrl(): Promise<string>;
}
