import type { OperationView } from '../../contracts/operations';
import { toOperationView, type Operation } from '../../domain/operation';
import type { Clock } from '../../domain/ports/clock';
import type { OperationQueue } from '../../domain/ports/messaging';
import type { ConnectionStore, OperationStore } from '../../domain/ports/stores';
import { AppError } from '../../errors/app-error';
import { changeConnection } from '../connections/change-connection';

export interface ChangeOperationOptions {
  readonly operations: OperationStore;
  readonly connections: ConnectionStore;
  readonly operationQueue: OperationQueue;
  readonly clock: Clock;
}

export interface ChangedOperation {
  readonly before: Operation | undefined;
  readonly after: Operation;
}

/** What people do with operations. @throws {AppError} NOT_FOUND without one, CONFLICT when somebody was first. */
export interface ChangeOperation {
  view(operationId: string): Promise<OperationView>;
  /** Starts it, or answers the one that runs already: of two admins, both see the same. */
  start(
    draft: Pick<Operation, 'kind' | 'connectionId' | 'runId' | 'name' | 'startedBy' | 'total'>,
  ): Promise<ChangedOperation>;
  /** Stops it before its next project, and lets the connection be used again. */
  cancel(operationId: string): Promise<ChangedOperation>;
  /** Goes on with one that was cancelled or stopped. */
  resume(operationId: string): Promise<ChangedOperation>;
}

/** What marks its connection, so that nobody binds through it any more. */
const isOnItsWayOut: ReadonlySet<Operation['kind']> = new Set(['disconnect', 'unbindOrganization']);

export function createChangeOperation(options: ChangeOperationOptions): ChangeOperation {
  const { operations, connections, operationQueue, clock } = options;

  const now = () => new Date(clock.nowMs()).toISOString();

  async function require(operationId: string): Promise<Operation> {
    const operation = await operations.find(operationId);
    if (operation) return operation;
    throw new AppError('NOT_FOUND', 'There is no such operation any more. Reload the page.');
  }

  async function save(before: Operation | undefined, after: Operation): Promise<Operation> {
    const next = { ...after, sequence: (before?.sequence ?? 0) + 1 };
    if (await operations.save(next, before?.sequence)) return next;
    throw new AppError(
      'CONFLICT',
      'Somebody else did something with this operation at the same moment. Reload the page and look.',
    );
  }

  return {
    async view(operationId) {
      return toOperationView(await require(operationId));
    },

    async start(draft) {
      // One record for each kind and connection, so that the store lets only one of two starts win.
      const operationId = `${draft.kind}:${draft.connectionId ?? 'workspace'}`;
      const before = await operations.find(operationId);
      if (before?.state === 'running') return { before, after: before };
      const after = await save(before, {
        ...draft,
        operationId,
        sequence: 0,
        state: 'running',
        done: 0,
        failed: [],
        startedAt: now(),
        renewedAt: now(),
        isSettled: false,
      });
      await operationQueue.push(operationId);
      return { before, after };
    },

    async cancel(operationId) {
      const before = await require(operationId);
      const isOver = before.state === 'succeeded' || before.state === 'failed';
      if (isOver) return { before, after: before };
      const after =
        before.state === 'cancelled'
          ? before
          : await save(before, { ...before, state: 'cancelled', finishedAt: now() });
      // Only those take it away; an import beside them gives nothing back.
      if (before.connectionId !== undefined && isOnItsWayOut.has(before.kind)) {
        await changeConnection(connections, before.connectionId, (current) =>
          current.state === 'active' ? undefined : { ...current, state: 'active' },
        );
      }
      return { before, after };
    },

    async resume(operationId) {
      const before = await require(operationId);
      if (before.state === 'succeeded') return { before, after: before };
      const after =
        before.state === 'running'
          ? before
          : await save(before, {
              ...before,
              state: 'running',
              failed: [],
              lastFailure: undefined,
              finishedAt: undefined,
              renewedAt: now(),
              isSettled: false,
            });
      await operationQueue.push(operationId);
      return { before, after };
    },
  };
}
