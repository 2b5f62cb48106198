/** Whose calls are counted together: `bitbucket` for the app on Bitbucket, or the id of a connection. */
export type Credential = string;
export const bitbucketCredential: Credential = 'bitbucket';

/** What is known of the calls of one credential. */
export interface CallRecord {
  /** Counts the writes of the record; a write names the one it was made on. */
  readonly sequence: number;
  /** Calls of the last hour, in stretches of five minutes. */
  readonly slots: readonly { readonly startMs: number; readonly calls: number }[];
  /** Failures in a row. */
  readonly failures: number;
  /** Nobody calls before this time; after it one tries first. */
  readonly closedUntilMs?: number | undefined;
  /** Calls in an hour as the service says; absent where it does not. */
  readonly limit?: number | undefined;
}

export const noCalls: CallRecord = { sequence: 0, slots: [], failures: 0 };

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const slotMs = 5 * minuteMs;

/** Bitbucket's default, and what a server of one's own bears (bitbucket.md 7). */
const defaultLimits = { bitbucket: 1_000, server: 3_600 } as const;
/** Part of an hour's calls that is never planned for, as nobody counts exactly. */
const reserve = 0.1;
/** Work that nobody waits for leaves the rest to people. */
const backgroundShare = 0.6;

/** So many failures in a row close the circuit; a 429 does at once. */
export const failuresToClose = 5;
const firstCloseMs = 30_000;
const longestCloseMs = 15 * minuteMs;
/** A 429 without a time to wait. */
const rateLimitMs = 2 * minuteMs;
/** So long one caller may try before another does. */
const trialMs = minuteMs;

export function toLimit(credential: Credential, { limit }: CallRecord): number {
  const fallback =
    credential === bitbucketCredential ? defaultLimits.bitbucket : defaultLimits.server;
  return Math.floor((limit ?? fallback) * (1 - reserve));
}

/** A stretch counts until its last call is an hour old. */
function isCounted(startMs: number, nowMs: number): boolean {
  return startMs + slotMs > nowMs - hourMs;
}

/** Calls of the last hour. */
export function countCalls({ slots }: CallRecord, nowMs: number): number {
  return slots
    .filter(({ startMs }) => isCounted(startMs, nowMs))
    .reduce((sum, { calls }) => sum + calls, 0);
}

/** The record after so many more calls. */
export function withCalls(record: CallRecord, calls: number, nowMs: number): CallRecord {
  const startMs = Math.floor(nowMs / slotMs) * slotMs;
  const current = record.slots.find((slot) => slot.startMs === startMs);
  const others = record.slots.filter(
    (slot) => slot.startMs !== startMs && isCounted(slot.startMs, nowMs),
  );
  return { ...record, slots: [...others, { startMs, calls: (current?.calls ?? 0) + calls }] };
}

export type Admission =
  | { readonly isAdmitted: true; readonly record: CallRecord }
  | { readonly isAdmitted: false; readonly waitMs: number; readonly why: 'closed' | 'spent' };

/** Whether so many calls may be made now, and the record when they are. People's work may use what background leaves. */
export function admit(
  credential: Credential,
  record: CallRecord,
  wanted: { readonly calls: number; readonly isBackground: boolean; readonly nowMs: number },
): Admission {
  const { calls, isBackground, nowMs } = wanted;
  const { closedUntilMs } = record;
  // A server that is closed is a state of its verdicts, which the reader of them stores; nobody waits for it here.
  const heedsCircuit = credential === bitbucketCredential;
  if (heedsCircuit && closedUntilMs !== undefined && nowMs < closedUntilMs) {
    return { isAdmitted: false, waitMs: closedUntilMs - nowMs, why: 'closed' };
  }
  const limit = toLimit(credential, record) * (isBackground ? backgroundShare : 1);
  if (countCalls(record, nowMs) + calls > limit) {
    const oldestMs = Math.min(...record.slots.map(({ startMs }) => startMs), nowMs);
    return {
      isAdmitted: false,
      waitMs: Math.max(minuteMs, oldestMs + hourMs + slotMs - nowMs),
      why: 'spent',
    };
  }
  const counted = withCalls(record, calls, nowMs);
  // The first one after a pause tries for all.
  const trial =
    heedsCircuit && closedUntilMs !== undefined ? { closedUntilMs: nowMs + trialMs } : {};
  return { isAdmitted: true, record: { ...counted, ...trial } };
}

export type CallState = 'free' | 'backgroundWaits' | 'spent' | 'closed';

/** What the calls of a credential are like now. */
export function toCallState(credential: Credential, record: CallRecord, nowMs: number): CallState {
  const { closedUntilMs } = record;
  if (closedUntilMs !== undefined && nowMs < closedUntilMs) return 'closed';
  const part = countCalls(record, nowMs) / toLimit(credential, record);
  if (part >= 1) return 'spent';
  return part >= backgroundShare ? 'backgroundWaits' : 'free';
}

/** The record after a failure; `chance` is a number from 0 to 1 that keeps waiters apart. */
export function withFailure(
  record: CallRecord,
  failure: {
    readonly isRateLimit: boolean;
    readonly retryAfterSeconds?: number | undefined;
    readonly chance: number;
    readonly nowMs: number;
  },
): CallRecord {
  const { isRateLimit, retryAfterSeconds, chance, nowMs } = failure;
  const failures = record.failures + 1;
  const { closedUntilMs, ...open } = record;
  const isTrial = closedUntilMs !== undefined;
  if (!isRateLimit && !isTrial && failures < failuresToClose) return { ...open, failures };
  const growth = 2 ** Math.max(0, failures - failuresToClose);
  const ownMs = isRateLimit ? rateLimitMs : firstCloseMs * growth;
  const askedMs = (retryAfterSeconds ?? 0) * 1000;
  const waitMs = Math.min(longestCloseMs, Math.max(askedMs, ownMs)) * (1 + 0.2 * chance);
  return { ...open, failures, closedUntilMs: nowMs + Math.round(waitMs) };
}

/** The record after a success; the same one when there is nothing to note. */
export function withSuccess(record: CallRecord): CallRecord {
  if (record.failures === 0 && record.closedUntilMs === undefined) return record;
  const { closedUntilMs: _, ...open } = record;
  return { ...open, failures: 0 };
}
