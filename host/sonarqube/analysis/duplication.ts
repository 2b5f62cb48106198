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
  const most = Math.min(
    a === b ? Math.abs(startOfA - startOfB) : Infinity,
    a.values.length - startOfA,
    b.values.length - startOfB,
  );
  let length = 0;
  while (length < most && a.values[startOfA + length] === b.values[startOfB + length]) length += 1;
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

  /** Marks the runs of the changed files that start where these tokens do; answers where the longest one ends. */
  function markRunsAt(tokens: Tokens, start: number, hash: number, count: (steps: number) => void) {
    let end = start;
    for (const { file, start: startOfOther } of places.get(hash) ?? []) {
      const other = files[file];
      if (!other || (other === tokens && startOfOther === start)) continue;
      const length = equalRun(other, startOfOther, tokens, start);
      count(length);
      const isBlock =
        length >= tokensPerBlock &&
        spannedLines(other, startOfOther, length) >= linesPerBlock &&
        spannedLines(tokens, start, length) >= linesPerBlock;
      if (!isBlock) continue;
      mark(file, other, startOfOther, length);
      end = Math.max(end, start + length);
    }
    return end;
  }

  function compare(tokens: Tokens, own?: number): void {
    let stepsLeft: number = DuplicationLimits.stepsPerFile;
    let knownUntil = 0;
    hashWindows(tokens).forEach((hash, start) => {
      // A block inside a run that was found says nothing new: its other places are marked when their turn comes.
      if (start + tokensPerBlock <= knownUntil || stepsLeft <= 0) return;
      const end = markRunsAt(tokens, start, hash, (steps) => (stepsLeft -= steps));
      if (end === start) return;
      knownUntil = Math.max(knownUntil, end);
      if (own !== undefined) mark(own, tokens, start, end - start);
    });
  }

  files.forEach((tokens, file) => compare(tokens, file));
  return { compareWith: (tokens) => compare(tokens), duplicatedLines };
}
