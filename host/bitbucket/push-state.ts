import type { GitCommit } from './git/commits';
import type { PullRequestRecord, RepositoryRecord } from './records';

/** How much of a repository becomes pull requests; more would only be slow to look at. */
export const PullRequestLimits = { branches: 50, commits: 3, commitsInPushEvent: 5 } as const;

export interface BranchChange {
  readonly name: string;
  readonly isMainBranch: boolean;
  readonly before: string | undefined;
  readonly after: string | undefined;
  readonly isForced: boolean;
  /** The newest new commits, newest first, one more than an event carries when there are more. */
  readonly commits: readonly GitCommit[];
}

export interface PullRequestChange {
  readonly kind: 'created' | 'updated' | 'fulfilled' | 'silent';
  readonly record: PullRequestRecord;
}

/** What a push takes over: nothing is written while it is made. */
export interface PushPlan {
  readonly mainBranch: string | null;
  readonly source: RepositoryRecord['source'];
  readonly branches: ReadonlyMap<string, string>;
  readonly branchChanges: readonly BranchChange[];
  readonly pullRequestChanges: readonly PullRequestChange[];
  /** What was left out, in one sentence. */
  readonly notice: string | undefined;
}

export interface PushState {
  readonly repository: RepositoryRecord;
  readonly branches: ReadonlyMap<string, string>;
  readonly pullRequests: readonly PullRequestRecord[];
  readonly isShallow: boolean;
  /** The first look at a repository: nobody is told, so no branch changes are worked out. */
  readonly isIntake: boolean;
  /** Epoch milliseconds. */
  readonly now: number;
}
