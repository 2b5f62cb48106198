import { useState } from 'react';
import { Button } from '../button';
import { CopyText } from '../copy-text';
import { FailureNotice } from '../failure-notice';
import { useAction } from '../use-action';

export type ExportFormat = 'csv' | 'json';

interface ExportButtonsProps {
  readonly id: string;
  /** Without its ending. */
  readonly fileName: string;
  readonly collect: (format: ExportFormat) => Promise<string>;
}

/** A whole list as a file, and as text to copy where downloads are blocked. */
export function ExportButtons({ id, fileName, collect }: ExportButtonsProps) {
  const [text, setText] = useState<string>();
  const exporting = useAction();
  const start = (format: ExportFormat) =>
    exporting.run(async () => {
      const collected = await collect(format);
      setText(collected);
      saveFile(`${fileName}.${format === 'csv' ? 'csv' : 'jsonl'}`, collected);
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
          <CopyText id={id} label="Export" text={text} />
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
