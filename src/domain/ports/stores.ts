import type { Issue } from '../../contracts/verdict';
import type { Binding } from '../binding';
import type { Connection } from '../connection';
import type { PullRequestIdentity } from '../identifiers';
import type { StoredIssues, VerdictRecord } from '../project-truth';

/** Stored verdicts, one record for each pull request. */
export interface VerdictStore {
  find(identity: PullRequestIdentity): Promise<VerdictRecord | undefined>;
  /**
   * Writes the record when the stored one still has the expected sequence (`undefined`: when there is none), so that an
   * older reading never overwrites a newer one. False: somebody else was first and nothing was written.
   */
  save(record: VerdictRecord, expectedSequence: number | undefined): Promise<boolean>;
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

export interface BindingStore {
  find(repositoryUuid: string): Promise<Binding | undefined>;
  save(binding: Binding): Promise<void>;
  /** Claims a project for a repository. False when it belongs to another one. */
  claimProject(connectionId: string, projectKey: string, repositoryUuid: string): Promise<boolean>;
  findRepository(connectionId: string, projectKey: string): Promise<string | undefined>;
}

export interface ConnectionStore {
  find(connectionId: string): Promise<Connection | undefined>;
  save(connection: Connection): Promise<void>;
  /** The id that belongs to this server and organization: the proposed one for the first who claims it. */
  claimId(
    address: Pick<Connection, 'url' | 'organizationKey'>,
    proposedId: string,
  ): Promise<string>;
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
  findToken(connectionId: string): Promise<string | undefined>;
  saveToken(connectionId: string, token: string): Promise<void>;
  findWebhookSecrets(connectionId: string): Promise<WebhookSecrets | undefined>;
  saveWebhookSecrets(connectionId: string, secrets: WebhookSecrets): Promise<void>;
}

/** Signatures that were accepted, so that a repeated delivery is noticed. */
export interface DeliveryLog {
  /** False when this signature was accepted before. */
  claim(connectionId: string, signature: string): Promise<boolean>;
  /** Takes a claim back, so that the sender may try again. */
  forget(connectionId: string, signature: string): Promise<void>;
}
