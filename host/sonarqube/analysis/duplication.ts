import { DuplicationLimits } from './limits';
import type { Tokens } from './tokens';

const { tokensPerBlock, linesPerBlock, candidatesPerBlock } = DuplicationLimits;

/** Base of the rolling hash: odd and large, so that order matters in every bit. */
const BASE = 0x01000193;

/** Hash of every run of `tokensPerBlock` tokens, by the index of its first token. */
function hashWindows({ values }: Tokens): Int32Array {
  const count = values.length - tokensPerBlock + 1;
  if (count <= 0) return new Int32Array();
  const hashes = new Int32Array(count);
  let leaving = 1;
  for (let at = 1; at < tokensPerBlock; at += 1) leaving = Math.imul(leaving, BASE);
  let hash = 0;
  for (let at = 0; at < values.length; at += 1) {
    if (at >= tokensPerBlock) {
      hash = (hash - Math.imul(values[at - tokensPerBlock] ?? 0, leaving)) | 0;
    }
    hash = (Math.imul(hash, BASE) + (values[at] ?? 0)) | 0;
    if (at >= tokensPerBlock - 1) hashes[at - tokensPerBlock + 1] = hash;
  }
  return hashes;
}

interface Place {
  readonly file: number;
  readonly start: number;
}

function spannedLines({ lines }: Tokens, start: number, length: number): number {
  return (lines[start + length - 1] ?? 0) - (lines[start] ?? 0) + 1;
}

/** Length of the equal run from two places on; inside one file the runs may touch but not overlap. */
function equalRun(a: Tokens, startOfA: number, b: Tokens, startOfB: number): number {
  const most = a === b ? Math.abs(startOfA - startOfB) : Infinity;
  let length = 0;
  while (
    length < most &&
    startOfA + length < a.values.length &&
    startOfB + length < b.values.length &&
    a.values[startOfA + length] === b.values[startOfB + length]
  ) {
    length += 1;
  }
  return length;
}

/** Finds lines that stand elsewhere too. Memory follows the changed files alone, however many others they are held against. */
export interface DuplicationSearch {
  /** Holds another text against the changed files. */
  compareWith(tokens: Tokens): void;
  /** Duplicated lines of each changed file, in the order in which the files were given. */
  readonly duplicatedLines: readonly ReadonlySet<number>[];
}

/** Compares the changed files with themselves and each other at once; others follow by `compareWith`. */
export function createDuplicationSearch(files: readonly Tokens[]): DuplicationSearch {
  const duplicatedLines = files.map(() => new Set<number>());
  const places = new Map<number, Place[]>();

  files.forEach((tokens, file) => {
    hashWindows(tokens).forEach((hash, start) => {
      const known = places.get(hash);
      if (!known) places.set(hash, [{ file, start }]);
      else if (known.length < candidatesPerBlock) known.push({ file, start });
    });
  });

  function mark(file: number, tokens: Tokens, start: number, length: number): void {
    const last = tokens.lines[start + length - 1] ?? 0;
    for (let line = tokens.lines[start] ?? 1; line <= last; line += 1) {
      duplicatedLines[file]?.add(line);
    }
  }

  function compare(tokens: Tokens, fileOfTokens: number | undefined): void {
    // Where the last run of each file ended, so that a long run is not found again at each of its tokens.
    const coveredUntil = new Map<string, number>();
    hashWindows(tokens).forEach((hash, start) => {
      for (const place of places.get(hash) ?? []) {
        if (place.file === fileOfTokens && place.start <= start) continue;
        const diagonal = `${place.file}:${place.start - start}`;
        if ((coveredUntil.get(diagonal) ?? -1) > start) continue;
        const other = files[place.file];
        if (!other) continue;
        const length = equalRun(other, place.start, tokens, start);
        if (length < tokensPerBlock) continue;
        coveredUntil.set(diagonal, start + length - tokensPerBlock + 1);
        if (
          spannedLines(other, place.start, length) < linesPerBlock ||
          spannedLines(tokens, start, length) < linesPerBlock
        ) {
          continue;
        }
        mark(place.file, other, place.start, length);
        if (fileOfTokens !== undefined) mark(fileOfTokens, tokens, start, length);
      }
    });
  }

  files.forEach((tokens, file) => compare(tokens, file));
  return { compareWith: (tokens) => compare(tokens, undefined), duplicatedLines };
}
