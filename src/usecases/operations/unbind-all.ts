import type { ProjectClaim } from '../../domain/binding';
import { hasFailed, mostFailures, type Operation } from '../../domain/operation';
import type { Clock } from '../../domain/ports/clock';
import type { Log } from '../../domain/ports/log';
import type { BindingStore, ConnectionStore } from '../../domain/ports/stores';
import { AppError } from '../../errors/app-error';
import { describeRemoteError } from '../../errors/describe-remote-error';
import { RemoteError } from '../../errors/remote-errors';
import type { UnbindProject } from '../bindings/unbind-project';
import { changeConnection } from '../connections/change-connection';
import type { Stretch, StretchContext } from './run-operation';

export interface UnbindAllOptions {
  readonly bindings: BindingStore;
  readonly connections: ConnectionStore;
  readonly unbindProject: UnbindProject;
  readonly clock: Clock;
  readonly log: Log;
  /** What is left to do when nothing is bound through the connection any more. Safe to repeat. */
  readonly finish: (connectionId: string) => Promise<void>;
}

/** A stretch stays well inside the platform's 55 s. */
const stretchMs = 30_000;
/** Projects between two records of how far it is. */
const savedEach = 25;
const pageSize = 100;

/**
 * Unbinds every project of a connection, stretch by stretch, and finishes when two looks with a pause between them found
 * nothing left, as listings lag behind. What cannot be unbound is kept in the record, and the rest goes on without it.
 */
export function createUnbindAll(options: UnbindAllOptions): Stretch {
  const { bindings, connections, unbindProject, clock, log, finish } = options;

  async function count(connectionId: string): Promise<number> {
    let total = 0;
    let cursor: string | undefined;
    do {
      const page = await bindings.listClaims(connectionId, { limit: pageSize, cursor });
      total += page.items.length;
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    return total;
  }

  /** Some claims that are still there; those that a listing shows too long are passed over. */
  async function findClaims(operation: Operation, connectionId: string): Promise<ProjectClaim[]> {
    let cursor: string | undefined;
    do {
      const page = await bindings.listClaims(connectionId, { limit: pageSize, cursor });
      const open = page.items.filter((claim) => !hasFailed(operation, claim));
      const stored = await Promise.all(open.map((claim) => bindings.findClaim(claim)));
      const found = stored.filter((claim) => claim !== undefined);
      if (found.length > 0) return found.slice(0, savedEach);
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    return [];
  }

  async function unbind(operation: Operation, claim: ProjectClaim): Promise<Operation> {
    const { repositoryUuid, projectKey } = claim;
    try {
      await unbindProject(claim);
      return { ...operation, done: operation.done + 1 };
    } catch (error) {
      if (!(error instanceof AppError) && !(error instanceof RemoteError)) throw error;
      log.error('a project could not be unbound', error, { projectKey });
      const lastFailure = error instanceof AppError ? error.message : describeRemoteError(error);
      const failed = [...operation.failed, { repositoryUuid, projectKey }];
      return { ...operation, failed, lastFailure };
    }
  }

  async function end(operation: Operation, state: 'succeeded' | 'failed', context: StretchContext) {
    const finishedAt = new Date(clock.nowMs()).toISOString();
    const saved = await context.save({ ...operation, state, finishedAt });
    return saved && { operation: saved, next: 'end' as const };
  }

  return async (given, context) => {
    const { connectionId } = given;
    if (connectionId === undefined) throw new Error('The operation names no connection.');
    const endsAtMs = clock.nowMs() + stretchMs;
    // From here on nobody binds through it (see `bindProject`).
    await changeConnection(connections, connectionId, (current) =>
      current.state === 'disconnecting' ? undefined : { ...current, state: 'disconnecting' },
    );
    let operation: Operation | undefined =
      given.total === undefined
        ? await context.save({ ...given, total: await count(connectionId) })
        : given;
    while (operation) {
      if (operation.failed.length >= mostFailures) return end(operation, 'failed', context);
      const claims = await findClaims(operation, connectionId);
      if (claims.length === 0) {
        if (operation.failed.length > 0) return end(operation, 'failed', context);
        if (operation.isSettled) {
          await finish(connectionId);
          return end(operation, 'succeeded', context);
        }
        const settled = await context.save({ ...operation, isSettled: true });
        return settled && { operation: settled, next: 'pause' };
      }
      let next: Operation = { ...operation, isSettled: false };
      for (const claim of claims) {
        next = await unbind(next, claim);
        // A server that does not answer takes seconds for each.
        if (clock.nowMs() >= endsAtMs) break;
      }
      operation = await context.save(next);
      if (operation && clock.nowMs() >= endsAtMs) return { operation, next: 'goOn' };
    }
    // A cancel lets the connection be used again; one that came right before the mark above was undone by it.
    if (await context.isCancelled()) {
      await changeConnection(connections, connectionId, (current) =>
        current.state === 'active' ? undefined : { ...current, state: 'active' },
      );
    }
    return undefined;
  };
}
