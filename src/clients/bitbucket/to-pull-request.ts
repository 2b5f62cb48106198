import type { PullRequest } from '../../domain/pull-request';
import { withoutBraces } from '../../domain/identifiers';
import type { PullRequestAnswer } from './schema';

/** Bitbucket's pull request in our words. A fork is told by its source repository, as bitbucket.md 15 says. */
export function toPullRequest({
  id,
  state,
  source,
  destination,
  updated_on: updatedOn,
}: PullRequestAnswer): PullRequest {
  const isFork = !source.repository || source.repository.uuid !== destination.repository?.uuid;
  return {
    pullRequestId: id,
    state,
    ...(source.commit && { headHash: source.commit.hash }),
    isFork,
    ...(source.branch?.name !== undefined && { sourceBranch: source.branch.name }),
    ...(destination.branch?.name !== undefined && { targetBranch: destination.branch.name }),
    ...(destination.commit && { targetHash: destination.commit.hash }),
    ...(destination.repository?.project && {
      bitbucketProjectUuid: withoutBraces(destination.repository.project.uuid),
    }),
    ...(updatedOn !== undefined && { updatedAt: toIso(updatedOn) }),
  };
}

function toIso(text: string): string | undefined {
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString();
}
