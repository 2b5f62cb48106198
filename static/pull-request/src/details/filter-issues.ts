import type { Issue } from '@contracts/verdict';

/** What a reader wants to see; an empty word wants everything. */
export interface IssueFilter {
  readonly severity: Issue['severity'] | '';
  readonly kind: Issue['kind'] | '';
  /** A part of the path, in any case. */
  readonly file: string;
  readonly isMine: boolean;
}

export const everything: IssueFilter = { severity: '', kind: '', file: '', isMine: false };

export function isFiltering({ severity, kind, file, isMine }: IssueFilter): boolean {
  return severity !== '' || kind !== '' || file.trim() !== '' || isMine;
}

/** The issues that a filter lets through, in their order; `own` are the names of the reader, once they are known. */
export function filterIssues(
  issues: readonly Issue[],
  filter: IssueFilter,
  own: ReadonlySet<string> | undefined,
): Issue[] {
  const file = filter.file.trim().toLowerCase();
  return issues.filter(
    ({ severity, kind, path = '', author = '' }) =>
      (filter.severity === '' || severity === filter.severity) &&
      (filter.kind === '' || kind === filter.kind) &&
      path.toLowerCase().includes(file) &&
      (!filter.isMine || !own || own.has(author)),
  );
}
