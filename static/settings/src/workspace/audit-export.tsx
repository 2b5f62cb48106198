import { useState } from 'react';
import { call } from '../../../shared/bridge/call';
import { Button } from '../button';
import { CopyText } from '../copy-text';
import { FailureNotice } from '../failure-notice';
import { useAction } from '../use-action';
import { toFilter, type TypedFilter } from './audit';

type Format = 'csv' | 'json';

async function collect(format: Format, filter: TypedFilter): Promise<string> {
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

/** The whole filtered log as a file, and as text to copy where downloads are blocked. */
export function AuditExport({ filter }: { readonly filter: TypedFilter }) {
  const [text, setText] = useState<string>();
  const exporting = useAction();
  const start = (format: Format) =>
    exporting.run(async () => {
      const collected = await collect(format, filter);
      setText(collected);
      saveFile(`gatehouse-audit.${format === 'csv' ? 'csv' : 'jsonl'}`, collected);
    });

  return (
    <>
      <div className="row start">
        <Button isRunning={exporting.isRunning} onClick={() => start('csv')}>
          Export as CSV
        </Button>
        <Button isRunning={exporting.isRunning} onClick={() => start('json')}>
          Export as JSON lines
        </Button>
      </div>
      {exporting.failure && <FailureNotice failure={exporting.failure} />}
      {text !== undefined && (
        <>
          <p className="hint">
            Your browser saves it as a file. Where it may not, copy the text from here.
          </p>
          <CopyText id="audit-export" label="Export" text={text} />
        </>
      )}
    </>
  );
}

function saveFile(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
