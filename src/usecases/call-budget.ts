import {
  admit,
  bitbucketCredential,
  noCalls,
  withCalls,
  withFailure,
  withSuccess,
  type CallRecord,
  type Credential,
} from '../domain/call-budget';
import type { CallMeter, CallRecordStore } from '../domain/ports/call-budget';
import type { Clock } from '../domain/ports/clock';
import type { Log } from '../domain/ports/log';
import type { Randomness } from '../domain/ports/randomness';
import type { ConnectionStore } from '../domain/ports/stores';
import {
  RemoteError,
  RemoteRateLimitedError,
  RemoteUnavailableError,
} from '../errors/remote-errors';

export interface CallBudgetOptions {
  readonly callRecords: CallRecordStore;
  readonly connections: Pick<ConnectionStore, 'find'>;
  readonly meter: CallMeter;
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly log: Log;
}

export interface Demand {
  readonly credential: Credential;
  readonly calls: number;
}

/** One budget of calls for each credential, shared by everything that the app does in the queue. */
export interface CallBudget {
  /** `undefined` when the calls may be made; they are counted then. Otherwise how long to wait. */
  admit(
    demands: readonly Demand[],
    isBackground: boolean,
  ): Promise<{ readonly waitSeconds: number } | undefined>;
  /** Whether nobody should call now: epoch milliseconds of the next try. One read. */
  findClosedUntil(credential: Credential): Promise<number | undefined>;
  /** Notes calls beyond what was asked for, with the limit that Bitbucket named. */
  charge(credential: Credential, calls: number): Promise<void>;
  /** Notes how a call ended, when that is worth a note. What is wrong with the record keeps no work from being done. */
  note(credential: Credential, error: unknown): Promise<void>;
}

const mostTries = 4;
/** When the record is in demand, the next try comes after a few seconds, not all at once. */
const contendedSeconds = 3;

export function createCallBudget(options: CallBudgetOptions): CallBudget {
  const { callRecords, connections, meter, clock, randomness, log } = options;

  /** Changes the record on top of whatever is stored. False when others are first again and again. */
  async function change(
    credential: Credential,
    next: (record: CallRecord) => CallRecord | undefined,
  ): Promise<boolean> {
    for (let tries = 0; tries < mostTries; tries += 1) {
      const stored = await callRecords.find(credential);
      // The last calls on a connection are those that remove it: they leave no record behind.
      if (!stored && !(await isKnown(credential))) return true;
      const record = stored ?? noCalls;
      const changed = next(record);
      if (!changed || changed === record) return true;
      const sequence = record.sequence + 1;
      if (await callRecords.save(credential, { ...changed, sequence }, stored?.sequence))
        return true;
    }
    return false;
  }

  async function isKnown(credential: Credential): Promise<boolean> {
    return credential === bitbucketCredential || (await connections.find(credential)) !== undefined;
  }

  /** From 0 to 1, out of the only source of chance that there is. */
  function chance(): number {
    return Number.parseInt(randomness.uuid().slice(-6), 16) / 0xff_ff_ff;
  }

  return {
    async admit(demands, isBackground) {
      const admitted: Demand[] = [];
      for (const demand of demands) {
        const { credential, calls } = demand;
        let waitMs: number | undefined;
        const isSaved = await change(credential, (record) => {
          const nowMs = clock.nowMs();
          const admission = admit(credential, record, { calls, isBackground, nowMs });
          waitMs = admission.isAdmitted ? undefined : admission.waitMs;
          return admission.isAdmitted ? admission.record : undefined;
        });
        if (isSaved && waitMs === undefined) {
          admitted.push(demand);
          continue;
        }
        // What was counted for nothing is given back.
        for (const { credential: earlier, calls: count } of admitted) {
          await change(earlier, (record) => withCalls(record, -count, clock.nowMs()));
        }
        const seconds = waitMs === undefined ? contendedSeconds : Math.ceil(waitMs / 1000);
        return { waitSeconds: Math.max(1, Math.round(seconds * (1 + 0.1 * chance()))) };
      }
      return undefined;
    },

    async findClosedUntil(credential) {
      const untilMs = (await callRecords.find(credential))?.closedUntilMs;
      return untilMs !== undefined && clock.nowMs() < untilMs ? untilMs : undefined;
    },

    async charge(credential, calls) {
      const limit = credential === bitbucketCredential ? meter.limit() : undefined;
      await quietly(
        change(credential, (record) => {
          const isKnown = limit === undefined || limit === record.limit;
          if (calls <= 0 && isKnown) return undefined;
          const counted = calls > 0 ? withCalls(record, calls, clock.nowMs()) : record;
          return isKnown ? counted : { ...counted, limit };
        }),
      );
    },

    async note(credential, error) {
      const isFailure =
        error instanceof RemoteRateLimitedError || error instanceof RemoteUnavailableError;
      if (error !== undefined && !isFailure) {
        // Any other answer is one: the service is there.
        if (!(error instanceof RemoteError)) return;
      }
      await quietly(
        change(credential, (record) =>
          isFailure
            ? withFailure(record, {
                isRateLimit: error instanceof RemoteRateLimitedError,
                retryAfterSeconds: error.retryAfterSeconds,
                chance: chance(),
                nowMs: clock.nowMs(),
              })
            : withSuccess(record),
        ),
      );
    },
  };

  async function quietly(work: Promise<unknown>): Promise<void> {
    await work.catch((cause: unknown) => log.error('calls could not be counted', cause));
  }
}
