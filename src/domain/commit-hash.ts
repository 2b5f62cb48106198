const fullHashPattern = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/i;
const hashPattern = /^[0-9a-f]{12,64}$/i;

/** Bitbucket cuts hashes of pull requests to this many characters; fewer are never enough to tell commits apart. */
export const shortestComparableHash = 12;

/** Whether a text is a whole commit hash (SHA-1 or SHA-256). */
export function isFullHash(text: string): boolean {
  return fullHashPattern.test(text);
}

/** Whether a text is a commit hash, whole or cut to at least 12 characters. */
export function isHash(text: string | undefined): text is string {
  return text !== undefined && hashPattern.test(text);
}

/**
 * Whether two hashes name the same commit: equal, or one is the beginning of the other with at least 12 characters.
 * Anything that is not a hash is the same as nothing.
 */
export function isSameCommit(left: string | undefined, right: string | undefined): boolean {
  if (left === undefined || right === undefined) return false;
  if (!hashPattern.test(left) || !hashPattern.test(right)) return false;
  const [short, long] = left.length <= right.length ? [left, right] : [right, left];
  if (isFullHash(short)) return short.toLowerCase() === long.toLowerCase();
  return long.toLowerCase().startsWith(short.toLowerCase());
}

/** The form that people read: seven characters. */
export function toDisplayHash(hash: string): string {
  return hash.slice(0, 7);
}
