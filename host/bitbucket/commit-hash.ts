/** The 12 characters that pull requests and their events carry. */
export function toShortHash(commitHash: string): string {
  return commitHash.slice(0, 12);
}
