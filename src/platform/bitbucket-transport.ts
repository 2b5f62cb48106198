import { asApp, assumeTrustedRoute, asUser, NeedsAuthenticationError, route } from '@forge/api';
import { withBraces } from '../domain/identifiers';
import type {
  CommitAddress,
  PullRequestAddress,
  RepositoryAddress,
  RepositorySearch,
} from '../domain/ports/bitbucket';
import { placeOf, toPathSegment } from './bitbucket-path';

type Identity = 'user' | 'app';

function as(identity: Identity) {
  return identity === 'user' ? asUser() : asApp();
}

/** Widens the repository that is embedded in a pull request by its project (bitbucket.md 2.1). */
const withProject = '+destination.repository.project.uuid';

/** More changed files are not told apart. */
const changedFiles = 500;

/** What an import needs of a repository, so that no call for each is needed. */
const listedMembers = [
  ...['next', 'size', 'values.uuid', 'values.name', 'values.full_name', 'values.is_private'],
  ...['values.size', 'values.mainbranch.name', 'values.parent.uuid'],
].join(',');

/** A text inside a string of Bitbucket's filter language (bitbucket.md 5). */
function toFilterText(text: string): string {
  return `"${text.replaceAll(/["\\]/g, (character) => `\\${character}`)}"`;
}

function toListing(search: RepositorySearch) {
  if ('query' in search) {
    const { query, page, pageSize } = search;
    const filter = query === '' ? undefined : `name ~ ${toFilterText(query)}`;
    return { filter, page, pageLength: pageSize };
  }
  const uuids = search.repositoryUuids.map((uuid) => toFilterText(withBraces(uuid)));
  return { filter: `uuid IN (${uuids.join(', ')})`, page: 1, pageLength: 100 };
}

/** Calls to Bitbucket through the platform. Workspace and repository are named by UUID, as slugs change. */
export function createBitbucketTransport() {
  return {
    getPullRequest(identity: Identity, address: PullRequestAddress, signal: AbortSignal) {
      const [workspace, repository] = placeOf(address);
      return as(identity).requestBitbucket(
        route`/2.0/repositories/${workspace}/${repository}/pullrequests/${address.pullRequestId}?fields=${withProject}`,
        { signal },
      );
    },
    listCommits(address: PullRequestAddress, signal: AbortSignal) {
      const [workspace, repository] = placeOf(address);
      return asUser().requestBitbucket(
        route`/2.0/repositories/${workspace}/${repository}/pullrequests/${address.pullRequestId}/commits?pagelen=100`,
        { signal },
      );
    },
    getCommit(identity: Identity, address: CommitAddress, signal: AbortSignal) {
      const [workspace, repository] = placeOf(address);
      return as(identity).requestBitbucket(
        route`/2.0/repositories/${workspace}/${repository}/commit/${address.hash}`,
        { signal },
      );
    },
    getWorkspacePermission(workspaceUuid: string, signal: AbortSignal) {
      const workspace = toPathSegment(workspaceUuid);
      return asUser().requestBitbucket(route`/2.0/user/workspaces/${workspace}/permission`, {
        signal,
      });
    },
    getRepositoryPermissions(address: RepositoryAddress, signal: AbortSignal) {
      const workspace = toPathSegment(address.workspaceUuid);
      const filter = `repository.uuid="${withBraces(address.repositoryUuid)}"`;
      return asUser().requestBitbucket(
        route`/2.0/user/workspaces/${workspace}/permissions/repositories?q=${filter}`,
        { signal },
      );
    },
    getRepositoryBySlug(
      { workspaceUuid, slug }: { readonly workspaceUuid: string; readonly slug: string },
      signal: AbortSignal,
    ) {
      const workspace = toPathSegment(workspaceUuid);
      return asApp().requestBitbucket(
        route`/2.0/repositories/${workspace}/${encodeURIComponent(slug)}`,
        { signal },
      );
    },
    getWorkspace(workspaceUuid: string, signal: AbortSignal) {
      return asApp().requestBitbucket(route`/2.0/workspaces/${toPathSegment(workspaceUuid)}`, {
        signal,
      });
    },
    getDiffstat(address: CommitAddress & { readonly targetHash: string }, signal: AbortSignal) {
      const [workspace, repository] = placeOf(address);
      // The source comes first here: the reverse of `git diff` (bitbucket.md 11). `route` takes the dots between the two
      // for a way out of the path; both are hashes, which the caller has looked at.
      const spec = `${address.hash}..${address.targetHash}`;
      return asApp().requestBitbucket(
        assumeTrustedRoute(
          `/2.0/repositories/${workspace}/${repository}/diffstat/${spec}?topic=true&pagelen=${changedFiles}`,
        ),
        { signal },
      );
    },
    listRepositories(workspaceUuid: string, search: RepositorySearch, signal: AbortSignal) {
      const workspace = toPathSegment(workspaceUuid);
      const { filter, page, pageLength } = toListing(search);
      return asApp().requestBitbucket(
        filter === undefined
          ? route`/2.0/repositories/${workspace}?sort=created_on&pagelen=${pageLength}&page=${page}&fields=${listedMembers}`
          : route`/2.0/repositories/${workspace}?q=${filter}&sort=created_on&pagelen=${pageLength}&page=${page}&fields=${listedMembers}`,
        { signal },
      );
    },
    listProjects(workspaceUuid: string, page: number, signal: AbortSignal) {
      return asApp().requestBitbucket(
        route`/2.0/workspaces/${toPathSegment(workspaceUuid)}/projects?pagelen=50&page=${page}`,
        { signal },
      );
    },
    listOpenPullRequests(address: RepositoryAddress, page: number, signal: AbortSignal) {
      const [workspace, repository] = placeOf(address);
      return asApp().requestBitbucket(
        route`/2.0/repositories/${workspace}/${repository}/pullrequests?state=OPEN&pagelen=50&page=${page}`,
        { signal },
      );
    },
    getRepository(identity: Identity, address: RepositoryAddress, signal: AbortSignal) {
      const [workspace, repository] = placeOf(address);
      return as(identity).requestBitbucket(route`/2.0/repositories/${workspace}/${repository}`, {
        signal,
      });
    },
  };
}

/** The platform answers this error by asking the user for consent, so it must reach it untouched (forge.md 4.5). */
export function isConsentRequest(error: unknown): boolean {
  return error instanceof NeedsAuthenticationError;
}
