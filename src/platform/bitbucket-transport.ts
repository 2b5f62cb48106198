import { asApp, assumeTrustedRoute, asUser, NeedsAuthenticationError, route } from '@forge/api';
import { withBraces } from '../domain/identifiers';
import type {
  CommitAddress,
  PullRequestAddress,
  RepositoryAddress,
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
