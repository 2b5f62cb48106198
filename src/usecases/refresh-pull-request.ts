import type { OutputOf } from '../contracts/procedures';
import { buildView } from '../domain/build-view';
import type { PullRequestIdentity } from '../domain/identifiers';
import type { BitbucketAsUser } from '../domain/ports/bitbucket';
import type { Clock } from '../domain/ports/clock';
import type { Log } from '../domain/ports/log';
import type { JobQueue } from '../domain/ports/messaging';
import type { Randomness } from '../domain/ports/randomness';
import type { BindingStore, LeaseStore, VerdictStore } from '../domain/ports/stores';
import { AppError } from '../errors/app-error';
import { RemoteError } from '../errors/remote-errors';
import type { Caller } from './caller';
import { leaseMs, leaseNames } from './lease-names';
import type { RefreshOutcome, RefreshVerdict } from './refresh-verdict';
import { readKnown, type Known } from './view-pull-request';

export interface RefreshPullRequestOptions {
  readonly bitbucket: BitbucketAsUser;
  readonly bindings: BindingStore;
  readonly verdicts: VerdictStore;
  readonly leases: LeaseStore;
  readonly randomness: Randomness;
  readonly clock: Clock;
  readonly refreshVerdict: RefreshVerdict;
  readonly queue: JobQueue;
  readonly log: Log;
}

type Output = OutputOf<'pullRequest.refresh'>;
export type RefreshPullRequest = (identity: PullRequestIdentity, caller: Caller) => Promise<Output>;

/**
 * Asks the server now, for a person who pressed the button; at most once per 10 s and pull request, whoever presses.
 * @throws {AppError} as `proveAccess`, and UNAVAILABLE when Bitbucket fails on the way.
 */
export function createRefreshPullRequest(options: RefreshPullRequestOptions): RefreshPullRequest {
  const { leases, randomness, clock, queue, log, refreshVerdict } = options;

  function toView({ repositoryUuid }: PullRequestIdentity, known: Known) {
    return buildView({ repositoryUuid, ...known, nowMs: clock.nowMs() });
  }

  return async (identity, caller) => {
    const known = await readKnown(options, identity, caller);
    const view = toView(identity, known);
    if (!isWorthwhile(known)) return { outcome: 'unchanged', view };

    const name = leaseNames.manual(identity);
    const claim = await leases.claim(name, randomness.uuid(), leaseMs.manual);
    if (!claim.isClaimed) {
      const waitMs = (claim.expiresAtMs ?? clock.nowMs()) - clock.nowMs();
      return { outcome: 'tooSoon', retryAfterSeconds: Math.max(1, Math.ceil(waitMs / 1000)), view };
    }
    const { workspaceUuid } = caller;
    const { pullRequest } = known;
    const outcome = await refreshVerdict({
      ...identity,
      workspaceUuid,
      trigger: 'manual',
      pullRequest,
    }).catch((error: unknown) => {
      throw error instanceof RemoteError ? toAppError(error) : error;
    });
    // Reports are written by the queue, so that nobody waits for them here.
    if (outcome.kind === 'changed') {
      await queue
        .push({ kind: 'refresh', ...identity, trigger: 'poll' })
        .catch((error: unknown) => log.error('a report could not be queued', error));
    }
    return toOutput(outcome, known, (latest) => toView(identity, latest));
  };
}

function isWorthwhile({ pullRequest, binding }: Known): boolean {
  const isBound = (binding?.projects.length ?? 0) > 0;
  return isBound && pullRequest.state === 'OPEN' && !pullRequest.isFork;
}

function toOutput(
  outcome: RefreshOutcome,
  known: Known,
  toView: (known: Known) => Output['view'],
): Output {
  switch (outcome.kind) {
    case 'changed':
    case 'unchanged':
      return { outcome: outcome.kind, view: toView({ ...known, record: outcome.record }) };
    case 'inProgress': {
      const { retryAfterSeconds } = outcome;
      return {
        outcome: 'inProgress',
        retryAfterSeconds,
        view: { ...toView(known), refreshing: true },
      };
    }
    case 'notNeeded':
      return { outcome: 'unchanged', view: toView(known) };
    default:
      return outcome satisfies never;
  }
}

function toAppError(cause: RemoteError): AppError {
  return new AppError(
    'UNAVAILABLE',
    'Bitbucket did not answer, so the head commit is not known. Try again in a minute.',
    { retryAfterSeconds: cause.retryAfterSeconds, cause },
  );
}
