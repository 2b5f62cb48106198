import type { ProductEvent } from '../../platform/types';
import type { BitbucketProject } from '../projects';
import { eventTimestamp } from '../timestamps';
import type { RepositorySummary } from '../types';
import type { PullRequest } from './schema';

export type Verb = 'created' | 'updated' | 'fulfilled' | 'rejected';

/** What happened to a pull request between two looks at it; `undefined` for nothing that Bitbucket tells of. */
export function findVerb(before: PullRequest | undefined, after: PullRequest): Verb | undefined {
  if (before?.updated_on === after.updated_on && before.state === after.state) return undefined;
  switch (after.state) {
    case 'OPEN':
      return before?.state === 'OPEN' ? 'updated' : 'created';
    case 'MERGED':
      return before?.state === 'OPEN' ? 'fulfilled' : undefined;
    default:
      return before?.state === 'OPEN' ? 'rejected' : undefined;
  }
}

/** The event that Bitbucket would have sent an installed app (Forge, "Bitbucket events"). */
export function toEvent(
  verb: Verb,
  pullRequest: PullRequest,
  place: {
    readonly workspaceUuid: string;
    readonly repository: RepositorySummary;
    readonly project: BitbucketProject | undefined;
    readonly now: number;
  },
): ProductEvent {
  const { id, state, title, source, destination, author } = pullRequest;
  const { uuid, slug } = place.repository;
  const person = { type: 'user', accountId: author?.account_id, uuid: author?.uuid };
  return {
    eventType: `avi:bitbucket:${verb}:pullrequest`,
    timestamp: eventTimestamp(place.now),
    selfGenerated: false,
    // Who did it is not in the answer that showed it.
    actor: person,
    workspace: { uuid: place.workspaceUuid },
    project: { uuid: place.project?.uuid },
    repository: { uuid, slug },
    pullrequest: {
      id,
      state,
      source: { branch: source.branch.name, commit: source.commit },
      destination: { branch: destination.branch.name, commit: destination.commit },
      title: { value: title, truncated: false },
      author: { ...person, displayName: author?.display_name },
      createdOn: pullRequest.created_on,
      updatedOn: pullRequest.updated_on,
      commentCount: 0,
      taskCount: 0,
    },
  };
}
