import type { ResolvedSetting } from '@contracts/settings';
import { SelectField } from '../shared/select-field';
import { levelWords, toOptionText } from './setting-texts';

interface ChoiceRowProps {
  readonly label: string;
  readonly options: readonly (readonly [value: string, text: string])[];
  readonly resolved: ResolvedSetting;
  /** What this level says; absent: it inherits. */
  readonly own: string | undefined;
  readonly onChange: (value: string | undefined) => void;
  /** Absent where there is no level below. */
  readonly lock?: { readonly isLocked: boolean; readonly onLock: (isLocked: boolean) => void };
}

const inherit = '';

/** One setting: inherited or said here, with where its value comes from, and a lock for the levels below. */
export function ChoiceRow({ label, options, resolved, own, onChange, lock }: ChoiceRowProps) {
  const { name, lockedBy, inherited } = resolved;
  if (lockedBy) {
    return (
      <div className="field">
        <strong>{label}</strong>
        <p>
          {toOptionText(options, inherited.value)}{' '}
          <span className="hint">locked by {levelWords[lockedBy]}</span>
        </p>
      </div>
    );
  }
  const from = inherited.from === 'default' ? 'Default' : `From ${levelWords[inherited.from]}`;
  return (
    <div className="setting">
      <SelectField
        id={`setting-${name}`}
        label={label}
        value={own ?? inherit}
        options={[
          [inherit, `${from}: ${toOptionText(options, inherited.value)}`],
          ...options.map(([value, text]) => [value, text] as const),
        ]}
        onSelect={(value) => onChange(value === inherit ? undefined : value)}
      />
      {lock && <LockBox name={name} label={label} {...lock} />}
    </div>
  );
}

interface LockBoxProps {
  readonly name: string;
  readonly label: string;
  readonly isLocked: boolean;
  readonly onLock: (isLocked: boolean) => void;
}

export function LockBox({ name, label, isLocked, onLock }: LockBoxProps) {
  return (
    <label className="lock" htmlFor={`lock-${name}`}>
      <input
        id={`lock-${name}`}
        type="checkbox"
        checked={isLocked}
        aria-label={`Lock "${label}" for everything below`}
        onChange={(event) => onLock(event.currentTarget.checked)}
      />
      Locked
    </label>
  );
}
