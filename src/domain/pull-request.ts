import type { PullRequestView } from '../contracts/verdict';

/** A pull request as far as a verdict needs it. */
export interface PullRequest {
  readonly pullRequestId: number;
  readonly state: PullRequestView['pullRequestState'];
  /** Head commit as Bitbucket gave it: 12 characters or more; absent when its repository was deleted. */
  readonly headHash?: string | undefined;
  /** The source is another repository, or a deleted one. */
  readonly isFork: boolean;
  readonly sourceBranch?: string | undefined;
  /** The branch that it is to be merged into; absent when that is gone. */
  readonly targetBranch?: string | undefined;
  /** Tip of that branch, shortened; absent when it is gone. */
  readonly targetHash?: string | undefined;
  /** Bitbucket's project that the repository is in now, without braces. */
  readonly bitbucketProjectUuid?: string | undefined;
  /** ISO 8601. Later than or equal to the push of the head, as comments move it as well. */
  readonly updatedAt?: string | undefined;
}

/** The head commit as the app knows it. */
export interface Head {
  /** Full hash, or the short one until it was expanded. */
  readonly hash: string;
  /** ISO 8601: the head was pushed at this time or before. */
  readonly since: string;
}
