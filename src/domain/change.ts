import type { AuditEntry, FieldChange } from '../contracts/audit';

/** What a person or the app changed, before it is given its time, actor and action. Never holds a secret. */
export interface ChangeDraft {
  readonly subject: AuditEntry['subject'];
  readonly changes: readonly FieldChange[];
}

/** The answer of a procedure that writes: what the page gets, and what the audit log gets when something changed. */
export interface Written<T> {
  readonly output: T;
  readonly change: ChangeDraft | undefined;
}

/** The fields that differ; a secret is named without its value. */
export function toFieldChanges(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): FieldChange[] {
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return fields.flatMap((field) => {
    const [was, is] = [toText(before[field]), toText(after[field])];
    if (was === is) return [];
    return [
      { field, ...(was !== undefined && { before: was }), ...(is !== undefined && { after: is }) },
    ];
  });
}

function toText(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
