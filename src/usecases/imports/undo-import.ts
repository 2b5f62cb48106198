import type { ImportItem } from '../../contracts/imports';
import { findBound } from '../../domain/binding';
import { countItems, withPart, type ImportPart, type ImportRun } from '../../domain/import/run';
import type { Operation } from '../../domain/operation';
import type { Clock } from '../../domain/ports/clock';
import type { ImportStore } from '../../domain/ports/imports';
import type { Log } from '../../domain/ports/log';
import type { BindingStore } from '../../domain/ports/stores';
import { AppError } from '../../errors/app-error';
import type { UnbindProject } from '../bindings/unbind-project';
import type { Stretch, StretchContext } from '../operations/run-operation';

export interface UndoImportOptions {
  readonly imports: ImportStore;
  readonly bindings: BindingStore;
  readonly unbindProject: UnbindProject;
  readonly clock: Clock;
  readonly log: Log;
}

/** Two calls for each, of the 100 that a function may make in a minute. */
const itemsEach = 40;
const stretchMs = 30_000;

/**
 * Unbinds what an import bound, part by part, and nothing that somebody has bound since. Projects stay on the server, as
 * deleting them cannot be taken back. A stretch that is killed is done again, and an unbind may be repeated.
 */
export function createUndoImport(options: UndoImportOptions): Stretch {
  const { imports, bindings, unbindProject, clock, log } = options;

  const now = () => new Date(clock.nowMs()).toISOString();

  async function undo(item: ImportItem, { runId, connectionId }: ImportRun): Promise<ImportItem> {
    const { repositoryUuid, projectKey } = item;
    const { doneAt, ...rest } = item;
    const project = findBound(await bindings.find(repositoryUuid), { connectionId, projectKey });
    const isOurs = project?.imported?.runId === runId;
    if (project && !isOurs) {
      return { ...item, warning: 'It was bound again since, and is left as it is.' };
    }
    try {
      if (project) await unbindProject({ repositoryUuid, connectionId, projectKey });
      const message = 'It is unbound again. The project stays on the server.';
      return { ...rest, state: 'skipped', reason: 'takenBack', message };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      log.error('an import could not be taken back', error, { projectKey });
      return { ...item, warning: error.message };
    }
  }

  /** Some items of a part from a place on, and the place behind them. */
  async function undoSome(run: ImportRun, part: ImportPart, from: number) {
    const endsAtMs = clock.nowMs() + stretchMs;
    const items = [...part.items];
    let place = from;
    for (let count = 0; place < items.length && count < itemsEach; place += 1) {
      const item = items[place];
      if (item?.state !== 'done') continue;
      if (clock.nowMs() >= endsAtMs) break;
      items[place] = await undo(item, run);
      count += 1;
    }
    return { part: { ...part, items }, place };
  }

  async function end(operation: Operation, run: ImportRun, context: StretchContext) {
    const { done } = countItems(run);
    const saved = await context.save({
      ...operation,
      state: 'succeeded',
      finishedAt: now(),
      lastFailure: done > 0 ? `${done} are left as they are: see Import.` : undefined,
    });
    return saved && { operation: saved, next: 'end' as const };
  }

  return async (operation, context) => {
    const run = operation.runId === undefined ? undefined : await imports.findRun(operation.runId);
    if (!run) {
      const saved = await context.save({ ...operation, state: 'succeeded', finishedAt: now() });
      return saved && { operation: saved, next: 'end' };
    }
    const [place = 0, from = 0] = (operation.cursor ?? '0 0').split(' ').map(Number);
    const stored = await imports.findPart(run.runId, place);
    if (!stored) return end(operation, run, context);
    const undone = await undoSome(run, stored, from);
    const part = { ...undone.part, sequence: stored.sequence + 1 };
    if (!(await imports.savePart(part, stored.sequence))) return undefined;
    const next = { ...withPart(run, part), sequence: run.sequence + 1 };
    if (!(await imports.saveRun(next, run.sequence))) return undefined;
    const isOver = undone.place >= stored.items.length;
    const saved = await context.save({
      ...operation,
      done: (operation.total ?? 0) - countItems(next).done,
      cursor: isOver ? `${place + 1} 0` : `${place} ${undone.place}`,
    });
    return saved && { operation: saved, next: 'goOn' };
  };
}
