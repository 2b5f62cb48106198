import { listCommits, readCommit, readCommits } from '../git/commits';
import type { Live, Schemas } from '../published';
import type { RepositoryRecord } from '../records';
import type { ApiContext, Call, Handlers } from './call';
import { notFound } from './errors';
import { apiLink, webLink } from './links';
import type { Lookup } from './lookup';
import { pageLimits, pageOf, pageOfIterator } from './pagination';
import { select } from './query-filter';
import { toCommit } from './to-commit';
import { toRepository } from './to-repository';

type RepositoryHandlers = Pick<
  Handlers,
  | 'GET /repositories/{workspace}/{repo_slug}'
  | 'GET /repositories/{workspace}/{repo_slug}/refs/branches'
  | 'GET /repositories/{workspace}/{repo_slug}/refs/branches/{name}'
  | 'GET /repositories/{workspace}/{repo_slug}/commit/{commit}'
  | 'GET /repositories/{workspace}/{repo_slug}/commits'
  | 'GET /repositories/{workspace}/{repo_slug}/commits/{revision}'
>;

/** A repository, its branches and its commits, with full hashes everywhere. */
export function createRepositoryOperations(
  context: ApiContext,
  lookup: Lookup,
): RepositoryHandlers {
  const { store, workspace } = context;

  async function toBranches(
    repository: RepositoryRecord,
    branches: readonly (readonly [string, string])[],
  ): Promise<readonly Live<Schemas['branch']>[]> {
    const commits = await readCommits(repository.path, [
      ...new Set(branches.map(([, hash]) => hash)),
    ]);
    const path = ['repositories', workspace.slug, repository.slug];
    return branches.flatMap(([name, hash]) => {
      const commit = commits.get(hash);
      if (!commit) return [];
      return {
        type: 'branch',
        name,
        target: toCommit(context, repository, commit),
        merge_strategies: ['merge_commit', 'squash', 'fast_forward'] as const,
        default_merge_strategy: 'merge_commit',
        links: {
          self: apiLink(...path, 'refs', 'branches', name),
          commits: apiLink(...path, 'commits', name),
          html: webLink(workspace.slug, repository.slug, 'branch', name),
        },
      };
    });
  }

  async function commitsPage(
    call: Pick<Call, 'url'>,
    repository: RepositoryRecord,
    revision: string | undefined,
  ) {
    const { searchParams } = call.url;
    const resolve = (name: string) => lookup.commit(repository, name);
    const named = [
      ...(revision === undefined ? [] : [revision]),
      ...searchParams.getAll('include'),
    ];
    const include =
      named.length > 0
        ? await Promise.all(named.map(resolve))
        : [...store.branches(repository.uuid).values()];
    const exclude = await Promise.all(searchParams.getAll('exclude').map(resolve));
    const path = searchParams.get('path');
    return pageOfIterator(call.url, pageLimits.standard, async (skip, limit) => {
      const range = { include, exclude, skip, limit, ...(path === null ? {} : { path }) };
      const commits = await listCommits(repository.path, range);
      return commits.map((commit) => toCommit(context, repository, commit));
    });
  }

  return {
    'GET /repositories/{workspace}/{repo_slug}': (call) =>
      toRepository(context, lookup.repository(call)),

    'GET /repositories/{workspace}/{repo_slug}/refs/branches': async (call) => {
      const repository = lookup.repository(call);
      const branches = await toBranches(repository, [...store.branches(repository.uuid)]);
      return pageOf(call.url, pageLimits.standard, select(call.url, branches));
    },

    'GET /repositories/{workspace}/{repo_slug}/refs/branches/{name}': async (call) => {
      const repository = lookup.repository(call);
      const { name } = call.params;
      const hash = store.branches(repository.uuid).get(name);
      const [branch] = hash === undefined ? [] : await toBranches(repository, [[name, hash]]);
      if (!branch) throw notFound(`Branch "${name}" not found`);
      return branch;
    },

    'GET /repositories/{workspace}/{repo_slug}/commit/{commit}': async (call) => {
      const repository = lookup.repository(call);
      const hash = await lookup.commit(repository, call.params.commit);
      return toCommit(context, repository, await readCommit(repository.path, hash));
    },

    'GET /repositories/{workspace}/{repo_slug}/commits': (call) =>
      commitsPage(call, lookup.repository(call), undefined),

    'GET /repositories/{workspace}/{repo_slug}/commits/{revision}': (call) => {
      const repository = lookup.repository(call);
      const { revision } = call.params;
      // Known limitation of the service: a branch with a slash is not found here, however it is encoded.
      if (revision.includes('/')) throw notFound(`Commit not found: ${revision}`);
      return commitsPage(call, repository, revision);
    },
  };
}
