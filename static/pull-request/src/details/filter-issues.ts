import type { Issue } from '@contracts/verdict';

/** What a reader wants to see; an empty word wants everything. */
export interface IssueFilter {
  readonly severity: Issue['severity'] | '';
  readonly kind: Issue['kind'] | '';
  /** A part of the path, in any case. */
  readonly file: string;
}

export const everything: IssueFilter = { severity: '', kind: '', file: '' };

export function isFiltering({ severity, kind, file }: IssueFilter): boolean {
  return severity !== '' || kind !== '' || file.trim() !== '';
}

/** The issues that a filter lets through, in their order. */
export function filterIssues(issues: readonly Issue[], filter: IssueFilter): Issue[] {
  const file = filter.file.trim().toLowerCase();
  return issues.filter(
    ({ severity, kind, path = '' }) =>
      (filter.severity === '' || severity === filter.severity) &&
      (filter.kind === '' || kind === filter.kind) &&
      path.toLowerCase().includes(file),
  );
}
