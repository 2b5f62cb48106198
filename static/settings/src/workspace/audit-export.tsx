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

/** The whole filtered log as text to copy: the frame may not save files. */
export function AuditExport({ filter }: { readonly filter: TypedFilter }) {
  const [text, setText] = useState<string>();
  const exporting = useAction();
  const start = (format: Format) =>
    exporting.run(async () => setText(await collect(format, filter)));

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
            Copy the text into a file; Bitbucket lets no app save one by itself.
          </p>
          <CopyText id="audit-export" label="Export" text={text} />
        </>
      )}
    </>
  );
}
