import type { Issue, IssueSeverity } from '../contracts/verdict';

const bySeverity: Readonly<Record<string, IssueSeverity>> = {
  BLOCKER: 'blocker',
  CRITICAL: 'high',
  HIGH: 'high',
  MAJOR: 'medium',
  MEDIUM: 'medium',
  MINOR: 'low',
  LOW: 'low',
  INFO: 'info',
};
const worstFirst: readonly IssueSeverity[] = ['blocker', 'high', 'medium', 'low', 'info'];

export interface Impact {
  readonly softwareQuality?: string | undefined;
  readonly severity?: string | undefined;
}

/**
 * One severity out of what a server gives: the worst impact, else the classic severity, else medium. Servers of different
 * ages leave out any of them.
 */
export function toSeverity(
  impacts: readonly Impact[],
  severity: string | undefined,
): IssueSeverity {
  const known = impacts.flatMap((impact) => toKnown(impact.severity) ?? []);
  const [worst] = known.toSorted((a, b) => worstFirst.indexOf(a) - worstFirst.indexOf(b));
  return worst ?? toKnown(severity) ?? 'medium';
}

function toKnown(word: string | undefined): IssueSeverity | undefined {
  return word !== undefined && Object.hasOwn(bySeverity, word) ? bySeverity[word] : undefined;
}

/** The kind by the classic type, else by the software quality that it touches. */
export function toKind(type: string | undefined, impacts: readonly Impact[]): Issue['kind'] {
  if (type === 'BUG') return 'bug';
  if (type === 'VULNERABILITY') return 'vulnerability';
  if (type === 'CODE_SMELL') return 'codeSmell';
  const qualities = impacts.map(({ softwareQuality }) => softwareQuality);
  if (qualities.includes('SECURITY')) return 'vulnerability';
  return qualities.includes('RELIABILITY') ? 'bug' : 'codeSmell';
}

/** Worst first, then by place, then by key, so that the same issues always come in the same order. */
export function sortIssues(issues: readonly Issue[]): Issue[] {
  return issues.toSorted(
    (a, b) =>
      worstFirst.indexOf(a.severity) - worstFirst.indexOf(b.severity) ||
      compareText(a.path ?? '', b.path ?? '') ||
      (a.line ?? 0) - (b.line ?? 0) ||
      compareText(a.key, b.key),
  );
}

function compareText(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
