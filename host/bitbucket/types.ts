import type { HostClock } from '../clock';
import type { HostDatabase } from '../database';
import type { BitbucketNeighbour } from '../neighbour';
import type { ProductEvent } from '../platform/types';
import type { AnnotationRecord, ReportRecord, StatusRecord } from './code-insights-store';
import type { RepositoryContent } from './content';
import type { BitbucketProject } from './projects';
import type { RepositoryChanges } from './repository-changes';

export interface BitbucketOptions {
  readonly database: HostDatabase;
  readonly clock: HostClock;
  readonly workspace: { readonly uuid: string; readonly slug: string; readonly name: string };
}

export type Role = 'owner' | 'admin' | 'write' | 'read' | 'none';

/** A person of the workspace. UUIDs here carry braces, as Bitbucket writes them. */
export interface BitbucketUser {
  readonly accountId: string;
  readonly uuid: string;
  readonly displayName: string;
  readonly nickname: string;
  /** `owner` administers the workspace; `member` belongs to it; `outsider` does not. */
  readonly workspaceRole: 'owner' | 'member' | 'outsider';
}

export interface RepositorySummary {
  readonly uuid: string;
  readonly slug: string;
  /** The slug before the first rename: what the files in the repository go on naming. */
  readonly firstSlug: string;
  readonly name: string;
  readonly isPrivate: boolean;
  /** Folder of the git repository on disk. */
  readonly path: string;
  readonly mainBranch?: string;
  /** Key of the Bitbucket project that it is in. */
  readonly projectKey: string;
  readonly language: string;
  /** Why nothing can be shown, in one sentence: not a git repository, no commits, … */
  readonly problem?: string;
  /** What is left out although the repository works, in one sentence: older branches, missing history. */
  readonly notice?: string;
}

export interface PullRequestSummary {
  readonly id: number;
  readonly title: string;
  readonly state: 'OPEN' | 'MERGED' | 'DECLINED' | 'SUPERSEDED';
  readonly author: string;
  readonly sourceBranch: string;
  readonly destinationBranch: string;
  /** Full hashes, or the 12 characters that the REST API gives. `baseCommit` is the merge base of both where it is known. */
  readonly headCommit: string;
  readonly destinationCommit: string;
  readonly baseCommit: string;
  readonly isFork: boolean;
  readonly updatedAt: string;
}

/** What a pull request changes, for the pages of the shell. */
export interface ChangedFile {
  readonly path: string;
  readonly oldPath?: string;
  readonly status: string;
  readonly linesAdded: number;
  readonly linesRemoved: number;
}

export interface CommitInsights {
  readonly reports: readonly (ReportRecord & {
    readonly annotations: readonly AnnotationRecord[];
  })[];
  readonly statuses: readonly StatusRecord[];
}

/** Bitbucket Cloud on one machine, over real git repositories on disk, which it only reads. */
export interface BitbucketStandIn extends BitbucketNeighbour, RepositoryChanges {
  readonly workspace: BitbucketOptions['workspace'];
  readonly users: readonly BitbucketUser[];
  /**
   * Takes a folder in as a repository. Its pull requests are the branches that are not merged; where there are
   * none, each of the last three commits is one, onto its parent. Never throws for a bad folder: the summary says
   * in `problem` what is wrong and the rest works.
   */
  addRepository(input: {
    path: string;
    isPrivate?: boolean;
    name?: string;
    /** Made just now: the event of a new repository is sent. */
    isNew?: boolean;
  }): Promise<RepositorySummary>;
  readonly projects: readonly BitbucketProject[];
  /** Repositories that listings show and nothing was pushed to; they last until the host stops. */
  addListedRepositories(count: number): readonly Pick<RepositorySummary, 'uuid' | 'slug'>[];
  /** Makes a person an owner, a member, or somebody outside the workspace, who loses all rights on repositories too. */
  setWorkspaceRole(accountId: string, role: BitbucketUser['workspaceRole']): void;
  readonly content: RepositoryContent;
  /**
   * Brings up to date what is shown of a repository, and of one pull request, whose data live elsewhere; events of what
   * changed are sent. Nothing to do for repositories on this machine.
   */
  refresh(repositoryUuid: string, pullRequestId?: number): Promise<void>;
  repositories(): readonly RepositorySummary[];
  /** Full hash of the pushed tip of a branch; `undefined` without one. UUID with or without braces. */
  branchHead(repositoryUuid: string, branch: string): string | undefined;
  pullRequests(repositoryUuid: string): readonly PullRequestSummary[];
  /** Reports with their annotations, and build statuses, of a commit given by its full hash. */
  insights(repositoryUuid: string, commit: string): CommitInsights;
  changedFiles(repositoryUuid: string, pullRequestId: number): Promise<readonly ChangedFile[]>;
  /** Sets a person's right on one repository. */
  grant(repositoryUuid: string, accountId: string, role: 'admin' | 'write' | 'read' | 'none'): void;
  /**
   * Takes over what moved on disk since the last time (branches moved, new, gone, merged), as `git push` would
   * have, and emits the events that Bitbucket sends for it. Answers the ids of the pull requests that changed.
   */
  push(repositoryUuid: string): Promise<readonly number[]>;
  /** True when a branch on disk differs from what was pushed. */
  hasUnpushed(repositoryUuid: string): Promise<boolean>;
  decline(repositoryUuid: string, pullRequestId: number, byAccountId: string): Promise<void>;
  merge(repositoryUuid: string, pullRequestId: number, byAccountId: string): Promise<void>;
  /** Makes the pull request one from a fork, or one whose fork was deleted, for tests and the control panel. */
  setFork(
    repositoryUuid: string,
    pullRequestId: number,
    fork: 'none' | 'fork' | 'deletedFork',
  ): void;
  /** Product events as Forge delivers them (12-character hashes in pull request events). */
  onEvent(listener: (event: ProductEvent) => void): () => void;
}
