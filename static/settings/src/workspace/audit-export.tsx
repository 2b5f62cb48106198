import { useState } from 'react';
import { call } from '../../../shared/bridge/call';
import { Button } from '../button';
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
        <div className="field">
          <label htmlFor="audit-export">Export</label>
          <p id="audit-export-hint" className="hint">
            Copy the text into a file; Bitbucket lets no app save one by itself.
          </p>
          <textarea
            id="audit-export"
            className="input"
            aria-describedby="audit-export-hint"
            rows={10}
            readOnly
            value={text}
            onFocus={(event) => event.currentTarget.select()}
          />
        </div>
      )}
    </>
  );
}
