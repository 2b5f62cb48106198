import type { AuditEntry } from '../../contracts/audit';
import type { Finding, FindingCode } from '../../contracts/health';
import type { OrganizationDraft } from '../../contracts/organizations';
import type { LevelSettings } from '../../contracts/settings';
import type { Issue } from '../../contracts/verdict';
import type { Binding, ProjectAddress, ProjectClaim } from '../binding';
import type { Connection, StoredToken } from '../connection';
import type { Operation } from '../operation';
import type { PullRequestIdentity } from '../identifiers';
import type { StoredIssues, VerdictRecord } from '../project-truth';

export interface DueVerdict extends PullRequestIdentity {
  readonly dueAtMs: number;
  /** Closed long ago: there is nothing to read, and something to forget. */
  readonly isRetired: boolean;
}

/** Stored verdicts, one record for each pull request. */
export interface VerdictStore {
  find(identity: PullRequestIdentity): Promise<VerdictRecord | undefined>;
  /**
   * Writes the record when the stored one still has the expected sequence (`undefined`: when there is none), so that an
   * older reading never overwrites a newer one. False: somebody else was first and nothing was written.
   */
  save(record: VerdictRecord, expectedSequence: number | undefined): Promise<boolean>;
  /** Deletes the record; safe to repeat. */
  remove(identity: PullRequestIdentity): Promise<void>;
  /** Pull requests of a repository with a stored verdict; what was written in the last seconds may miss. */
  listByRepository(repositoryUuid: string, page: PageRequest): Promise<Page<PullRequestIdentity>>;
  /** Those that want to be looked at soonest, with the time in epoch milliseconds; what was written in the last seconds may miss. */
  listDue(limit: number): Promise<readonly DueVerdict[]>;
  /** Some stored verdicts, in no order that means anything. */
  listSome(limit: number): Promise<readonly VerdictRecord[]>;
}

export interface IssueAddress extends PullRequestIdentity {
  readonly connectionId: string;
  readonly projectKey: string;
}

/** Issues that do not fit into the record. */
export interface IssueStore {
  /** Writes into the slot that `current` does not use, and answers what the record has to name. */
  save(
    address: IssueAddress,
    issues: readonly Issue[],
    current: StoredIssues | undefined,
  ): Promise<StoredIssues>;
  /** `undefined` when the slot is being rewritten at this moment. */
  find(address: IssueAddress, stored: StoredIssues): Promise<readonly Issue[] | undefined>;
  /** Deletes every stored issue of a pull request; safe to repeat. */
  removeAll(identity: PullRequestIdentity): Promise<void>;
}

export type Claim =
  | { readonly isClaimed: true }
  /** Epoch milliseconds at which the other holder's lease ends; absent when it ended in between. */
  | { readonly isClaimed: false; readonly expiresAtMs?: number | undefined };

/** Leases across invocations: of several that claim a name at once, one gets it. */
export interface LeaseStore {
  claim(name: string, holder: string, durationMs: number): Promise<Claim>;
  /** Whether this is the first ask for the name in the present stretch of so many milliseconds; one call of the store. */
  isFirstIn(name: string, durationMs: number): Promise<boolean>;
  /** Gives a lease back before its end, when it is still the holder's own. */
  release(name: string, holder: string): Promise<void>;
}

export interface PageRequest {
  /** At most 100. */
  readonly limit: number;
  readonly cursor?: string | undefined;
}

export interface Page<T> {
  readonly items: readonly T[];
  /** Absent at the end. Short-lived: not to be kept for more than minutes. */
  readonly nextCursor?: string | undefined;
}

export interface BindingStore {
  find(repositoryUuid: string): Promise<Binding | undefined>;
  /**
   * Writes the binding when the stored one has the expected sequence (`undefined`: when there is none); one without
   * projects is removed. False: somebody else was first and nothing was written.
   */
  save(binding: Binding, expectedSequence: number | undefined): Promise<boolean>;
  /** Every binding; what was written in the last seconds may miss. */
  list(page: PageRequest): Promise<Page<Binding>>;
  findClaim(project: ProjectAddress): Promise<ProjectClaim | undefined>;
  /** False when the project is claimed, by whomever. */
  addClaim(claim: ProjectClaim): Promise<boolean>;
  /** Puts the claim in the place of the one with this id. False when that one is not there any more. */
  replaceClaim(claim: ProjectClaim, expectedClaimId: string): Promise<boolean>;
  /** Removes the claim with this id; safe to repeat. */
  removeClaim(claim: Omit<ProjectClaim, 'repositoryUuid'>): Promise<void>;
  /** The claims of a connection by repository; what was written in the last seconds may miss. */
  listClaims(connectionId: string, page: PageRequest): Promise<Page<ProjectClaim>>;
  /** The claims of every connection, in no order that means anything; what was written in the last seconds may miss. */
  listAllClaims(page: PageRequest): Promise<Page<ProjectClaim>>;
}

export interface ConnectionStore {
  find(connectionId: string): Promise<Connection | undefined>;
  /** False when the id or the name (whatever its case) is taken; then nothing was written. */
  add(connection: Connection): Promise<boolean>;
  /** Writes over the record with this sequence. False when somebody was first, or the name is another connection's. */
  replace(connection: Connection, expectedSequence: number): Promise<boolean>;
  /** Removes the record and the claim of its name; safe to repeat. */
  remove(connection: Pick<Connection, 'connectionId' | 'name'>): Promise<void>;
  /** At most 100; what was added in the last seconds may miss. */
  list(): Promise<readonly Connection[]>;
}

