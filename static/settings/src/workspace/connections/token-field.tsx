interface TokenFieldProps {
  readonly id: string;
  /** What it is called; a token unless said otherwise. */
  readonly label?: string;
  readonly value: string;
  readonly hint: string;
  readonly onInput: (value: string) => void;
}

/** A token to enter: it is never filled in from what is stored. */
export function TokenField({ id, label = 'Token', value, hint, onInput }: TokenFieldProps) {
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="password"
        className="input"
        autoComplete="off"
        spellCheck={false}
        value={value}
        aria-describedby={`${id}-hint`}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
      <p id={`${id}-hint`} className="hint">
        {hint}
      </p>
    </div>
  );
}
