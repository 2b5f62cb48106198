import { readGit, runGit } from './run-git';

/** One changed file, in git's own terms. */
export interface FileChange {
  readonly status: 'added' | 'removed' | 'modified' | 'renamed';
  readonly oldPath: string;
  readonly newPath: string;
  readonly oldMode: string;
  readonly newMode: string;
  /** 0 for binary files. */
  readonly linesAdded: number;
  readonly linesRemoved: number;
  readonly isBinary: boolean;
}

export interface DiffRange {
  /** Full hashes; `from` is undefined for a commit without a parent. */
  readonly from: string | undefined;
  readonly to: string;
  readonly paths?: readonly string[];
  readonly ignoreWhitespace?: boolean;
  readonly renames?: boolean;
}

/** Object name of git's empty tree, the "parent" of a root commit. */
const EMPTY_TREE = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

function diffTree(range: DiffRange, output: readonly string[]): string[] {
  return [
    'diff-tree',
    '-r',
    ...output,
    '--no-ext-diff',
    '--no-textconv',
    '--no-color',
    ...(range.renames === false ? ['--no-renames'] : ['-M', '-l1000']),
    ...(range.ignoreWhitespace === true ? ['--ignore-all-space'] : []),
    range.from ?? EMPTY_TREE,
    range.to,
    '--',
    ...(range.paths ?? []),
  ];
}

/** The files that differ, in path order. @throws {GitError} `tooLarge` or `timeout` for what Bitbucket answers with 555. */
export async function listChanges(folder: string, range: DiffRange): Promise<FileChange[]> {
  const tokens = (await readGit(folder, diffTree(range, ['-z', '--raw', '--numstat']))).split('\0');
  const changes = new Map<string, FileChange>();
  let at = 0;
  const next = () => tokens[at++] ?? '';

  while (at < tokens.length) {
    const token = next();
    if (token.startsWith(':')) {
      const [oldMode = '', newMode = '', , , letter = ''] = token.slice(1).split(' ');
      const oldPath = next();
      const newPath = /^[RC]/.test(letter) ? next() : oldPath;
      changes.set(newPath, {
        status: statusOf(letter),
        oldPath,
        newPath,
        oldMode,
        newMode,
        linesAdded: 0,
        linesRemoved: 0,
        isBinary: false,
      });
    } else if (token !== '') {
      const [added = '', removed = '', inlinePath = ''] = splitCounts(token);
      // A rename has an empty path here; its old and new path follow as tokens of their own.
      if (inlinePath === '') next();
      const path = inlinePath === '' ? next() : inlinePath;
      const change = changes.get(path);
      if (!change) continue;
      const isBinary = added === '-';
      changes.set(path, {
        ...change,
        isBinary,
        linesAdded: isBinary ? 0 : Number(added),
        linesRemoved: isBinary ? 0 : Number(removed),
      });
    }
  }
  return [...changes.values()];
}

/** "12<tab>3<tab>path"; the path may hold tabs itself. */
function splitCounts(token: string): readonly string[] {
  const first = token.indexOf('\t');
  const second = token.indexOf('\t', first + 1);
  return [token.slice(0, first), token.slice(first + 1, second), token.slice(second + 1)];
}

function statusOf(letter: string): FileChange['status'] {
  switch (letter[0]) {
    case 'A':
    case 'C':
      return 'added';
    case 'D':
      return 'removed';
    case 'R':
      return 'renamed';
    default:
      return 'modified';
  }
}

/** The patch as bytes in the encoding of the files, as `git diff` would write it. */
export function readPatch(
  folder: string,
  range: DiffRange & { readonly contextLines?: number; readonly binary?: boolean },
): Promise<Buffer> {
  const output = [
    '-p',
    `-U${range.contextLines ?? 3}`,
    '--src-prefix=a/',
    '--dst-prefix=b/',
    '--full-index',
    ...(range.binary === false ? [] : ['--binary']),
  ];
  return runGit(folder, diffTree(range, output));
}
