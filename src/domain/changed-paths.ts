import type { BoundProject } from './binding';
import { isSameCommit } from './commit-hash';

/** What a head changes against the branch that it is to be merged into. */
export interface ChangedPaths {
  /** Full hash of the head. */
  readonly commit: string;
  /** Old and new paths, relative to the root of the repository. */
  readonly paths: readonly string[];
}

/** What a record of the store has room for. */
const mostPaths = 500;
const mostBytes = 40 * 1024;

/** Whether the paths can be kept; of more of them it is not known what is outside the change. */
export function canBeKept(paths: readonly string[]): boolean {
  return paths.length <= mostPaths && Buffer.byteLength(JSON.stringify(paths)) <= mostBytes;
}

/** The changes of this head; those of an earlier one say nothing. */
export function changesOf(
  changes: ChangedPaths | undefined,
  headHash: string | undefined,
): ChangedPaths | undefined {
  return isSameCommit(changes?.commit, headHash) ? changes : undefined;
}

/** Whether a change touches the folder of a project; a project of the whole repository is always concerned. */
export function isConcerned(
  { pathScope }: Pick<BoundProject, 'pathScope'>,
  changes: ChangedPaths | undefined,
): boolean {
  if (pathScope === undefined || !changes) return true;
  return changes.paths.some((path) => path === pathScope || path.startsWith(`${pathScope}/`));
}

/** Whether an issue lies in a file that the change does not touch; unknown changes put nothing outside. */
export function isOutside(path: string | undefined, changes: ChangedPaths | undefined): boolean {
  return changes !== undefined && path !== undefined && !changes.paths.includes(path);
}
