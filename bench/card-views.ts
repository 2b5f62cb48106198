import * as z from 'zod';
import type { Host } from '../host/host';
import { PullRequestView } from '../src/contracts/verdict';
import { maxAgeMs } from '../src/domain/freshness';
import { countRuns, recordDuring, type CallCounts } from './call-counts';

/** An open pull request on a running host. */
export interface Place {
  readonly host: Host;
  /** With braces, as Bitbucket writes it. */
  readonly repositoryUuid: string;
  readonly pullRequestId: number;
  /** Account id of a person who may read it. */
  readonly accountId: string;
}

const Answer = z.object({ ok: z.literal(true), data: PullRequestView });

/** The first pull request of the first repository, as the owner of the workspace sees it. */
export function findPlace(host: Host): Place {
  const { bitbucket } = host;
  const [repository] = bitbucket.repositories();
  const [pullRequest] = repository ? bitbucket.pullRequests(repository.uuid) : [];
  const owner = bitbucket.users.find(({ workspaceRole }) => workspaceRole === 'owner');
  if (!repository || !pullRequest || !owner) throw new Error('The host shows no pull request.');
  return {
    host,
    repositoryUuid: repository.uuid,
    pullRequestId: pullRequest.id,
    accountId: owner.accountId,
  };
}

/** What the card asks when it opens. @throws Error when the answer is not a view. */
export async function viewCard(place: Place): Promise<PullRequestView> {
  const { host, repositoryUuid, pullRequestId, accountId } = place;
  const answer = await host.platform.invokeResolver({
    moduleKey: 'pull-request-card',
    accountId,
    functionKey: 'pullRequest.view',
    payload: { repositoryUuid, pullRequestId },
    extension: { repository: { uuid: repositoryUuid }, pullRequest: { id: pullRequestId } },
  });
  return Answer.parse(answer).data;
}

/** One view of a verdict that was read a moment ago. */
export async function countFreshView(place: Place): Promise<CallCounts> {
  const { host } = place;
  await becomeFresh(place);
  await recordDuring(host, async () => {
    const view = await viewCard(place);
    if (view.refreshing) throw new Error('The verdict is stale, so this is no fresh view.');
  });
  return countRuns(host.traffic, host.traffic.invocations);
}

export interface StaleViews {
  /** All views together, without the re-read that they set off. */
  readonly views: CallCounts;
  readonly reread: CallCounts;
}

/**
 * This many views of a verdict that has just become stale, all before the re-read that the first one asks for: the
 * worst that can happen. Nothing on the server has changed.
 */
export async function countStaleViews(place: Place, viewers: number): Promise<StaleViews> {
  const { host } = place;
  const { clock, traffic } = host;
  const { queue } = host.platform;
  await becomeFresh(place);
  const { state } = await viewCard(place);
  if (state !== 'passed' && state !== 'failed') {
    throw new Error(`The verdict is "${state}": only an end state grows old by time alone.`);
  }
  await clock.advance(maxAgeMs[state] + 1);
  await recordDuring(host, async () => {
    queue.pause();
    const views = await Promise.all(Array.from({ length: viewers }, () => viewCard(place)));
    queue.resume();
    if (!views.every(({ refreshing }) => refreshing)) throw new Error('The verdict is not stale.');
  });
  const isView = ({ procedure }: { readonly procedure?: string }) => procedure !== undefined;
  return {
    views: countRuns(traffic, traffic.invocations.filter(isView)),
    reread: countRuns(
      traffic,
      traffic.invocations.filter((run) => !isView(run)),
    ),
  };
}

async function becomeFresh(place: Place): Promise<void> {
  await place.host.settle();
  await viewCard(place);
  await place.host.settle();
}
