import type { HostClock } from '../clock';
import type { HostDatabase } from '../database';
import type { Neighbour } from '../neighbour';

export interface SonarQubeOptions {
  readonly database: HostDatabase;
  readonly clock: HostClock;
  /** `cloud`: organizations, commit in the pull request list. `server`: editions, no commit in the list. */
  readonly flavour: 'cloud' | 'server';
  /** For `server`; `community` has no pull request analysis. */
  readonly edition?: 'community' | 'developer' | 'enterprise';
  readonly version?: string;
  /** Of `cloud`; without it there is one, `DEFAULT_ORGANIZATION`. */
  readonly organizations?: readonly { readonly key: string; readonly name: string }[];
  /** Public address, such as `https://sonarcloud.io`; links and webhooks name it. */
  readonly baseUrl: string;
  /** Posts a webhook; the host routes it to the app's web trigger. */
  readonly deliver: (
    url: string,
    request: { headers: Record<string, string>; body: string },
  ) => Promise<{ status: number }>;
  /** Runs one analysis; the host gives one that works in a worker with a time and memory limit. */
  readonly analyse: Analyse;
}

export interface AnalysisRequest {
  /** Folder of the git repository; only git objects are read, never its working tree, configuration or dependencies. */
  readonly repositoryPath: string;
  readonly headCommit: string;
  readonly baseCommit: string;
}

export interface AnalysedIssue {
  /** Stable for the same issue over runs on different commits. */
  readonly key: string;
  readonly rule: string;
  readonly kind: 'BUG' | 'VULNERABILITY' | 'CODE_SMELL' | 'SECURITY_HOTSPOT';
  readonly severity: 'BLOCKER' | 'CRITICAL' | 'MAJOR' | 'MINOR' | 'INFO';
  readonly message: string;
  readonly path: string;
  readonly line: number;
  readonly endLine: number;
  readonly startColumn: number;
  readonly endColumn: number;
}

export interface AnalysisResult {
  /** On changed lines only. */
  readonly issues: readonly AnalysedIssue[];
  readonly newLines: number;
  /** Absent when the commit has no coverage report or no changed line is coverable. */
  readonly coverage?: { readonly linesToCover: number; readonly coveredLines: number };
  readonly duplicatedLines: number;
  readonly filesAnalysed: number;
  /** Changed files that could not be analysed, with the reason: never counted as clean. */
  readonly filesNotAnalysed: readonly { readonly path: string; readonly reason: string }[];
  /** Changed files that are no part of the analysis: no analyser for their language, or excluded by their path. */
  readonly filesOutside?: readonly { readonly path: string; readonly reason: string }[];
  /** What else went wrong without stopping the analysis, in sentences. */
  readonly warnings?: readonly string[];
  /** Who wrote the head commit. */
  readonly author?: { readonly name: string; readonly email: string };
}

/** @throws Error with a sentence for people when the analysis as a whole failed (time, memory, unreadable repository). */
export type Analyse = (request: AnalysisRequest) => Promise<AnalysisResult>;

export interface TokenOptions {
  /** `analysis`: may read the gate and report an analysis, but list no issues. Default `user`: everything. */
  readonly kind?: 'user' | 'analysis';
  /** The only projects that the token may see; absent means all. */
  readonly projects?: readonly string[];
  /** Host time in epoch milliseconds; absent means never. */
  readonly expiresAt?: number;
}

/** SonarQube on one machine: its Web API over a real analysis. Request URLs carry the public base URL. */
export interface SonarQubeStandIn extends Neighbour {
  readonly baseUrl: string;
  /** Makes a token of a user who may do everything that the app needs, and answers it. */
  issueToken(name: string, options?: TokenOptions): string;
  revokeToken(token: string): void;
  /** What a scanner in a pipeline does at its end: hands the report in. Answers the id of the background task. */
  submit(input: {
    projectKey: string;
    repositoryPath: string;
    pullRequest: {
      key: string;
      title: string;
      branch: string;
      base: string;
      headCommit: string;
      baseCommit: string;
      /** Where people see it, as the DevOps platform's record says. */
      url?: string;
    };
  }): Promise<string>;
  /** Runs the queued tasks to their end, webhooks included. */
  idle(): Promise<void>;
  /** Holds the task queue back, so that PENDING can be seen. */
  pauseTasks(): void;
  resumeTasks(): void;
  /** Marks an issue as accepted or hotspot as safe, as a person would; the gate follows, and its webhook when it flips. */
  accept(projectKey: string, pullRequestKey: string, issueKey: string): Promise<void>;
  /** Switches flavour details at run time for tests: a Community Build has no pull request operations. */
  setEdition(edition: NonNullable<SonarQubeOptions['edition']>): void;
  /** Starts no further task and resolves when the running ones have ended; the database is not touched afterwards. */
  stop(): Promise<void>;
}
