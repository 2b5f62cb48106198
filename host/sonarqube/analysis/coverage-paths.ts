import { posix } from 'node:path';

/** The base folders that a path in a report may be relative to: where the report lies, and every folder above it. */
function listBases(reportPath: string): readonly string[] {
  const bases: string[] = [];
  for (let folder = posix.dirname(reportPath); ; folder = posix.dirname(folder)) {
    bases.push(folder);
    if (folder === '.' || folder === '/') return bases.toReversed();
  }
}

/**
 * Finds the file of the repository that a coverage report means. Reports carry paths relative to the repository, to a
 * package inside it, or absolute ones of the machine that ran the tests.
 */
export function findCoveredPath(
  reportedPath: string,
  reportPath: string,
  sourceRoots: readonly string[],
  repositoryPaths: ReadonlySet<string>,
): string | undefined {
  const path = reportedPath.replaceAll('\\', '/').replace(/^[A-Za-z]:(?=\/)/u, '');
  const candidates = [
    ...listBases(reportPath).map((base) => posix.normalize(posix.join(base, path))),
    ...sourceRoots.map((root) => posix.normalize(posix.join(root, path))),
  ];
  const direct = candidates.find((candidate) => repositoryPaths.has(candidate));
  if (direct !== undefined) return direct;
  // The longest tail that the repository knows; a bare file name says too little to be one.
  for (const candidate of [path, ...candidates]) {
    const parts = candidate.split('/').filter((part) => part !== '' && part !== '.');
    for (let from = 1; from < parts.length - 1; from += 1) {
      const tail = parts.slice(from).join('/');
      if (repositoryPaths.has(tail)) return tail;
    }
  }
  return undefined;
}
