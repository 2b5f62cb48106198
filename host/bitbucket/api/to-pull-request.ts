import { toShortHash } from '../commit-hash';
import { nameBasedUuid } from '../name-based-uuid';
import type { PullRequest, Live, Schemas } from '../published';
import { findProject } from '../projects';
import type { PullRequestRecord, RepositoryRecord } from '../records';
import { restTimestamp } from '../timestamps';
import { withBraces } from '../uuids';
import type { ApiContext } from './call';
import { apiLink, webLink } from './links';
import { toEmbeddedCommit } from './to-commit';
import { toAccount, toEmbeddedRepository } from './to-repository';

type Endpoint = Live<Schemas['pullrequest_endpoint']>;

/** A pull request as the single read answers it: hashes cut to 12 characters; `added` names what `fields=+…` asks for. */
export function toPullRequest(
  context: ApiContext,
  repository: RepositoryRecord,
  record: PullRequestRecord,
  added: readonly string[] = [],
): PullRequest {
  const author = toAccount(context.people.fromCommit(record.author));
  const listed = toListedPullRequest(context, repository, record);
  const isWidened = added.some((field) => field.startsWith('destination.repository.project'));
  const { uuid } = findProject(context.projects, repository.projectKey);
  return {
    ...listed,
    ...(isWidened && {
      destination: {
        ...listed.destination,
        repository: {
          ...toEmbeddedRepository(context, repository),
          project: { type: 'project', uuid },
        },
      },
    }),
    reviewers: [],
    participants: [
      {
        type: 'participant',
        user: author,
        role: 'PARTICIPANT',
        approved: false,
        participated_on: restTimestamp(record.createdAt),
      },
    ],
  };
}

/** The same in a listing, which leaves reviewers and participants out. */
export function toListedPullRequest(
  context: ApiContext,
  repository: RepositoryRecord,
  record: PullRequestRecord,
): PullRequest {
  const closer = record.closedBy === null ? undefined : context.people.find(record.closedBy);
  return {
    type: 'pullrequest',
    id: record.id,
    title: record.title,
    summary: { raw: record.description, markup: 'markdown', html: '' },
    state: record.state,
    draft: false,
    queued: false,
    author: toAccount(context.people.fromCommit(record.author)),
    source: toSource(context, repository, record),
    destination: toDestination(context, repository, record),
    merge_commit:
      record.mergeCommit === null
        ? null
        : toEmbeddedCommit(context, repository, toShortHash(record.mergeCommit)),
    closed_by: closer ? toAccount(closer) : null,
    close_source_branch: false,
    comment_count: 0,
    task_count: 0,
    reason: '',
    created_on: restTimestamp(record.createdAt),
    updated_on: restTimestamp(record.updatedAt),
    links: toLinks(context, repository, record.id),
  };
}

function toSource(
  context: ApiContext,
  repository: RepositoryRecord,
  record: PullRequestRecord,
): Endpoint {
  const branch = { name: record.sourceBranch };
  if (record.fork === 'deletedFork') return { branch, commit: null, repository: null };
  const commit = toEmbeddedCommit(context, repository, toShortHash(record.headCommit));
  if (record.fork === 'none')
    return { branch, commit, repository: toEmbeddedRepository(context, repository) };
  const uuid = withBraces(nameBasedUuid(repository.uuid, 'fork'));
  const fork = { uuid, slug: repository.slug, name: repository.name };
  return { branch, commit, repository: toEmbeddedRepository(context, fork, 'somebody-else') };
}

function toDestination(
  context: ApiContext,
  repository: RepositoryRecord,
  record: PullRequestRecord,
): Endpoint {
  return {
    branch: { name: record.destinationBranch },
    commit: record.isDestinationGone
      ? null
      : toEmbeddedCommit(context, repository, toShortHash(record.destinationCommit)),
    repository: toEmbeddedRepository(context, repository),
  };
}

function toLinks({ workspace }: ApiContext, { slug }: RepositoryRecord, id: number) {
  const path = ['repositories', workspace.slug, slug, 'pullrequests', id];
  return {
    self: apiLink(...path),
    html: webLink(workspace.slug, slug, 'pull-requests', id),
    commits: apiLink(...path, 'commits'),
    approve: apiLink(...path, 'approve'),
    'request-changes': apiLink(...path, 'request-changes'),
    diff: apiLink(...path, 'diff'),
    diffstat: apiLink(...path, 'diffstat'),
    comments: apiLink(...path, 'comments'),
    activity: apiLink(...path, 'activity'),
    merge: apiLink(...path, 'merge'),
    decline: apiLink(...path, 'decline'),
    statuses: apiLink(...path, 'statuses'),
  };
}
