import { createHash } from 'node:crypto';

/** Formats a digest of the parts as a UUID, the form that SonarQube's keys have. */
export function digestUuid(...parts: readonly string[]): string {
  const hex = createHash('sha256').update(parts.join('\0')).digest('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `5${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}

/**
 * Names issues so that the same one keeps its key when lines move: by rule, path and the text of its line, and by its
 * rank among equals. One namer serves one analysis; issues of a file come in the order of their lines.
 */
export function createIssueNamer(): (rule: string, path: string, lineText: string) => string {
  const seen = new Map<string, number>();
  return (rule, path, lineText) => {
    const identity = [rule, path, lineText.trim()].join('\0');
    const rank = seen.get(identity) ?? 0;
    seen.set(identity, rank + 1);
    return digestUuid(identity, String(rank));
  };
}
