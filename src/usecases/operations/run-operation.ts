import type { OperationKind } from '../../contracts/operations';
import { bitbucketCredential } from '../../domain/call-budget';
import type { Operation } from '../../domain/operation';
import type { CallMeter } from '../../domain/ports/call-budget';
import type { Clock } from '../../domain/ports/clock';
import type { OperationQueue } from '../../domain/ports/messaging';
import type { Randomness } from '../../domain/ports/randomness';
import type { LeaseStore, OperationStore } from '../../domain/ports/stores';
import { RemoteError } from '../../errors/remote-errors';
import type { ChargeCalls } from '../charge-calls';
import type { CallBudget } from '../call-budget';

/** What a stretch of work came to. */
export interface Progress {
  readonly operation: Operation;
  /** `end` when nothing is left to do; a pause lets listings catch up. */
  readonly next: 'goOn' | 'pause' | 'end';
  /** How long a pause is to be, where something else than a listing is waited for. */
  readonly pauseSeconds?: number | undefined;
}

export interface StretchContext {
  readonly workspaceUuid: string;
  /** Saves how far it is. `undefined` when it was cancelled in the meantime, or another run has it: then stop. */
  save(operation: Operation): Promise<Operation | undefined>;
  isCancelled(): Promise<boolean>;
  /** Tells the budget of calls of a failure that the stretch goes on without. */
  readonly noteFailure: (error: RemoteError) => void;
}

/** Does some tens of seconds of an operation, and may be killed anywhere. */
export type Stretch = (
  operation: Operation,
  context: StretchContext,
) => Promise<Progress | undefined>;

export interface RunOperationOptions {
  readonly operations: OperationStore;
  readonly operationQueue: OperationQueue;
  readonly leases: LeaseStore;
  readonly randomness: Randomness;
  readonly clock: Clock;
  readonly stretches: Readonly<Record<OperationKind, Stretch>>;
  readonly budget: CallBudget;
  readonly meter: CallMeter;
  readonly chargeCalls: ChargeCalls;
}

export type RunOperation = (
  operationId: string,
  workspaceUuid: string,
) => Promise<{ readonly kind: 'done' } | { readonly kind: 'retry'; readonly afterSeconds: number }>;

const leaseMs = 60_000;
const usualPauseSeconds = 5;
/** Shorter than what the platform allows, and than what a lost message is woken after. */
const longestPauseSeconds = 540;
/** Calls of one stretch on Bitbucket. What the others do there goes through jobs, which ask for themselves. */
const usualCalls: Partial<Readonly<Record<OperationKind, number>>> = {
  reconcile: 20,
  takeOver: 25,
  planImport: 5,
  import: 1,
};
/** What nobody waits for leaves the calls of its server to others, when those run short. */
const heedsServer: ReadonlySet<OperationKind> = new Set(['planImport', 'import']);

/**
 * One stretch of an operation, and the message for the next. Messages come at least once and any run may be killed, so
 * one run at a time has the operation, and each stretch begins with what the stores say.
 */
export function createRunOperation(options: RunOperationOptions): RunOperation {
  const { operations, operationQueue, leases, randomness, clock, stretches } = options;
  const { budget, meter, chargeCalls } = options;

  async function save(operation: Operation): Promise<Operation | undefined> {
    const renewedAt = new Date(clock.nowMs()).toISOString();
    const next = { ...operation, sequence: operation.sequence + 1, renewedAt };
    return (await operations.save(next, operation.sequence)) ? next : undefined;
  }

  /** Seconds until the next stretch is to be asked for; `undefined` when there is none. */
  async function run(operation: Operation, workspaceUuid: string): Promise<number | undefined> {
    const { kind, connectionId } = operation;
    const calls = usualCalls[kind] ?? 0;
    const demands = [
      ...(calls > 0 ? [{ credential: bitbucketCredential, calls }] : []),
      ...(heedsServer.has(kind) && connectionId !== undefined
        ? [{ credential: connectionId, calls: 1 }]
        : []),
    ];
    const refusal = await budget.admit(demands, true);
    if (refusal) {
      await save({ ...operation, isWaiting: true });
      return Math.min(refusal.waitSeconds, longestPauseSeconds);
    }
    const before = meter.count(bitbucketCredential);
    let failure: unknown;
    const noteFailure = (error: unknown) => {
      const isBitbucket = error instanceof RemoteError && error.call.service === 'bitbucket';
      if (isBitbucket) failure = error;
    };
    try {
      return await chargeCalls(
        () => goOn({ ...operation, isWaiting: false }, workspaceUuid, noteFailure),
        demands,
      );
    } catch (error) {
      noteFailure(error);
      throw error;
    } finally {
      // Without a call nothing is known of Bitbucket.
      const made = meter.count(bitbucketCredential) - before;
      if (made > 0) await budget.note(bitbucketCredential, failure);
    }
  }

  async function goOn(
    operation: Operation,
    workspaceUuid: string,
    noteFailure: StretchContext['noteFailure'],
  ): Promise<number | undefined> {
    const isCancelled = async () =>
      (await operations.find(operation.operationId))?.state === 'cancelled';
    const context = { workspaceUuid, save, isCancelled, noteFailure };
    const progress = await stretches[operation.kind](operation, context);
    if (!progress || progress.next === 'end') return undefined;
    const { next, pauseSeconds = usualPauseSeconds } = progress;
    return next === 'pause' ? Math.min(pauseSeconds, longestPauseSeconds) : 0;
  }

  return async (operationId, workspaceUuid) => {
    const holder = randomness.uuid();
    const lease = `operation:${operationId}`;
    const claim = await leases.claim(lease, holder, leaseMs);
    if (!claim.isClaimed) {
      // Whoever has it may have been killed: this message comes again when the lease has ended.
      const leftMs = (claim.expiresAtMs ?? clock.nowMs()) - clock.nowMs();
      return { kind: 'retry', afterSeconds: Math.max(1, Math.ceil(leftMs / 1000)) };
    }
    let nextSeconds: number | undefined;
    try {
      const operation = await operations.find(operationId);
      if (operation?.state === 'running') nextSeconds = await run(operation, workspaceUuid);
    } finally {
      await leases.release(lease, holder);
    }
    // Only now: a message that comes while the lease is held waits until that would have ended.
    if (nextSeconds !== undefined) await operationQueue.push(operationId, nextSeconds);
    return { kind: 'done' };
  };
}
