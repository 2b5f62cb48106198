import type { AnalysisTask, Issue, KnownFrom, Measures } from '../contracts/verdict';
import type { ChangedPaths } from './changed-paths';
import type { PullRequestIdentity } from './identifiers';
import type { Head } from './pull-request';
import type { QualityGate } from './quality-gate';

/** What the server has of a pull request. */
export type Presence =
  | 'analysed'
  /** The project exists, the pull request was never analysed or was cleaned up. */
  | 'noPullRequest'
  | 'noProject'
  /** The edition analyses no pull requests. */
  | 'noPullRequestAnalysis';

export interface Analysis {
  /** As the server or its signed message named it; absent when neither did. */
  readonly commit?: string | undefined;
  readonly commitSource?: 'server' | 'webhook' | undefined;
  /** Full hashes, asked of Bitbucket once for a commit that is not the head; empty when Bitbucket does not know it. */
  readonly parents?: readonly string[] | undefined;
  /** ISO 8601. */
  readonly at?: string | undefined;
}

/** Why the server cannot be asked, and when it may be asked again. Times are ISO 8601. */
export interface ServerFailure {
  readonly since: string;
  readonly message: string;
  readonly attempts: number;
  readonly retryAt: string;
}

/** The issues that did not fit into the record, written apart before the record that names them. */
export interface StoredIssues {
  readonly slot: 'a' | 'b';
  readonly chunks: number;
  /** Of the contents, so that a half-written slot is noticed. */
  readonly digest: string;
}

/** What one server last said of one project on one pull request: facts, from which a verdict is decided at each view. */
export interface ProjectTruth {
  readonly connectionId: string;
  readonly projectKey: string;
  /** Absent until the server answered once. */
  readonly presence?: Presence | undefined;
  readonly gate?: QualityGate | undefined;
  readonly analysis?: Analysis | undefined;
  readonly task?: AnalysisTask | undefined;
  readonly measures: Readonly<Measures>;
  /** The worst ones. */
  readonly issues: readonly Issue[];
  readonly issueCount: number;
  readonly issueCountCapped: boolean;
  readonly storedIssues?: StoredIssues | undefined;
  readonly dashboardUrl?: string | undefined;
  readonly failure?: ServerFailure | undefined;
  /** ISO 8601: when the server was last asked. */
  readonly checkedAt: string;
}

/** Everything that is stored about one pull request. */
export interface VerdictRecord extends PullRequestIdentity {
  /** Grows with each stored change. */
  readonly sequence: number;
  readonly head?: Head | undefined;
  readonly projects: readonly ProjectTruth[];
  readonly knownFrom: KnownFrom;
  /** What the head changes, where that is known. */
  readonly changes?: ChangedPaths | undefined;
  /** ISO 8601: since when the pull request is closed or gone, and nothing is read of it any more. */
  readonly retiredAt?: string | undefined;
  /** Pages that were switched off at the last reading; absent for none. */
  readonly hides?: readonly ('card' | 'panel')[] | undefined;
  /** The setting as it was at the last reading, so that a page needs no settings to show the verdict. */
  readonly insistOnCommit?: boolean | undefined;
}

const issuesInRecord = 30;

/** How many of the worst issues of each project a record keeps; more than these are stored apart. */
export function issuesKeptInRecord(projectCount: number): number {
  return Math.max(1, Math.floor(issuesInRecord / Math.max(1, projectCount)));
}
