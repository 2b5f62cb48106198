import type { AnalysisTask, Issue, Measures } from '../../contracts/verdict';
import type { BranchOnServer } from '../branch-truth';
import type { ServerAccess } from '../connection';
import type { QualityGate } from '../quality-gate';

export interface PullRequestOnServer {
  readonly projectKey: string;
  readonly pullRequestId: number;
  /** The commit that a verdict is wanted for. Servers know what they analysed; only the demo takes it from here. */
  readonly headHash?: string | undefined;
}

/** A pull request as the server lists it. */
export interface ListedPullRequest {
  readonly key: string;
  /** The server's own word for its gate. */
  readonly gateStatus?: string | undefined;
  /** ISO 8601; absent when it was never analysed. */
  readonly analysedAt?: string | undefined;
  /** Only SonarQube Cloud reports it. */
  readonly commit?: string | undefined;
}

export interface IssueList {
  readonly issues: readonly Issue[];
  /** The server's total, which may be larger than the list. */
  readonly total: number;
  /** The server counts no further than this total. */
  readonly isCapped: boolean;
}

export interface Webhook {
  readonly key: string;
  readonly name: string;
  readonly url: string;
  readonly hasSecret: boolean;
}

export interface WebhookInput {
  readonly name: string;
  readonly url: string;
  readonly secret: string;
}

/** A project as the server lists it. */
export interface ListedProject {
  readonly projectKey: string;
  readonly name: string;
  readonly visibility?: 'public' | 'private' | undefined;
  /** ISO 8601; absent when it was never analysed. */
  readonly lastAnalysisAt?: string | undefined;
}

/** What the server tells of one project; absent members are not told. */
export interface FoundProject {
  readonly name?: string | undefined;
  readonly visibility?: 'public' | 'private' | undefined;
}

export interface ProjectSearch {
  /** Part of a name or a whole key; empty for all. */
  readonly query: string;
  /** The first is 1. */
  readonly page: number;
  readonly pageSize: number;
}

/** Somebody on the server, by the name that people know. */
export interface ServerAccount {
  readonly name: string;
}

export interface ServerStatus {
  readonly version: string;
  /** Not while the server starts, migrates its database or is down: then it answers nothing else. */
  readonly isUp: boolean;
}

/** One analysis server. Every operation throws a `RemoteError` when the server cannot tell. */
export interface AnalysisServer {
  /** The account that the token belongs to; `undefined` when the token is not good. */
  findAccount(): Promise<ServerAccount | undefined>;
  /** `undefined` on SonarQube Cloud, which has neither versions nor a state. */
  findStatus(): Promise<ServerStatus | undefined>;
  /** `undefined` when there is none, or the token may not see it. */
  findProject(projectKey: string): Promise<FoundProject | undefined>;
  /** Projects that the token may see, by name. */
  searchProjects(
    search: ProjectSearch,
  ): Promise<{ readonly projects: readonly ListedProject[]; readonly total: number }>;
  /** `undefined` when project or pull request is not known. */
  findGate(target: PullRequestOnServer): Promise<QualityGate | undefined>;
  /** `undefined` when the project is not known or the edition has no pull requests. */
  listPullRequests(projectKey: string): Promise<readonly ListedPullRequest[] | undefined>;
  /** The queued, running or newest ended task of this pull request, when the server still shows it. */
  findTask(target: PullRequestOnServer): Promise<AnalysisTask | undefined>;
  readMeasures(target: PullRequestOnServer): Promise<Measures>;
  /** Gate and values of the main branch; `undefined` when the project is not known. */
  readMainBranch(
    projectKey: string,
    metricKeys: readonly string[],
  ): Promise<BranchOnServer | undefined>;
  /** Open issues, worst first, at most 1,000: one call for up to 500, two for more. */
  listIssues(target: PullRequestOnServer): Promise<IssueList>;
  /** Hotspots that wait for a review, at most one page of 500. */
  listHotspots(target: PullRequestOnServer): Promise<IssueList>;
  /** Those of the organization, or the global ones of a Server. */
  listWebhooks(): Promise<readonly Webhook[]>;
  createWebhook(input: WebhookInput): Promise<void>;
  updateWebhook(key: string, input: WebhookInput): Promise<void>;
  deleteWebhook(key: string): Promise<void>;
}

/** Opens a server with its token; nothing is called before an operation is. */
export type OpenServer = (access: ServerAccess) => AnalysisServer;
