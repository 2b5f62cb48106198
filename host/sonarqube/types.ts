import type { HostClock } from '../clock';
import type { HostDatabase } from '../database';
import type { Neighbour } from '../neighbour';
import type {
  BoundPlatform,
  BoundRepository,
  DevOpsPlatformSeed,
  OrganizationBinding,
  OrganizationSeed,
  ProjectBindingRecord,
  ProjectSeed,
  UserSeed,
  WriteRecord,
} from './seeds';
import type { SystemStatus } from './settings';

export interface SonarQubeOptions {
  readonly database: HostDatabase;
  readonly clock: HostClock;
  /** `cloud`: organizations, commit in the pull request list. `server`: editions, no commit in the list. */
  readonly flavour: 'cloud' | 'server';
  /** For `server`; `community` has no pull request analysis. */
  readonly edition?: 'community' | 'developer' | 'enterprise' | 'datacenter';
  readonly version?: string;
  /** Of `cloud`; without it there is one, `DEFAULT_ORGANIZATION`. */
  readonly organizations?: readonly OrganizationSeed[];
  /** Keeps the state of one of several servers in the database apart: letters and digits. */
  readonly instance?: string;
  /** What a DevOps platform lists to Cloud; `undefined` where there is no such workspace. */
  readonly repositoriesOf?: (
    platform: BoundPlatform,
    workspace: string,
  ) => readonly BoundRepository[] | undefined;
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
  /**
   * Default `user`: everything that its user may do. The others may read gates and report an analysis, but list no issues:
   * `analysis` everywhere, `project-analysis` on its `projects`, `organization` (Cloud, scoped) in its organization.
   */
  readonly kind?: 'user' | 'analysis' | 'project-analysis' | 'organization';
  /** Login of a user who was added; absent means the built-in one, who may do everything. */
  readonly user?: string;
  /** For `organization`. */
  readonly organization?: string;
  /** The only projects that the token may see; absent means all. */
  readonly projects?: readonly string[];
  /** Host time in epoch milliseconds; absent means never. */
  readonly expiresAt?: number;
}

/** SonarQube on one machine: its Web API over a real analysis. Request URLs carry the public base URL. */
export interface SonarQubeStandIn extends Neighbour {
  readonly baseUrl: string;
  /** Where Cloud has its newer operations, such as `https://api.sonarcloud.io`; a Server has none. */
  readonly apiBaseUrl: string | undefined;
  readonly users: UserSeeds;
  readonly organizations: OrganizationSeeds;
  readonly projects: ProjectSeeds;
  readonly platforms: DevOpsPlatformSeeds;
  readonly bindings: BindingSeeds;
  /** What was asked to be written since the start or the last `clearWrites`, refused requests included. */
  writes(): readonly WriteRecord[];
  clearWrites(): void;
  /** The webhooks of every scope. */
  webhooks(): readonly WebhookRecord[];
  setStatus(status: SystemStatus): void;
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
  /** The same for the main branch: all of its code is analysed. Answers the id of the background task. */
  submitMainBranch(input: {
    projectKey: string;
    repositoryPath: string;
    branch: string;
    headCommit: string;
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

/** The people of a server beside the built-in one. */
export interface UserSeeds {
  /** Adds a person, or gives a known one these permissions in place of all others. */
  add(user: UserSeed): void;
}

/** The organizations of Cloud, as somebody in its pages would change them. */
export interface OrganizationSeeds {
  /** @throws Error when the key is taken. */
  add(organization: OrganizationSeed): void;
  find(key: string): OrganizationSeed | undefined;
  list(): readonly OrganizationSeed[];
  update(key: string, changes: Partial<Omit<OrganizationSeed, 'key' | 'binding'>>): void;
  bind(key: string, binding: OrganizationBinding): void;
  unbind(key: string): void;
  /** Its projects go with it. */
  remove(key: string): void;
}

export interface ProjectSeeds {
  /** Adds them all in one step. @throws Error when a key is taken. */
  add(...projects: readonly ProjectSeed[]): void;
  has(key: string): boolean;
  remove(key: string): void;
  rename(from: string, to: string): void;
  setVisibility(key: string, visibility: 'public' | 'private'): void;
}

/** The DevOps platform records of a Server. */
export interface DevOpsPlatformSeeds {
  add(platform: DevOpsPlatformSeed): void;
  /** With its secret, as it was stored. */
  find(key: string): DevOpsPlatformSeed | undefined;
  list(): readonly DevOpsPlatformSeed[];
  /** What `validate` finds wrong from now on; none when it works. */
  setProblems(key: string, problems: readonly string[]): void;
  remove(key: string): void;
}

/** The projects' records of their repositories. */
export interface BindingSeeds {
  list(): readonly ProjectBindingRecord[];
  find(projectKey: string): ProjectBindingRecord | undefined;
  /** Puts a record there as if somebody else had. @throws Error without the project or the DevOps platform record. */
  set(binding: ProjectBindingRecord): void;
  remove(projectKey: string): void;
}

export interface WebhookRecord {
  readonly key: string;
  /** Null for one of an organization or of the whole server. */
  readonly projectKey: string | null;
  readonly organization: string | null;
  readonly name: string;
  readonly url: string;
}
