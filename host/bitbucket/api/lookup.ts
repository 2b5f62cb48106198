import { findCommitHash, isReachable } from '../git/commits';
import type { PullRequestRecord, RepositoryRecord } from '../records';
import { withBraces } from '../uuids';
import type { ApiContext, Call } from './call';
import { ApiError, notFound, repositoryNotFound } from './errors';

/** Turns the names in a path into what they name, or throws what Bitbucket answers. */
export interface Lookup {
  /** @throws {ApiError} 404 for any workspace but the installed one. */
  workspace(segment: string): void;
  /** @throws {ApiError} 404 when it does not exist or the caller may not see it: both look alike. */
  repository(call: RepositoryCall): RepositoryRecord;
  /** @throws {ApiError} 404 */
  pullRequest(repository: RepositoryRecord, id: string): PullRequestRecord;
  /** Full hash of a commit given by 7 to 40 characters or by a branch; only what was pushed exists. @throws {ApiError} 404 */
  commit(repository: RepositoryRecord, revision: string): Promise<string>;
}

type RepositoryCall = Pick<Call, 'viewer'> & {
  readonly params: { readonly workspace: string; readonly repo_slug: string };
};

export function createLookup({ workspace, rights, registry, store }: ApiContext): Lookup {
  const seen = new Set<string>();

  function isWorkspace(segment: string): boolean {
    const name = segment.toLowerCase();
    return name === workspace.slug.toLowerCase() || name === withBraces(workspace.uuid);
  }

  async function isPushed({ uuid, path }: RepositoryRecord, hash: string): Promise<boolean> {
    // Pushes only ever add commits, so a yes holds for good.
    const key = `${uuid} ${hash}`;
    if (seen.has(key)) return true;
    const isKnown = await isReachable(path, hash, store.knownTips(uuid));
    if (isKnown) seen.add(key);
    return isKnown;
  }

  return {
    workspace(segment) {
      if (!isWorkspace(segment)) throw notFound(`No workspace with identifier '${segment}'.`);
    },
    repository({ params, viewer }) {
      // With a repository UUID the workspace may be the empty pair of braces.
      const isAnyWorkspace = params.workspace === '{}' && params.repo_slug.startsWith('{');
      if (!isAnyWorkspace && !isWorkspace(params.workspace)) throw repositoryNotFound();
      const repository = registry.find(params.repo_slug);
      if (!repository || !rights.canRead(viewer, repository)) throw repositoryNotFound();
      return repository;
    },
    pullRequest(repository, id) {
      const record = /^\d{1,9}$/.test(id)
        ? store.findPullRequest(repository.uuid, Number(id))
        : undefined;
      if (!record) throw notFound(`Pull request ${id} not found`);
      return record;
    },
    async commit(repository, revision) {
      const missing = new ApiError(404, `Commit not found: ${revision}`, {
        data: { shas: [revision] },
      });
      const tip = store.branches(repository.uuid).get(revision);
      if (tip !== undefined) return tip;
      const hash = await findCommitHash(repository.path, revision);
      if (hash === undefined || !(await isPushed(repository, hash))) throw missing;
      return hash;
    },
  };
}
