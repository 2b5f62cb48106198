import type { Git } from './git';

/** A file that the head commit has and the base has not, or has otherwise. */
export interface ChangedFile {
  readonly path: string;
  readonly blob: string;
  /** What the file held in the base, under this name or the one it was renamed from; absent for a new file. */
  readonly baseBlob?: string;
}

const FULL_HASH = /^[\da-f]{40}(?:[\da-f]{24})?$/u;
const NO_BLOB = /^0+$/u;
/** A regular file, executable or not; symbolic links and submodules have other modes. */
const FILE_MODE = /^100/u;

async function requireCommit(git: Git, commit: string): Promise<void> {
  if (!FULL_HASH.test(commit)) throw new Error(`"${commit}" is not a full commit hash.`);
  const answer = await git.read(['cat-file', '--batch-check'], `${commit}\n`);
  if (answer.toString().includes(' missing')) {
    throw new Error(`The repository has no commit ${commit}; fetch it and analyse again.`);
  }
}

/** New code starts where the branches parted; histories that never met are compared as they stand. */
async function mergeBase(git: Git, baseCommit: string, headCommit: string): Promise<string> {
  const found = await git.read(['merge-base', baseCommit, headCommit]).catch(() => undefined);
  return found?.toString().trim() ?? baseCommit;
}

/** Lists what a pull request adds or changes, renames followed. @throws Error when a commit is not in the repository. */
export async function listChangedFiles(
  git: Git,
  baseCommit: string,
  headCommit: string,
): Promise<readonly ChangedFile[]> {
  await requireCommit(git, baseCommit);
  await requireCommit(git, headCommit);
  const base = await mergeBase(git, baseCommit, headCommit);
  const output = await git.read([
    ...['diff-tree', '-r', '-z', '--raw', '--no-abbrev', '--find-renames', '--no-ext-diff'],
    ...['--no-textconv', '--diff-filter=AMRT', base, headCommit],
  ]);
  return parseRaw(output.toString());
}

/** Entries are `:mode mode blob blob status\0path\0`, with a second path after a rename. */
function parseRaw(output: string): readonly ChangedFile[] {
  const fields = output.split('\0');
  const files: ChangedFile[] = [];
  for (let at = 0; at + 1 < fields.length;) {
    const [baseMode = '', mode = '', baseBlob = '', blob = '', status = ''] = (
      fields[at] ?? ''
    ).split(' ');
    const renamed = status.startsWith('R');
    const path = fields[at + (renamed ? 2 : 1)] ?? '';
    at += renamed ? 3 : 2;
    if (!FILE_MODE.test(mode)) continue;
    const hasBase = !NO_BLOB.test(baseBlob) && FILE_MODE.test(baseMode.replace(':', ''));
    files.push(hasBase ? { path, blob, baseBlob } : { path, blob });
  }
  return files;
}
