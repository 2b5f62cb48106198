import type { PullRequestView } from '../contracts/verdict';
import { buildView } from '../domain/build-view';
import { toActive, type Binding } from '../domain/binding';
import type { PullRequestIdentity } from '../domain/identifiers';
import type { BitbucketAsUser } from '../domain/ports/bitbucket';
import type { Clock } from '../domain/ports/clock';
import type { Realtime } from '../domain/ports/messaging';
import type { BindingStore, VerdictStore } from '../domain/ports/stores';
import type { VerdictRecord } from '../domain/project-truth';
import type { PullRequest } from '../domain/pull-request';
import { wantsRefresh } from '../domain/wants-refresh';
import type { Caller } from './caller';
import { proveAccess } from './prove-access';
import type { RequestRefresh } from './request-refresh';

export interface ViewPullRequestOptions {
  readonly bitbucket: BitbucketAsUser;
  readonly bindings: BindingStore;
  readonly verdicts: VerdictStore;
  readonly clock: Clock;
  readonly requestRefresh: RequestRefresh;
  readonly realtime: Realtime;
}

export interface Known {
  readonly pullRequest: PullRequest;
  readonly binding: Binding | undefined;
  readonly record: VerdictRecord | undefined;
}

export type ViewPullRequest = (
  identity: PullRequestIdentity,
  caller: Caller,
) => Promise<PullRequestView>;

/**
 * Shows what is known at once: one call to Bitbucket and two reads of the store, at the same time. When it is older than
 * it should be, one re-read for all viewers is asked for.
 * @throws {AppError} as `proveAccess`; then nothing was stored or queued.
 */
export function createViewPullRequest(options: ViewPullRequestOptions): ViewPullRequest {
  const { clock, requestRefresh } = options;
  return async (identity, caller) => {
    // Beside the proof, so that nobody waits for it; it leaves only when the proof is there.
    const [known, channelToken] = await Promise.all([
      readKnown(options, identity, caller),
      options.realtime.sign(identity),
    ]);
    const nowMs = clock.nowMs();
    const view = {
      ...buildView({ repositoryUuid: identity.repositoryUuid, ...known, nowMs }),
      ...(channelToken !== undefined && { channelToken }),
    };
    if (!wantsRefresh({ ...known, nowMs })) return view;
    const refreshing = await requestRefresh(identity, known.pullRequest.headHash, 'poll');
    return { ...view, refreshing };
  };
}

/** The pull request as the caller sees it, with what is stored about it. @throws {AppError} as `proveAccess`. */
export async function readKnown(
  {
    bitbucket,
    bindings,
    verdicts,
  }: Omit<ViewPullRequestOptions, 'requestRefresh' | 'realtime' | 'clock'>,
  identity: PullRequestIdentity,
  caller: Caller,
): Promise<Known> {
  const [access, binding, record] = await Promise.allSettled([
    proveAccess(bitbucket, identity, caller),
    bindings.find(identity.repositoryUuid),
    verdicts.find(identity),
  ]);
  // Who may not read the pull request learns nothing, a fault of the store included.
  return {
    pullRequest: valueOf(access),
    binding: toActive(valueOf(binding)),
    record: valueOf(record),
  };
}

function valueOf<T>(result: PromiseSettledResult<T>): T {
  if (result.status === 'rejected') throw result.reason;
  return result.value;
}
