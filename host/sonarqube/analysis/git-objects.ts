import type { Git } from './git';
import { AnalysisLimits } from './limits';

/** Contents of a blob; `tooLarge` when it is over the limit, so it was never read. */
export type Blob =
  | { readonly kind: 'content'; readonly content: Buffer }
  | { readonly kind: 'tooLarge'; readonly bytes: number };

export interface TreeFile {
  readonly path: string;
  readonly blob: string;
  readonly bytes: number;
}

/** Every regular file of a commit. Symbolic links and submodules are no files of the repository. */
export async function listTree(git: Git, commit: string): Promise<readonly TreeFile[]> {
  const output = await git.read(['ls-tree', '-r', '-z', '--long', '--full-tree', commit]);
  return output
    .toString()
    .split('\0')
    .flatMap((entry) => {
      const [, mode, blob, bytes, path] =
        /^(\d+) blob ([\da-f]+) +(\d+)\t(.*)$/su.exec(entry) ?? [];
      if (mode === undefined || mode === '120000') return [];
      return blob === undefined || path === undefined ? [] : [{ path, blob, bytes: Number(bytes) }];
    });
}

async function sizes(git: Git, blobs: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const output = await git.read(['cat-file', '--batch-check'], `${blobs.join('\n')}\n`);
  return new Map(
    output
      .toString()
      .trimEnd()
      .split('\n')
      .map((line) => {
        const [id = '', type, size] = line.split(' ');
        if (type !== 'blob') throw new Error(`The repository lacks the object ${id}.`);
        return [id, Number(size)];
      }),
  );
}

/** Contents as `git cat-file --batch` writes them: a header line, the bytes, a line feed. */
function* parseBatch(output: Buffer): Generator<readonly [string, Buffer]> {
  let at = 0;
  while (at < output.length) {
    const endOfHeader = output.indexOf(0x0a, at);
    const [id = '', type, size] = output.subarray(at, endOfHeader).toString().split(' ');
    if (type !== 'blob') throw new Error(`The repository lacks the object ${id}.`);
    const start = endOfHeader + 1;
    const end = start + Number(size);
    yield [id, output.subarray(start, end)];
    at = end + 1;
  }
}

/** Reads blobs that are at most `maximumBytes` big; the others are only named. */
export async function readBlobs(
  git: Git,
  blobs: readonly string[],
  maximumBytes: number,
): Promise<ReadonlyMap<string, Blob>> {
  const wanted = [...new Set(blobs)];
  const found = new Map<string, Blob>();
  for (let from = 0; from < wanted.length; from += AnalysisLimits.filesPerBatch) {
    const batch = wanted.slice(from, from + AnalysisLimits.filesPerBatch);
    const small: string[] = [];
    for (const [id, bytes] of await sizes(git, batch)) {
      if (bytes > maximumBytes) found.set(id, { kind: 'tooLarge', bytes });
      else small.push(id);
    }
    if (small.length === 0) continue;
    const output = await git.read(['cat-file', '--batch'], `${small.join('\n')}\n`);
    for (const [id, content] of parseBatch(output)) found.set(id, { kind: 'content', content });
  }
  return found;
}
