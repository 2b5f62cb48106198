import type { OperationKind } from '../../contracts/operations';
import type { ImportRun } from '../../domain/import/run';
import type { OperationStore } from '../../domain/ports/stores';
import { AppError } from '../../errors/app-error';

export const importKinds = [
  'planImport',
  'import',
  'undoImport',
] as const satisfies readonly OperationKind[];

/**
 * One import for each connection at a time. `own`: the work of a run that may go on.
 * @throws {AppError} CONFLICT
 */
export async function requireNothingAtWork(
  operations: OperationStore,
  { connectionId, connectionName }: Pick<ImportRun, 'connectionId' | 'connectionName'>,
  own?: { readonly kind: (typeof importKinds)[number]; readonly runId: string },
): Promise<void> {
  for (const kind of importKinds) {
    const operation = await operations.find(`${kind}:${connectionId}`);
    const isOwn = kind === own?.kind && operation?.runId === own.runId;
    if (operation?.state !== 'running' || isOwn) continue;
    throw new AppError(
      'CONFLICT',
      `An import into "${connectionName}" is at work already. Wait until it has ended, or cancel it.`,
    );
  }
}