export interface KeptDraft {
  readonly draft: OrganizationDraft;
  readonly savedAtMs: number;
}

/** What people are in the middle of entering, by account and connection. */
export interface DraftStore {
  find(accountId: string, connectionId: string): Promise<KeptDraft | undefined>;
  save(
    accountId: string,
    connectionId: string,
    draft: KeptDraft,
    ttlSeconds: number,
  ): Promise<void>;
  /** Safe to repeat. */
  remove(accountId: string, connectionId: string): Promise<void>;
  /** Connections with a draft of the account, at most 100; what was written in the last seconds may miss. */
  list(accountId: string): Promise<readonly string[]>;
}

/** A level of settings; UUIDs are without braces. */
export type SettingsPlace =
  | { readonly level: 'workspace' }
  | { readonly level: 'project' | 'repository'; readonly uuid: string };

export interface StoredSettings {
  readonly sequence: number;
  readonly own: LevelSettings;
}

/** Whether Bitbucket runs the merge check, which no call tells. */
export interface MergeCheckSeen {
  /** Epoch milliseconds of the last run; absent when there was none. */
  readonly ranAtMs?: number | undefined;
  /** Pushes to pull requests since then, as far as they are counted. */
  readonly missed: number;
}

/** What each level says, and when the merge check ran. */
export interface SettingsStore {
  find(place: SettingsPlace): Promise<StoredSettings | undefined>;
  /** As in `BindingStore.save`. */
  save(
    place: SettingsPlace,
    settings: StoredSettings,
    expectedSequence: number | undefined,
  ): Promise<boolean>;
  /** With what is known of the place's merge check; safe to repeat. */
  remove(place: SettingsPlace): Promise<void>;
  /** Of a repository by its UUID, or of all of them together under `workspace`. */
  findMergeCheck(place: string): Promise<MergeCheckSeen>;
  /** Answers how many pushes of the workspace had come without a run before. */
  noteMergeCheckRun(repositoryUuid: string, atMs: number): Promise<number>;
  /** A push to a pull request came. Answers how many of the workspace came since the last run. */
  noteMergeCheckMissed(repositoryUuid: string): Promise<number>;
}

export interface OperationStore {
  find(operationId: string): Promise<Operation | undefined>;
  /** As in `BindingStore.save`. */
  save(operation: Operation, expectedSequence: number | undefined): Promise<boolean>;
  /** Those in this state, newest first; what was written in the last seconds may miss. */
  listByState(state: Operation['state'], limit: number): Promise<readonly Operation[]>;
}

/** Findings; one for each code and subject. */
export interface FindingStore {
  /** Adds it, or renews `lastSeenAt` and texts of the one that is there and keeps its `since`. */
  report(finding: FindingDraft): Promise<void>;
  /** Renews `lastSeenAt` of the one that is there, if there is one. */
  touch(code: FindingCode, subjectId: string): Promise<void>;
  /** Removes it; safe to repeat. */
  clear(code: FindingCode, subjectId: string): Promise<void>;
  find(findingId: string): Promise<Finding | undefined>;
  /** Newest first; what was written in the last seconds may miss. */
  list(page: PageRequest): Promise<Page<Finding>>;
}

export type FindingDraft = Omit<Finding, 'findingId' | 'since' | 'lastSeenAt'>;

export interface AuditFilter {
  readonly actor?: string | undefined;
  readonly action?: string | undefined;
  readonly subjectId?: string | undefined;
}

/** Entries are added and read, never changed. */
export interface AuditLog {
  append(entry: AuditEntry): Promise<void>;
  /** Newest first; a page may be short or empty and still have a next one. What was written in the last seconds may miss. */
  list(filter: AuditFilter, page: PageRequest): Promise<Page<AuditEntry>>;
}

/** Secrets with which the server signs its messages. */
export interface WebhookSecrets {
  readonly current: string;
  /** Not known to be at work on the server yet. */
  readonly next?: string | undefined;
  readonly previous?: { readonly secret: string; readonly validUntilMs: number } | undefined;
}

/** The only place of credentials. */
export interface SecretStore {
  findToken(connectionId: string): Promise<StoredToken | undefined>;
  saveToken(connectionId: string, token: StoredToken): Promise<void>;
  /** Deletes the token and the secrets of the webhook; safe to repeat. */
  removeAll(connectionId: string): Promise<void>;
  findWebhookSecrets(connectionId: string): Promise<WebhookSecrets | undefined>;
  saveWebhookSecrets(connectionId: string, secrets: WebhookSecrets): Promise<void>;
}

/** How the messages of a server stand. Times are epoch milliseconds. */
export interface WebhookSeen {
  readonly state?: 'there' | 'unavailable' | undefined;
  readonly lastMessageAtMs?: number | undefined;
}

/** Signatures that were accepted, so that a repeated delivery is noticed. */
export interface DeliveryLog {
  /** False when this signature was accepted before. */
  claim(connectionId: string, signature: string): Promise<boolean>;
  /** What is known of the webhook of a connection. */
  findWebhook(connectionId: string): Promise<WebhookSeen>;
  /** Adds to what is known; safe to repeat. */
  noteWebhook(connectionId: string, seen: WebhookSeen): Promise<void>;
  removeWebhook(connectionId: string): Promise<void>;
  /** Takes a claim back, so that the sender may try again. */
  forget(connectionId: string, signature: string): Promise<void>;
}
