import type { ListOpenJob, RefreshVerdictJob, VerdictJob, WithdrawJob } from '../contracts/jobs';
import type { ChargeCalls } from './charge-calls';
import { toActive } from '../domain/binding';
import { bitbucketCredential } from '../domain/call-budget';
import type { Log } from '../domain/ports/log';
import type { JobQueue } from '../domain/ports/messaging';
import type {
  BindingStore,
  FindingDraft,
  FindingStore,
  SettingsStore,
} from '../domain/ports/stores';
import { describeRemoteError } from '../errors/describe-remote-error';
import { PlatformUnavailableError } from '../errors/platform-errors';
import {
  RemoteError,
  RemoteRateLimitedError,
  RemoteUnavailableError,
} from '../errors/remote-errors';
import type { CallBudget, Demand } from './call-budget';
import type { ListOpen } from './catching-up/list-open';
import { noteMergeCheckMissed } from './merging/notice-merge-check';
import type { Published, PublishVerdict, PublishVerdictInput } from './publishing/publish-verdict';
import type { Withdraw } from './publishing/withdraw';
import type { RefreshInput, RefreshVerdict } from './refresh-verdict';

export interface HandleVerdictJobOptions {
  readonly bindings: BindingStore;
  readonly refreshVerdict: RefreshVerdict;
  readonly publishVerdict: PublishVerdict;
  readonly listOpen: ListOpen;
  readonly withdraw: Withdraw;
  readonly settings: SettingsStore;
  readonly findings: FindingStore;
  readonly budget: CallBudget;
  readonly chargeCalls: ChargeCalls;
  readonly queue: JobQueue;
  readonly log: Log;
}

export type JobOutcome =
  | { readonly kind: 'done' }
  /** Worth another delivery after this time. */
  | { readonly kind: 'retry'; readonly retryAfterSeconds: number; readonly isRateLimit: boolean };

/** `tries`: how often this job came before. */
export type HandleVerdictJob = (
  job: VerdictJob,
  workspaceUuid: string,
  tries?: number,
) => Promise<JobOutcome>;

/** Without a hint: Bitbucket's 429 names no time, and faults pass in less than a minute. */
const waitSeconds = { rateLimit: 120, unavailable: 30, otherWriter: 5 } as const;
const done = { kind: 'done' } as const;
/** A fault that lasts through so many tries is no short one. */
const triesToReport = 2;

/** What a job usually calls; what it called beyond that is noted afterwards. */
const usualCalls = { refresh: 3, server: 7, withdraw: 2, listOpen: 12 } as const;
/** The platform's limit for a delay. */
const longestDelaySeconds = 900;

/**
 * Works off one job of the queue `verdicts`. The job is a hint that may come twice or late: what is true is read anew.
 * @throws whatever is our mistake; faults of others become a retry.
 */
export function createHandleVerdictJob(options: HandleVerdictJobOptions): HandleVerdictJob {
  const { bindings, refreshVerdict, publishVerdict, listOpen, withdraw, log } = options;
  const { budget, chargeCalls, queue, findings } = options;

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

  /** What a job will call, as far as that can be said before. */
  async function toDemands(job: VerdictJob): Promise<Demand[]> {
    const onBitbucket = (calls: number) => ({ credential: bitbucketCredential, calls });
    const onServer = (credential: string) => ({ credential, calls: usualCalls.server });
    switch (job.kind) {
      case 'listOpen':
        return [onBitbucket(usualCalls.listOpen)];
      case 'withdraw':
        return [onBitbucket(usualCalls.withdraw)];
      case 'delivery':
        return [onBitbucket(usualCalls.refresh), onServer(job.connectionId)];
      case 'refresh': {
        const projects = toActive(await bindings.find(job.repositoryUuid))?.projects ?? [];
        const connectionIds = new Set(projects.map(({ connectionId }) => connectionId));
        return [onBitbucket(usualCalls.refresh), ...[...connectionIds].map(onServer)];
      }
      default:
        return job satisfies never;
    }
  }

  /** A job for which there are no calls now comes again when there are; what is asked for by itself again does not. */
  async function postpone(job: VerdictJob, seconds: number): Promise<JobOutcome> {
    log.warn('a job waits for calls', { kind: job.kind, seconds });
    if (job.kind === 'refresh' && job.isBackground) return done;
    await queue.push(job, Math.min(seconds, longestDelaySeconds));
    return done;
  }

  async function run(job: VerdictJob, workspaceUuid: string): Promise<JobOutcome> {
    const demands = await toDemands(job);
    const isBackground = job.kind === 'listOpen' || (job.kind === 'refresh' && !!job.isBackground);
    const refusal = await budget.admit(demands, isBackground);
    if (refusal) return postpone(job, refusal.waitSeconds);
    return chargeCalls(async () => {
      try {
        const outcome = await work(job, workspaceUuid);
        await budget.note(bitbucketCredential, undefined);
        return outcome;
      } catch (error) {
        const isBitbucket = error instanceof RemoteError && error.call.service === 'bitbucket';
        if (isBitbucket) await budget.note(bitbucketCredential, error);
        throw error;
      }
    }, demands);
  }

  async function work(job: VerdictJob, workspaceUuid: string): Promise<JobOutcome> {
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
    if (job.kind === 'refresh' && job.trigger === 'push' && !job.isBackground) {
      await noteMergeCheckMissed(options, job.repositoryUuid);
    }
    // Also what did not change: an earlier run may have stopped before everything was written.
    const published =
      outcome.kind === 'inProgress' ? {} : await publish({ ...outcome, workspaceUuid });
    const retryAfterSeconds = published.retryAfterSeconds ?? outcome.retryAfterSeconds;
    return retryAfterSeconds === undefined
      ? done
      : { kind: 'retry', retryAfterSeconds, isRateLimit: false };
  }

  /** What nobody would see otherwise: a pull request that could not be read, again and again or for good. */
  async function reportFailure(job: VerdictJob, error: RemoteError): Promise<void> {
    if (job.kind !== 'refresh') return;
    await findings.report(readFailed(job, describeRemoteError(error))).catch((cause: unknown) => {
      log.error('a failure could not be noted', cause);
    });
  }

  return async (job, workspaceUuid, tries = 0) => {
    try {
      const outcome = await run(job, workspaceUuid);
      const isMended = tries > 0 && outcome.kind === 'done' && job.kind === 'refresh';
      if (isMended) await findings.clear('readFailed', toSubjectId(job));
      return outcome;
    } catch (error) {
      const retry = toRetry(error);
      const isLasting = !retry || tries >= triesToReport;
      if (error instanceof RemoteError && isLasting) await reportFailure(job, error);
      if (!retry && error instanceof RemoteError) {
        log.error('a verdict could not be read', error);
        return done;
      }
      if (!retry) throw error;
      log.error('a verdict could not be read now', error);
      return retry;
    }
  };
}

function toSubjectId({ repositoryUuid, pullRequestId }: RefreshVerdictJob): string {
  return `${repositoryUuid}:${pullRequestId}`;
}

function readFailed(job: RefreshVerdictJob, why: string): FindingDraft {
  return {
    code: 'readFailed',
    severity: 'warning',
    subject: {
      kind: 'pullRequest',
      id: toSubjectId(job),
      name: `pull request #${job.pullRequestId}`,
    },
    message: `The verdict of pull request #${job.pullRequestId} could not be read. ${why}`,
    nextStep: 'Read it again when the cause is gone; it is also tried again by itself.',
    repair: 'Read it again',
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
