import type { BitbucketProject } from '../../contracts/settings';
import type { PullRequestIdentity } from '../identifiers';
import type { PullRequest } from '../pull-request';

/** A pull request in the workspace of the installation. */
export interface PullRequestAddress extends PullRequestIdentity {
  /** From the installation, never from a payload. */
  readonly workspaceUuid: string;
}

export interface CommitAddress {
  readonly workspaceUuid: string;
  readonly repositoryUuid: string;
  /** Full, or shortened to at least 7 characters. */
  readonly hash: string;
}

export interface RepositoryAddress {
  /** From the installation, never from a payload. */
  readonly workspaceUuid: string;
  readonly repositoryUuid: string;
}

/** A repository as its settings need it. The UUID is without braces; the name and slug change with a rename. */
export interface RepositoryFacts {
  readonly repositoryUuid: string;
  readonly name: string;
  readonly slug: string;
  /** As Bitbucket reports it, such as `typescript`. */
  readonly language?: string | undefined;
  readonly mainBranch?: string | undefined;
  /** Absent where Bitbucket does not tell. */
  readonly isPrivate?: boolean | undefined;
  /** Bitbucket's project that it is in, without braces. */
  readonly bitbucketProjectUuid?: string | undefined;
}

/** A repository as listings of the workspace give it. The UUID is without braces. */
export interface ListedRepository {
  readonly repositoryUuid: string;
  readonly name: string;
  readonly slug: string;
  readonly isPrivate: boolean;
  readonly isFork: boolean;
  /** Absent while it is empty. */
  readonly mainBranch?: string | undefined;
  /** Of the git repository; absent where Bitbucket does not tell. */
  readonly sizeBytes?: number | undefined;
}

/** Which repositories of a workspace are listed: those with a text in their name, or those with these UUIDs. */
export type RepositorySearch =
  | { readonly query: string; readonly page: number; readonly pageSize: number }
  /** At most 100, in one page. */
  | { readonly repositoryUuids: readonly string[] };

export interface RepositoryPage {
  readonly repositories: readonly ListedRepository[];
  /** Absent where Bitbucket does not count. */
  readonly total?: number | undefined;
  readonly hasMore: boolean;
}

export interface WorkspaceFacts {
  readonly slug: string;
  readonly name: string;
}

export interface CommitAuthor {
  /** As it stands in the commit. */
  readonly email?: string | undefined;
  /** Of the Bitbucket account that the address belongs to. */
  readonly accountId?: string | undefined;
}

/** Names are Bitbucket's, for people to read; absent where it does not tell. */
export interface Membership {
  readonly role: 'owner' | 'member';
  readonly userName?: string | undefined;
  readonly workspaceName?: string | undefined;
}

/** Bitbucket as the calling user: what it answers, the user may see. */
export interface BitbucketAsUser {
  /**
   * `undefined` when there is none or the user may not read it: Bitbucket makes no reliable difference.
   * @throws {RemoteError} when Bitbucket cannot tell, and the platform's own error when the user has to consent first.
   */
  findPullRequest(address: PullRequestAddress): Promise<PullRequest | undefined>;
  /** Who wrote the newest hundred commits of a pull request, as far as Bitbucket knows. @throws as above. */
  listCommitAuthors(address: PullRequestAddress): Promise<readonly CommitAuthor[]>;
  /** `undefined` when there is none or the user may not read it. @throws as above. */
  findRepository(address: RepositoryAddress): Promise<RepositoryFacts | undefined>;
  /** The caller in the workspace; `undefined` for who is not in it. @throws as above. */
  findMembership(workspaceUuid: string): Promise<Membership | undefined>;
  /** The caller's effective right on a repository; `undefined` without a grant. @throws as above. */
  findRepositoryRole(address: RepositoryAddress): Promise<'admin' | 'write' | 'read' | undefined>;
}

/** Bitbucket as the app, which sees every repository of the workspace: its answers prove nothing about a person. */
export interface BitbucketAsApp {
  /** @throws {RemoteError} when Bitbucket cannot tell. */
  findPullRequest(address: PullRequestAddress): Promise<PullRequest | undefined>;
  /** The full hash of a commit; `undefined` when it is not in this repository. @throws {RemoteError} */
  findCommitHash(address: CommitAddress): Promise<string | undefined>;
  /** The full hashes of a commit's parents; `undefined` when it is not in this repository. @throws {RemoteError} */
  findParentHashes(address: CommitAddress): Promise<readonly string[] | undefined>;
  /**
   * Old and new paths of the files that a commit changes since it left the branch with this tip; `undefined` when they are
   * more than one answer holds, or one of the commits is gone. @throws {RemoteError}
   */
  findChangedPaths(
    address: CommitAddress & { readonly targetHash: string },
  ): Promise<readonly string[] | undefined>;
  /** `undefined` when it is gone or has left the workspace. @throws {RemoteError} */
  findRepository(address: RepositoryAddress): Promise<RepositoryFacts | undefined>;
  /** By its slug of this moment; `undefined` when there is none in the workspace. @throws {RemoteError} */
  findRepositoryBySlug(address: {
    readonly workspaceUuid: string;
    readonly slug: string;
  }): Promise<RepositoryFacts | undefined>;
  /** The oldest first, so that what is made meanwhile comes last; the first page is 1. @throws {RemoteError} */
  listRepositories(workspaceUuid: string, search: RepositorySearch): Promise<RepositoryPage>;
  /** Bitbucket's projects, 50 a page; the first page is 1. @throws {RemoteError} */
  listProjects(
    workspaceUuid: string,
    page: number,
  ): Promise<{ readonly projects: readonly BitbucketProject[]; readonly hasMore: boolean }>;
  /** 50 a page, the newest first; `undefined` when the repository is gone. @throws {RemoteError} */
  listOpenPullRequests(
    address: RepositoryAddress,
    page: number,
  ): Promise<
    { readonly pullRequests: readonly PullRequest[]; readonly hasMore: boolean } | undefined
  >;
  /** @throws {RemoteError} */
  readWorkspace(workspaceUuid: string): Promise<WorkspaceFacts>;
}
