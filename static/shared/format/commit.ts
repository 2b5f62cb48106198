/** The seven characters that Bitbucket's own pages show of a commit. */
export function shorten(commitHash: string): string {
  return commitHash.slice(0, 7);
}

/** Whether two hashes, either of which may be shortened, name the same commit. */
export function isSameCommit(one: string, other: string): boolean {
  return one.startsWith(other) || other.startsWith(one);
}
