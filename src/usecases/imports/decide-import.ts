import type { ImportDecision, ImportItem } from '../../contracts/imports';
import { decide } from '../../domain/import/plan-item';
import { findOpenPart, withPart, type ImportRun } from '../../domain/import/run';
import type { ImportStore } from '../../domain/ports/imports';
import type { OperationStore } from '../../domain/ports/stores';
import { AppError } from '../../errors/app-error';
import { requirePart, requireRun, savePart, saveRun } from './change-run';
import { findRunOperation } from './to-run-view';

export interface DecideImportOptions {
  readonly imports: ImportStore;
  readonly operations: OperationStore;
}

/** Decisions of a person about items. @throws {AppError} NOT_FOUND, CONFLICT while it is at work, INVALID_INPUT */
export interface DecideImport {
  one(
    runId: string,
    input: {
      readonly page: number;
      readonly repositoryUuid: string;
      readonly decision: ImportDecision;
    },
  ): Promise<{ readonly run: ImportRun; readonly before: ImportItem; readonly item: ImportItem }>;
  /** About all that wait for a decision; answers how many those were. */
  all(
    runId: string,
    decision: 'adopt' | 'skip',
  ): Promise<{ readonly run: ImportRun; readonly decided: number }>;
}

export function createDecideImport(options: DecideImportOptions): DecideImport {
  const { imports, operations } = options;

  async function requireIdle(runId: string): Promise<ImportRun> {
    const run = await requireRun(imports, runId);
    const operation = await findRunOperation(operations, run);
    if (operation?.state !== 'running') return run;
    throw new AppError(
      'CONFLICT',
      'The import is at work. Decide when it has ended, or cancel it.',
    );
  }

  /** A run that had ended is ready again when something of it is to be done. */
  function toReady(run: ImportRun): ImportRun {
    const isReady = run.state === 'ended' && findOpenPart(run) !== undefined;
    return isReady ? { ...run, state: 'ready', endedAt: undefined } : run;
  }

  /** No two repositories of a run get one project. */
  async function requireFreeKey(
    run: ImportRun,
    projectKey: string,
    repositoryUuid: string,
  ): Promise<void> {
    for (const place of run.parts.keys()) {
      const { items } = await requirePart(imports, run.runId, place);
      const other = items.find(
        (item) =>
          item.projectKey === projectKey &&
          item.repositoryUuid !== repositoryUuid &&
          item.state !== 'skipped',
      );
      if (!other) continue;
      throw new AppError(
        'INVALID_INPUT',
        `${other.name} gets the project "${projectKey}" already. Choose another key.`,
      );
    }
  }

  return {
    async one(runId, { page, repositoryUuid, decision }) {
      const run = await requireIdle(runId);
      const part = await requirePart(imports, runId, page);
      const before = part.items.find((item) => item.repositoryUuid === repositoryUuid);
      if (!before) throw new AppError('NOT_FOUND', 'This repository is not in the plan.');
      const decided = decide(before, decision);
      if ('problem' in decided) throw new AppError('INVALID_INPUT', decided.problem);
      const { item } = decided;
      if (decision.kind === 'create') await requireFreeKey(run, item.projectKey, repositoryUuid);
      const items = part.items.map((each) => (each === before ? item : each));
      const saved = await savePart(imports, { ...part, items });
      return { run: await saveRun(imports, toReady(withPart(run, saved))), before, item };
    },

    async all(runId, decision) {
      let run = await requireIdle(runId);
      let count = 0;
      for (const [place, { counts }] of run.parts.entries()) {
        if (counts.conflict === 0) continue;
        const part = await requirePart(imports, runId, place);
        const items = part.items.map((item) => {
          // What belongs to another repository cannot be taken, whoever decides.
          const isMeant =
            item.state === 'conflict' && (decision === 'skip' || item.reason === 'keyTaken');
          const decided = isMeant ? decide(item, { kind: decision }) : { item };
          if ('problem' in decided) return item;
          if (isMeant) count += 1;
          return decided.item;
        });
        run = withPart(run, await savePart(imports, { ...part, items }));
      }
      return { run: await saveRun(imports, toReady(run)), decided: count };
    },
  };
}
