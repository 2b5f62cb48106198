import { readGit, runGit } from './run-git';

export interface TreeItem {
  /** `100644`, `100755`, `120000` (link), `160000` (submodule), `040000` (folder). */
  readonly mode: string;
  readonly kind: 'file' | 'folder' | 'submodule';
  readonly objectHash: string;
  readonly sizeBytes: number;
  readonly path: string;
}

const kinds: Readonly<Record<string, TreeItem['kind']>> = {
  blob: 'file',
  tree: 'folder',
  commit: 'submodule',
};

function parseItems(output: string): TreeItem[] {
  return output
    .split('\0')
    .filter((record) => record !== '')
    .map((record) => {
      const tab = record.indexOf('\t');
      const [mode = '', type = '', objectHash = '', size = ''] = record.slice(0, tab).split(/ +/);
      return {
        mode,
        kind: kinds[type] ?? 'file',
        objectHash,
        sizeBytes: size === '-' ? 0 : Number(size),
        path: record.slice(tab + 1),
      };
    });
}

/** What a path names in a commit: the root folder for an empty path, undefined when there is nothing. */
export async function findItem(
  folder: string,
  commit: string,
  path: string,
): Promise<TreeItem | undefined> {
  if (path === '')
    return { mode: '040000', kind: 'folder', objectHash: commit, sizeBytes: 0, path: '' };
  const items = parseItems(
    await readGit(folder, ['ls-tree', '-z', '-l', '--full-tree', commit, '--', path]),
  );
  return items.find((item) => item.path === path);
}

/** The items of a folder, or all files below it with `recursive`. */
export async function listItems(
  folder: string,
  commit: string,
  path: string,
  recursive = false,
): Promise<TreeItem[]> {
  const depth = recursive ? ['-r', '-t'] : [];
  const below = path === '' ? [] : ['--', `${path}/`];
  return parseItems(
    await readGit(folder, ['ls-tree', '-z', '-l', '--full-tree', ...depth, commit, ...below]),
  );
}

/** The bytes of a file, as stored (no filter, no conversion). */
export function readBlob(folder: string, objectHash: string): Promise<Buffer> {
  return runGit(folder, ['cat-file', 'blob', objectHash]);
}

/** Paths of all files of a commit; sizes are not looked up, which makes it fast for big repositories. */
export async function listPaths(folder: string, commit: string): Promise<readonly string[]> {
  const output = await readGit(folder, [
    'ls-tree',
    '-r',
    '-z',
    '--name-only',
    '--full-tree',
    commit,
  ]);
  return output.split('\0').filter((path) => path !== '');
}
