/** Everything that is wrong with this manifest beyond what the official validators say; empty when nothing is. */
export function findProblems(
  manifest: unknown,
  exportsOf: (file: string) => readonly string[] | undefined,
): string[];
