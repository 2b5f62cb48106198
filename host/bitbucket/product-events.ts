import { toShortHash } from './commit-hash';
import type { GitCommit } from './git/commits';
import type { People, Person } from './people';
import type { BranchChange, PullRequestChange } from './push-state';
import { PullRequestLimits } from './push-state';
import { findProject, type BitbucketProject } from './projects';
import type { PullRequestRecord, RepositoryRecord } from './records';
import { eventTimestamp, restTimestamp } from './timestamps';
import type { ProductEvent } from '../platform/types';

export interface EventSource {
  readonly workspaceUuid: string;
  readonly projects: readonly BitbucketProject[];
  readonly people: People;
  /** Epoch milliseconds. */
  readonly now: number;
}

type PullRequestVerb = 'created' | 'updated' | 'fulfilled' | 'rejected';

const pullRequestVerb = {
  created: 'created',
  updated: 'updated',
  fulfilled: 'fulfilled',
  silent: undefined,
} as const satisfies Record<PullRequestChange['kind'], PullRequestVerb | undefined>;

/** The event of one changed pull request; undefined for changes that Bitbucket tells nobody about. */
export function toPullRequestEvent(
  source: EventSource,
  repository: RepositoryRecord,
  change: PullRequestChange,
): ProductEvent | undefined {
  const verb = pullRequestVerb[change.kind];
  return (
    verb &&
    pullRequestEvent(source, repository, change.record, { verb, actor: source.people.pusher })
  );
}

/** A pull request event with 12-character hashes (Forge, "Bitbucket events"). */
export function pullRequestEvent(
  source: EventSource,
  repository: RepositoryRecord,
  record: PullRequestRecord,
  { verb, actor }: { readonly verb: PullRequestVerb; readonly actor: Person },
): ProductEvent {
  return {
    ...common(source, repository, actor),
    eventType: `avi:bitbucket:${verb}:pullrequest`,
    pullrequest: {
      id: record.id,
      state: record.state,
      source: { branch: record.sourceBranch, commit: { hash: toShortHash(record.headCommit) } },
      destination: {
        branch: record.destinationBranch,
        commit: { hash: toShortHash(record.destinationCommit) },
      },
      ...(record.mergeCommit === null
        ? {}
        : { mergeCommit: { hash: toShortHash(record.mergeCommit) } }),
      title: { value: record.title, truncated: false },
      author: authorOf(source.people, record.author),
      createdOn: restTimestamp(record.createdAt),
      updatedOn: restTimestamp(record.updatedAt),
      commentCount: 0,
      taskCount: 0,
    },
  };
}

/** A push event of one branch, with full hashes. */
export function pushEvent(
  source: EventSource,
  repository: RepositoryRecord,
  change: BranchChange,
): ProductEvent {
  return {
    ...common(source, repository, source.people.pusher),
    eventType: 'avi:bitbucket:push:repository',
    push: {
      ref: change.name,
      mainbranch: change.isMainBranch,
      ...(change.before === undefined ? {} : { before: change.before }),
      ...(change.after === undefined ? {} : { after: change.after }),
      created: change.before === undefined,
      closed: change.after === undefined,
      forced: change.isForced,
      truncated: change.commits.length > PullRequestLimits.commitsInPushEvent,
      commits: change.commits
        .slice(0, PullRequestLimits.commitsInPushEvent)
        .map((commit) => toPushedCommit(source.people, commit)),
    },
  };
}

/** An event of the repository itself. */
export function repositoryEvent(
  source: EventSource,
  repository: RepositoryRecord,
  { verb, actor }: { readonly verb: 'created' | 'updated' | 'deleted'; readonly actor: Person },
): ProductEvent {
  return {
    ...common(source, repository, actor),
    eventType: `avi:bitbucket:${verb}:repository`,
  };
}

function toPushedCommit(people: People, commit: GitCommit) {
  const { type, accountId, uuid } = authorOf(people, commit.author);
  return {
    hash: commit.hash,
    message: { value: commit.message, truncated: false },
    date: eventTimestamp(Date.parse(commit.committedAt)),
    author: { user: { type, accountId, uuid } },
  };
}

function authorOf(people: People, author: PullRequestRecord['author']) {
  const { accountId, uuid, displayName } = people.fromCommit(author);
  return { type: 'user', accountId, uuid, displayName };
}

function common(source: EventSource, repository: RepositoryRecord, actor: Person) {
  return {
    timestamp: eventTimestamp(source.now),
    selfGenerated: false,
    actor: { type: 'user', accountId: actor.accountId, uuid: actor.uuid },
    workspace: { uuid: source.workspaceUuid },
    project: { uuid: findProject(source.projects, repository.projectKey).uuid },
    repository: { uuid: repository.uuid, slug: repository.slug },
  };
}
