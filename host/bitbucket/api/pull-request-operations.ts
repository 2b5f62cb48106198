import { toShortHash } from '../commit-hash';
import { isAncestor, listCommits } from '../git/commits';
import type { PullRequestRecord, RepositoryRecord } from '../records';
import { PullRequestRecord as PullRequestSchema } from '../records';
import type { ApiContext, Handlers } from './call';
import { badRequest, notFound } from './errors';
import { API_ORIGIN } from './links';
import type { Lookup } from './lookup';
import { pageLimits, pageOf, pageOfIterator } from './pagination';
import { select } from './query-filter';
import { toCommit } from './to-commit';
import { toListedPullRequest, toPullRequest } from './to-pull-request';

type PullRequestHandlers = Pick<
  Handlers,
  | 'GET /repositories/{workspace}/{repo_slug}/pullrequests'
  | 'GET /repositories/{workspace}/{repo_slug}/pullrequests/{pull_request_id}'
  | 'GET /repositories/{workspace}/{repo_slug}/pullrequests/{pull_request_id}/commits'
  | 'GET /repositories/{workspace}/{repo_slug}/pullrequests/{pull_request_id}/diff'
  | 'GET /repositories/{workspace}/{repo_slug}/pullrequests/{pull_request_id}/diffstat'
>;

/** Pull requests, whose hashes are short, and their commits, whose hashes are full. */
export function createPullRequestOperations(
  context: ApiContext,
  lookup: Lookup,
): PullRequestHandlers {
  const { store, workspace } = context;

  /** 302 to the repository-level operation, as the service answers. */
  function redirect(
    operation: 'diff' | 'diffstat',
    repository: RepositoryRecord,
    record: PullRequestRecord,
    url: URL,
  ): Response {
    if (record.fork === 'deletedFork') throw notFound('Source repository not found');
    const spec = `${toShortHash(record.headCommit)}..${toShortHash(record.destinationCommit)}`;
    const location = new URL(
      `${API_ORIGIN}/2.0/repositories/${workspace.slug}/${repository.slug}/${operation}/${spec}`,
    );
    location.search = url.search;
    location.searchParams.set('from_pullrequest_id', String(record.id));
    location.searchParams.set('topic', 'true');
    return new Response(null, { status: 302, headers: { location: location.href } });
  }

  return {
    'GET /repositories/{workspace}/{repo_slug}/pullrequests': (call) => {
      const repository = lookup.repository(call);
      const states = statesOf(call.url);
      const listed = store
        .pullRequests(repository.uuid)
        .filter((record) => states.has(record.state))
        .map((record) => toListedPullRequest(context, repository, record))
        .reverse();
      return pageOf(call.url, pageLimits.pullRequests, select(call.url, listed));
    },

    'GET /repositories/{workspace}/{repo_slug}/pullrequests/{pull_request_id}': (call) => {
      const repository = lookup.repository(call);
      const record = lookup.pullRequest(repository, call.params.pull_request_id);
      return toPullRequest(context, repository, record, addedFields(call.url));
    },

    'GET /repositories/{workspace}/{repo_slug}/pullrequests/{pull_request_id}/commits': async (
      call,
    ) => {
      const repository = lookup.repository(call);
      const record = lookup.pullRequest(repository, call.params.pull_request_id);
      if (record.fork === 'deletedFork') throw notFound('Source repository not found');
      const { headCommit, destinationCommit } = record;
      return pageOfIterator(call.url, pageLimits.standard, async (skip, limit) => {
        if (record.isSourceGone) return [];
        const isEmpty = await isAncestor(repository.path, headCommit, destinationCommit);
        if (isEmpty) return [];
        const range = { include: [headCommit], exclude: [destinationCommit], skip, limit };
        const commits = await listCommits(repository.path, range);
        return commits.map((commit) => toCommit(context, repository, commit));
      });
    },

    'GET /repositories/{workspace}/{repo_slug}/pullrequests/{pull_request_id}/diff': (call) => {
      const repository = lookup.repository(call);
      const record = lookup.pullRequest(repository, call.params.pull_request_id);
      return redirect('diff', repository, record, call.url);
    },

    'GET /repositories/{workspace}/{repo_slug}/pullrequests/{pull_request_id}/diffstat': (call) => {
      const repository = lookup.repository(call);
      const record = lookup.pullRequest(repository, call.params.pull_request_id);
      return redirect('diffstat', repository, record, call.url);
    },
  };
}

/** Members that a request adds to what is answered (bitbucket.md 5): `+a.b`. */
function addedFields(url: URL): string[] {
  return (url.searchParams.get('fields') ?? '')
    .split(',')
    .flatMap((field) => (field.startsWith('+') ? [field.slice(1)] : []));
}

/** OPEN unless the request names states. @throws {ApiError} 400 for an unknown one. */
function statesOf(url: URL): ReadonlySet<string> {
  const named = url.searchParams.getAll('state');
  for (const state of named)
    if (!PullRequestSchema.shape.state.safeParse(state).success)
      throw badRequest(`Invalid state: ${state}`);
  // A filter on the state replaces the default as well.
  if (named.length === 0 && /\bstate\b/.test(url.searchParams.get('q') ?? ''))
    return new Set(PullRequestSchema.shape.state.options);
  return new Set(named.length === 0 ? ['OPEN'] : named);
}
