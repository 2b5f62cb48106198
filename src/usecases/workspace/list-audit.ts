import type { AuditEntry } from '../../contracts/audit';
import { toCsvLine } from '../../domain/csv';
import type { AuditFilter, AuditLog, Page } from '../../domain/ports/stores';

export interface ListAudit {
  /** Newest first, 50 a page. */
  list(filter: AuditFilter, cursor: string | undefined): Promise<Page<AuditEntry>>;
  /** One part of an export, to append to those before; the first part of a CSV has the headings. */
  exportPart(
    format: 'csv' | 'json',
    filter: AuditFilter,
    cursor: string | undefined,
  ): Promise<{ readonly text: string; readonly nextCursor?: string | undefined }>;
}

const pageSize = 50;
const headings = ['time', 'actor', 'action', 'kind', 'id', 'name', 'field', 'before', 'after'];

/** The audit log for the workspace page. */
export function createListAudit({ audit }: { readonly audit: AuditLog }): ListAudit {
  const list = (filter: AuditFilter, cursor: string | undefined) =>
    audit.list(filter, { limit: pageSize, cursor });
  return {
    list,
    async exportPart(format, filter, cursor) {
      const { items, nextCursor } = await list(filter, cursor);
      const text =
        format === 'csv'
          ? (cursor === undefined ? toCsvLine(headings) : '') + items.map(toCsvLines).join('')
          : // One JSON object a line, so that parts can be put together.
            items.map((entry) => `${JSON.stringify(entry)}\n`).join('');
      return { text, nextCursor };
    },
  };
}

function toCsvLines({ at, actor, action, subject, changes }: AuditEntry): string {
  const facts = [at, actor, action, subject.kind, subject.id, subject.name];
  if (changes.length === 0) return toCsvLine([...facts, '', '', '']);
  return changes
    .map(({ field, before = '', after = '' }) => toCsvLine([...facts, field, before, after]))
    .join('');
}
