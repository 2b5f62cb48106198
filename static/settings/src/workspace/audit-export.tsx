import { call } from '../../../shared/bridge/call';
import { ExportButtons, type ExportFormat } from '../shared/export-buttons';
import { toFilter, type TypedFilter } from './audit';

async function collect(format: ExportFormat, filter: TypedFilter): Promise<string> {
  let text = '';
  let cursor: string | undefined;
  do {
    const part = await call('audit.export', {
      format,
      filter: toFilter(filter),
      ...(cursor !== undefined && { cursor }),
    });
    text += part.text;
    cursor = part.nextCursor;
  } while (cursor !== undefined);
  return text;
}

/** The whole filtered log. */
export function AuditExport({ filter }: { readonly filter: TypedFilter }) {
  return (
    <ExportButtons
      id="audit-export"
      fileName="gatehouse-audit"
      collect={(format) => collect(format, filter)}
    />
  );
}
