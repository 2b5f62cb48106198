import { useRef, useState } from 'react';
import { Button } from './button';

interface CopyTextProps {
  readonly id: string;
  readonly label: string;
  readonly text: string;
}

/** A text that a person takes elsewhere: read-only, with a button that copies it. */
export function CopyText({ id, label, text }: CopyTextProps) {
  const field = useRef<HTMLTextAreaElement>(null);
  const [notice, setNotice] = useState('');

  function onCopy(): void {
    // The frame may be denied the clipboard: then the text is selected, and the keys do the rest.
    const written = Promise.resolve().then(() => navigator.clipboard.writeText(text));
    written.then(
      () => setNotice('Copied.'),
      () => {
        field.current?.focus();
        field.current?.select();
        setNotice('The text is selected. Press Ctrl+C, or ⌘C on a Mac, to copy it.');
      },
    );
  }

  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <textarea
        id={id}
        ref={field}
        className="input code"
        readOnly
        rows={Math.min(24, text.split('\n').length + 1)}
        value={text}
      />
      <div className="row start">
        <Button label={`Copy: ${label}`} onClick={onCopy}>
          Copy
        </Button>
        <span role="status" className="hint">
          {notice}
        </span>
      </div>
    </div>
  );
}
