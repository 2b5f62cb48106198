import type { ListOpenJob, VerdictJob, WithdrawJob } from '../contracts/jobs';
import type { Log } from '../domain/ports/log';
import type { BindingStore } from '../domain/ports/stores';
import { PlatformUnavailableError } from '../errors/platform-errors';
import {
  RemoteError,
  RemoteRateLimitedError,
  RemoteUnavailableError,
} from '../errors/remote-errors';
import type { ListOpen } from './catching-up/list-open';
import type { Published, PublishVerdict, PublishVerdictInput } from './publishing/publish-verdict';
import type { Withdraw } from './publishing/withdraw';
import type { RefreshInput, RefreshVerdict } from './refresh-verdict';

export interface HandleVerdictJobOptions {
  readonly bindings: BindingStore;
  readonly refreshVerdict: RefreshVerdict;
  readonly publishVerdict: PublishVerdict;
  readonly listOpen: ListOpen;
  readonly withdraw: Withdraw;
  readonly log: Log;
}

export type JobOutcome =
  | { readonly kind: 'done' }
  /** Worth another delivery after this time. */
  | { readonly kind: 'retry'; readonly retryAfterSeconds: number; readonly isRateLimit: boolean };

export type HandleVerdictJob = (job: VerdictJob, workspaceUuid: string) => Promise<JobOutcome>;

/** Without a hint: Bitbucket's 429 names no time, and faults pass in less than a minute. */
const waitSeconds = { rateLimit: 120, unavailable: 30, otherWriter: 5 } as const;
const done = { kind: 'done' } as const;

/**
 * Works off one job of the queue `verdicts`. The job is a hint that may come twice or late: what is true is read anew.
 * @throws whatever is our mistake; faults of others become a retry.
 */
export function createHandleVerdictJob(options: HandleVerdictJobOptions): HandleVerdictJob {
  const { bindings, refreshVerdict, publishVerdict, listOpen, withdraw, log } = options;

  async function toInput(
    job: Exclude<VerdictJob, ListOpenJob | WithdrawJob>,
    workspaceUuid: string,
  ): Promise<RefreshInput | undefined> {
    if (job.kind === 'refresh') {
      const { repositoryUuid, pullRequestId, trigger } = job;
      // What a viewer wished for may have been done by another job, as the queue delivers late and twice.
      const isOnlyIfStale = trigger === 'poll';
      return { workspaceUuid, repositoryUuid, pullRequestId, trigger, isOnlyIfStale };
    }
    const { connectionId, projectKey, pullRequestKey, revision, analysedAt } = job;
    const claim = await bindings.findClaim({ connectionId, projectKey });
    if (!claim || !/^[1-9]\d{0,9}$/.test(pullRequestKey)) return undefined;
    return {
      workspaceUuid,
      repositoryUuid: claim.repositoryUuid,
      pullRequestId: Number(pullRequestKey),
      trigger: 'webhook',
      delivery: { connectionId, projectKey, revision, analysedAt },
    };
  }

  /** What Bitbucket refuses for good left its finding; asking once more would change nothing. */
  async function publish(input: PublishVerdictInput): Promise<Published> {
    try {
      return await publishVerdict(input);
    } catch (error) {
      if (!(error instanceof RemoteError) || toRetry(error)) throw error;
      log.error('a report could not be written', error);
      return {};
    }
  }

  return async (job, workspaceUuid) => {
    try {
      if (job.kind === 'listOpen') {
        await listOpen.stretch(workspaceUuid, job.cursor);
        return done;
      }
      if (job.kind === 'withdraw') {
        const isBusy = (await withdraw(job, workspaceUuid)) === 'busy';
        return isBusy
          ? { kind: 'retry', retryAfterSeconds: waitSeconds.otherWriter, isRateLimit: false }
          : done;
      }
      const input = await toInput(job, workspaceUuid);
      if (!input) {
        log.warn('a delivery names no pull request of a bound repository');
        return done;
      }
      const outcome = await refreshVerdict(input);
      log.info('a verdict was read', { outcome: outcome.kind, trigger: input.trigger });
      if (outcome.kind === 'notNeeded') return done;
      // Also what did not change: an earlier run may have stopped before everything was written.
      const published =
        outcome.kind === 'inProgress' ? {} : await publish({ ...outcome, workspaceUuid });
      const retryAfterSeconds = published.retryAfterSeconds ?? outcome.retryAfterSeconds;
      return retryAfterSeconds === undefined
        ? done
        : { kind: 'retry', retryAfterSeconds, isRateLimit: false };
    } catch (error) {
      const retry = toRetry(error);
      if (!retry) throw error;
      log.error('a verdict could not be read now', error);
      return retry;
    }
  };
}

function toRetry(error: unknown): JobOutcome | undefined {
  if (error instanceof RemoteRateLimitedError) {
    const retryAfterSeconds = error.retryAfterSeconds ?? waitSeconds.rateLimit;
    return { kind: 'retry', retryAfterSeconds, isRateLimit: true };
  }
  if (error instanceof RemoteUnavailableError) {
    const retryAfterSeconds = error.retryAfterSeconds ?? waitSeconds.unavailable;
    return { kind: 'retry', retryAfterSeconds, isRateLimit: false };
  }
  if (error instanceof PlatformUnavailableError) {
    return { kind: 'retry', retryAfterSeconds: waitSeconds.unavailable, isRateLimit: false };
  }
  return undefined;
}
