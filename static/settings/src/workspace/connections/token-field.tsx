interface TokenFieldProps {
  readonly id: string;
  readonly value: string;
  readonly hint: string;
  readonly onInput: (value: string) => void;
}

/** A token to enter: it is never filled in from what is stored. */
export function TokenField({ id, value, hint, onInput }: TokenFieldProps) {
  return (
    <div className="field">
      <label htmlFor={id}>Token</label>
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
