import type { ChangedFile } from './changed-files';
import type { Git } from './git';

/** The lines of a file that a change added or rewrote, 1-based. */
export interface ChangedLines {
  has(line: number): boolean;
  /** Whether any line of the range is new; both ends belong to it. */
  touches(line: number, endLine: number): boolean;
  readonly count: number;
}

type Range = readonly [first: number, last: number];

/** Ranges come in ascending order and do not overlap, as git writes them. */
export function createChangedLines(ranges: readonly Range[]): ChangedLines {
  function touches(line: number, endLine: number): boolean {
    let low = 0;
    let high = ranges.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((ranges[middle]?.[1] ?? 0) < line) low = middle + 1;
      else high = middle;
    }
    const candidate = ranges[low];
    return candidate !== undefined && candidate[0] <= endLine;
  }
  return {
    has: (line) => touches(line, line),
    touches,
    count: ranges.reduce((sum, [first, last]) => sum + last - first + 1, 0),
  };
}

/** Number of lines as git counts them: a last line without a line feed is a line too. */
export function countLines(content: Buffer): number {
  if (content.length === 0) return 0;
  let lines = content.at(-1) === 0x0a ? 0 : 1;
  for (const byte of content) if (byte === 0x0a) lines += 1;
  return lines;
}

/**
 * Ranges on the new side of a patch without context: `@@ -1,2 +3,4 @@`; a count of 0 only deletes. Lines end at a line
 * feed alone, so that a carriage return inside a line cannot forge a header.
 */
export function parseRanges(patch: string): readonly Range[] {
  return patch.split('\n').flatMap((line): readonly Range[] => {
    const [, start, count = '1'] = /^@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@/u.exec(line) ?? [];
    if (start === undefined || count === '0') return [];
    return [[Number(start), Number(start) + Number(count) - 1]];
  });
}

/**
 * Finds the changed lines of a file. Blobs are compared by their ids and as text: so no attribute of the repository can
 * declare a file binary, and no name can disturb the parsing.
 */
export async function readChangedLines(
  git: Git,
  file: ChangedFile,
  content: Buffer,
): Promise<ChangedLines> {
  if (file.baseBlob === undefined) {
    const lines = countLines(content);
    return createChangedLines(lines === 0 ? [] : [[1, lines]]);
  }
  if (file.baseBlob === file.blob) return createChangedLines([]);
  const patch = await git.read([
    ...['diff', '--no-ext-diff', '--no-textconv', '--no-color', '--text', '--unified=0'],
    ...['--inter-hunk-context=0', file.baseBlob, file.blob],
  ]);
  return createChangedLines(parseRanges(patch.toString('latin1')));
}
