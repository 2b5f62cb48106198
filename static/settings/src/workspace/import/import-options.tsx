import type { ImportOptions } from '@contracts/imports';
import { SelectField } from '../../shared/select-field';
import { TextField } from '../../text-field';

interface ImportOptionsProps {
  readonly options: ImportOptions;
  /** The server takes a definition of new code with a project. */
  readonly hasNewCode: boolean;
  readonly mostParallel: number;
  readonly onChange: (options: ImportOptions) => void;
}

const switches = [
  ['publicStaysPublic', 'Projects of public repositories are public'],
  ['includesForks', 'Forks too'],
  ['includesEmpty', 'Empty repositories too; they wait for their first analysis'],
] as const;

const newCodes = [
  ['server', 'As the server decides'],
  ['previousVersion', 'Since the previous version'],
  ['days', 'Of the last 30 days'],
] as const;

/** How projects are made. */
export function ImportOptionFields(props: ImportOptionsProps) {
  const { options, hasNewCode, mostParallel, onChange } = props;
  const { keyPrefix, newCode, parallel } = options;
  return (
    <>
      <TextField
        id="key-prefix"
        label="Beginning of the project keys"
        value={keyPrefix}
        hint={`A repository "shop" gets the project "${keyPrefix}shop". Each key can be changed in the plan.`}
        onInput={(typed) => onChange({ ...options, keyPrefix: typed })}
      />
      {hasNewCode && (
        <SelectField
          id="new-code"
          label="New code"
          value={newCode.kind}
          options={newCodes}
          onSelect={(kind) =>
            onChange({ ...options, newCode: kind === 'days' ? { kind, days: 30 } : { kind } })
          }
        />
      )}
      <SelectField
        id="parallel"
        label="Repositories at once"
        value={String(parallel)}
        options={Array.from({ length: mostParallel }, (_, place) => {
          const number = String(place + 1);
          return [number, number] as const;
        })}
        onSelect={(number) => onChange({ ...options, parallel: Number(number) })}
      />
      <fieldset>
        <legend>Which, and how</legend>
        {switches.map(([name, label]) => (
          <label key={name} className="choice">
            <input
              type="checkbox"
              checked={options[name]}
              onChange={(event) => onChange({ ...options, [name]: event.currentTarget.checked })}
            />
            <span>{label}</span>
          </label>
        ))}
      </fieldset>
    </>
  );
}
