import type { ImportOptions, ImportSelection } from '../../contracts/imports';
import { findPrefixProblem } from '../../domain/import/project-key';
import type { ImportRun } from '../../domain/import/run';
import type { Clock } from '../../domain/ports/clock';
import type { ImportStore } from '../../domain/ports/imports';
import type { Randomness } from '../../domain/ports/randomness';
import type { ConnectionStore, OperationStore } from '../../domain/ports/stores';
import { AppError } from '../../errors/app-error';
import { disconnecting } from '../bindings/require-project';
import { requireConnection } from '../connections/change-connection';
import type { ChangeOperation } from '../operations/change-operation';
import { requireNothingAtWork } from './require-nothing-at-work';

export interface PlanImportOptions {
  readonly connections: ConnectionStore;
  readonly operations: OperationStore;
  readonly imports: ImportStore;
  readonly changeOperation: ChangeOperation;
  readonly randomness: Randomness;
  readonly clock: Clock;
}

export type PlanImport = (input: {
  readonly connectionId: string;
  readonly selection: ImportSelection;
  readonly options: ImportOptions;
  readonly accountId: string;
}) => Promise<ImportRun>;

/**
 * Starts to make a plan in the queue: what an import of these repositories would do.
 * @throws {AppError} INVALID_INPUT for a connection or a prefix that cannot be used, CONFLICT while another import of the
 * connection is at work.
 */
export function createPlanImport(options: PlanImportOptions): PlanImport {
  const { connections, operations, imports, changeOperation, randomness, clock } = options;

  return async ({ connectionId, selection, options: chosen, accountId }) => {
    const connection = await requireConnection(connections, connectionId);
    const { name, kind, organizationKey } = connection;
    if (connection.state === 'disconnecting') throw disconnecting(connection);
    if (kind === 'demo') {
      throw new AppError('INVALID_INPUT', 'The demo has its projects and takes no others.');
    }
    if (kind === 'sonarqube-cloud' && organizationKey === undefined) {
      throw new AppError(
        'INVALID_INPUT',
        `Bind the workspace to an organization of "${name}" first, under Organization.`,
      );
    }
    const problem = findPrefixProblem(chosen.keyPrefix);
    if (problem !== undefined) throw new AppError('INVALID_INPUT', problem);
    await requireNothingAtWork(operations, { connectionId, connectionName: name });
    const run: ImportRun = {
      runId: randomness.uuid(),
      sequence: 1,
      connectionId,
      connectionName: name,
      state: 'planning',
      selection,
      options: chosen,
      parts: [],
      nextListing: 1,
      listed: 0,
      notices: [],
      parallel: chosen.parallel,
      attempts: 0,
      refusals: 0,
      startedAt: new Date(clock.nowMs()).toISOString(),
      startedBy: accountId,
      doneBefore: 0,
    };
    await imports.saveRun(run, undefined);
    const draft = { kind: 'planImport', connectionId, name, startedBy: accountId } as const;
    const started = await changeOperation
      .start({ ...draft, runId: run.runId })
      .catch(async (error: unknown) => {
        await imports.removeRun(run);
        throw error;
      });
    if (started.after.runId === run.runId) return run;
    // Somebody else started at the same moment, and the store let theirs win.
    await imports.removeRun(run);
    throw new AppError(
      'CONFLICT',
      `Somebody else is planning an import into "${name}". Reload the page and look.`,
    );
  };
}
