import type { ImportPart, ImportRun } from '../../domain/import/run';
import type { ImportStore } from '../../domain/ports/imports';
import { AppError } from '../../errors/app-error';

/** @throws {AppError} NOT_FOUND */
export async function requireRun(imports: ImportStore, runId: string): Promise<ImportRun> {
  const run = await imports.findRun(runId);
  if (run) return run;
  throw new AppError('NOT_FOUND', 'There is no such import any more. Reload the page.');
}

/** @throws {AppError} NOT_FOUND */
export async function requirePart(
  imports: ImportStore,
  runId: string,
  part: number,
): Promise<ImportPart> {
  const found = await imports.findPart(runId, part);
  if (found) return found;
  throw new AppError('NOT_FOUND', 'This part of the import is gone. Reload the page.');
}

/** Writes the run on top of the one that was read. @throws {AppError} CONFLICT when somebody was first. */
export async function saveRun(imports: ImportStore, run: ImportRun): Promise<ImportRun> {
  const next = { ...run, sequence: run.sequence + 1 };
  if (await imports.saveRun(next, run.sequence)) return next;
  throw changedMeanwhile();
}

/** The same for a part. @throws {AppError} CONFLICT when somebody was first. */
export async function savePart(imports: ImportStore, part: ImportPart): Promise<ImportPart> {
  const next = { ...part, sequence: part.sequence + 1 };
  if (await imports.savePart(next, part.sequence)) return next;
  throw changedMeanwhile();
}

function changedMeanwhile(): AppError {
  return new AppError(
    'CONFLICT',
    'Somebody else changed this import at the same moment, or it is at work. Look at it and try again.',
  );
}
