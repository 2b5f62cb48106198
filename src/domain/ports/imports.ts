import type { ImportPart, ImportRun } from '../import/run';

/** Import runs and their items. Both are kept for some months after they were written last. */
export interface ImportStore {
  findRun(runId: string): Promise<ImportRun | undefined>;
  /** As in `BindingStore.save`. */
  saveRun(run: ImportRun, expectedSequence: number | undefined): Promise<boolean>;
  /** Newest first; what was written in the last seconds may miss. */
  listRuns(limit: number): Promise<readonly ImportRun[]>;
  findPart(runId: string, part: number): Promise<ImportPart | undefined>;
  /** Writes it over whatever is there: for a plan, which one run makes at a time. */
  putPart(part: ImportPart): Promise<void>;
  /** Writes over the one with this sequence. False: somebody else was first and nothing was written. */
  savePart(part: ImportPart, expectedSequence: number): Promise<boolean>;
  /** Safe to repeat. */
  removeRun(run: Pick<ImportRun, 'runId' | 'parts'>): Promise<void>;
}
