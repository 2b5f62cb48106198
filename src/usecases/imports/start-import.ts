import type { ImportItem } from '../../contracts/imports';
import { estimateUsage } from '../../domain/import/estimate-usage';
import { toPending } from '../../domain/import/plan-item';
import {
  countItems,
  findOpenPart,
  withPart,
  type ImportPart,
  type ImportRun,
} from '../../domain/import/run';
import type { Operation } from '../../domain/operation';
import type { Clock } from '../../domain/ports/clock';
import type { ImportStore } from '../../domain/ports/imports';
import type { ConnectionStore, OperationStore } from '../../domain/ports/stores';
import { AppError } from '../../errors/app-error';
import { disconnecting } from '../bindings/require-project';
import { requireConnection } from '../connections/change-connection';
import type { ChangeOperation } from '../operations/change-operation';
import { requirePart, requireRun, savePart, saveRun } from './change-run';
import { requireNothingAtWork } from './require-nothing-at-work';
import { findRunOperation } from './to-run-view';

export interface StartImportOptions {
  readonly connections: ConnectionStore;
  readonly operations: OperationStore;
  readonly imports: ImportStore;
  readonly changeOperation: ChangeOperation;
  readonly clock: Clock;
}

export interface StartedImport {
  readonly run: ImportRun;
  readonly operation: Operation;
}

/** What a person does with a plan. @throws {AppError} NOT_FOUND without the run, CONFLICT when somebody was first. */
export interface StartImport {
  /**
   * Starts what was planned, or what decisions and earlier ends left open.
   * @throws {AppError} LIMIT_EXCEEDED when the plan's limit would be passed and that was not accepted.
   */
  start(
    runId: string,
    input: { readonly acceptsOverLimit: boolean; readonly accountId: string },
  ): Promise<StartedImport>;
  /** Tries what failed again, one item or all; what is done is never touched. */
  retry(
    runId: string,
    input: {
      readonly item?: { readonly page: number; readonly repositoryUuid: string } | undefined;
      readonly accountId: string;
    },
  ): Promise<StartedImport>;
  /**
   * Starts to unbind what the import bound.
   * @throws {AppError} INVALID_INPUT when it bound nothing, CONFLICT while an import of the connection is at work.
   */
  undo(runId: string, input: { readonly accountId: string }): Promise<StartedImport>;
  /** Takes a plan back that was not started. */
  discard(runId: string): Promise<ImportRun>;
}

export function createStartImport(options: StartImportOptions): StartImport {
  const { connections, operations, imports, changeOperation, clock } = options;

  async function start(run: ImportRun, accountId: string): Promise<StartedImport> {
    const { runId, connectionId, connectionName } = run;
    const connection = await requireConnection(connections, connectionId);
    if (connection.state === 'disconnecting') throw disconnecting(connection);
    await requireNothingAtWork(operations, run, { kind: 'import', runId });
    const importing = await saveRun(imports, {
      ...run,
      state: 'importing',
      endedAt: undefined,
      parallel: run.options.parallel,
      refusals: 0,
      attempts: 0,
      importedSince: new Date(clock.nowMs()).toISOString(),
      doneBefore: countItems(run).done,
    });
    const { after } = await changeOperation.start({
      kind: 'import',
      connectionId,
      runId,
      name: connectionName,
      startedBy: accountId,
    });
    return { run: importing, operation: after };
  }

  async function reopen(
    run: ImportRun,
    part: ImportPart,
    isMeant: (item: ImportItem) => boolean,
  ): Promise<ImportRun> {
    const isAgain = (item: ImportItem) => item.state === 'failed' && isMeant(item);
    // A kill between the two writes of an earlier try leaves the run behind its part.
    if (!part.items.some(isAgain)) return withPart(run, part);
    const items = part.items.map((item) => (isAgain(item) ? toPending(item) : item));
    return withPart(run, await savePart(imports, { ...part, items }));
  }

  return {
    async start(runId, { acceptsOverLimit, accountId }) {
      const run = await requireRun(imports, runId);
      const operation = await findRunOperation(operations, run);
      if (run.state === 'importing' && operation?.state === 'running') return { run, operation };
      if (run.state === 'planning') {
        throw new AppError('CONFLICT', 'The plan is not complete yet. Wait until it is.');
      }
      if (findOpenPart(run) === undefined) {
        throw new AppError('INVALID_INPUT', 'Nothing of this plan is to be imported.');
      }
      // What goes on was accepted when it began.
      const isBegun = run.state === 'importing';
      const { isOverLimit, projectedLines, limit } = estimateUsage(run);
      if (isOverLimit && !acceptsOverLimit && !isBegun) {
        throw new AppError(
          'INVALID_INPUT',
          `Nothing was started. With about ${projectedLines ?? 'the present'} lines of code the limit of ${limit} of the plan would be passed. Confirm that, or import fewer repositories.`,
        );
      }
      return start(run, accountId);
    },

    async retry(runId, { item, accountId }) {
      let run = await requireRun(imports, runId);
      const operation = await findRunOperation(operations, run);
      if (run.state === 'importing' && operation?.state === 'running') {
        throw new AppError('CONFLICT', 'The import is at work. Try again when it has ended.');
      }
      const places = item ? [item.page] : [...run.parts.keys()];
      for (const place of places) {
        if ((run.parts[place]?.counts.failed ?? 0) === 0) continue;
        const part = await requirePart(imports, runId, place);
        run = await reopen(
          run,
          part,
          ({ repositoryUuid }) => !item || repositoryUuid === item.repositoryUuid,
        );
      }
      if (findOpenPart(run) === undefined) {
        throw new AppError('INVALID_INPUT', 'Nothing failed that could be tried again.');
      }
      return start(run, accountId);
    },

    async undo(runId, { accountId }) {
      const run = await requireRun(imports, runId);
      const { connectionId, connectionName } = run;
      const { done } = countItems(run);
      if (done === 0) {
        throw new AppError('INVALID_INPUT', 'Nothing that this import bound is still bound.');
      }
      await requireNothingAtWork(operations, run, { kind: 'undoImport', runId });
      const { after } = await changeOperation.start({
        ...{ kind: 'undoImport', connectionId, runId, total: done },
        name: connectionName,
        startedBy: accountId,
      });
      return { run, operation: after };
    },

    async discard(runId) {
      const run = await requireRun(imports, runId);
      // One that was begun holds what came of it, also while it is ready to go on.
      if (run.importedSince !== undefined) {
        throw new AppError('CONFLICT', 'It was started already: cancel it instead.');
      }
      // The next stretch sees that it is gone, and stops.
      await imports.removeRun(run);
      return run;
    },
  };
}
