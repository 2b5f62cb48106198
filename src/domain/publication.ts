import type { PullRequestIdentity } from './identifiers';

/** A Code Insights report as it is written to a commit. */
export interface Report {
  readonly title: string;
  readonly details: string;
  readonly result: 'PASSED' | 'FAILED' | 'PENDING';
  /** https, with a host that Bitbucket takes; absent when there is none. */
  readonly link?: string | undefined;
  /** At most ten. */
  readonly data: readonly ReportField[];
}

export type ReportField = { readonly title: string } & (
  | { readonly type: 'NUMBER' | 'PERCENTAGE' | 'DATE'; readonly value: number }
  | { readonly type: 'TEXT'; readonly value: string }
  | { readonly type: 'LINK'; readonly value: { readonly text: string; readonly href: string } }
);

/** One line of a report. */
export interface Annotation {
  /** Follows from the issue alone, so that writing it again replaces it. */
  readonly externalId: string;
  readonly kind: 'BUG' | 'VULNERABILITY' | 'CODE_SMELL';
  readonly severity: 'CRITICAL' | 'HIGH' | 'MEDIUM' | 'LOW';
  readonly summary: string;
  readonly path?: string | undefined;
  /** 1-based; absent for the whole file. */
  readonly line?: number | undefined;
  readonly link?: string | undefined;
}

export interface BuildStatus {
  /** At most 40 characters, the same for a pull request and project for good. */
  readonly key: string;
  readonly state: 'SUCCESSFUL' | 'FAILED' | 'INPROGRESS' | 'STOPPED';
  readonly name: string;
  readonly description: string;
  readonly url: string;
  /** The source branch, which ties it to the pull request. */
  readonly refname: string;
}

/** What is to be on Bitbucket for one project and the head commit. */
export interface DesiredPublication {
  readonly connectionId: string;
  readonly projectKey: string;
  readonly reportId: string;
  /** Absent when no report is to be written. */
  readonly report?: Report | undefined;
  readonly annotations: readonly Annotation[];
  readonly buildStatus?: BuildStatus | undefined;
}

/** What was last written to Bitbucket for one project on one commit of a pull request. */
export interface Publication extends PullRequestIdentity {
  readonly connectionId: string;
  readonly projectKey: string;
  /** Counts the writes of the record. */
  readonly sequence: number;
  /** Full hash. */
  readonly commit: string;
  /** `writing` from before the first call until after the last one: what is on Bitbucket is one of the two then. */
  readonly state: 'writing' | 'written';
  /** Absent while no report was written to this commit. */
  readonly reportDigest?: string | undefined;
  /** Digest by external id of every annotation that may be on Bitbucket. */
  readonly annotations: Readonly<Record<string, string>>;
  readonly buildStatus?:
    | {
        readonly key: string;
        readonly state: BuildStatus['state'];
        readonly refname: string;
        readonly url: string;
        readonly name: string;
        readonly digest: string;
      }
    | undefined;
  /** ISO 8601. */
  readonly at: string;
}
