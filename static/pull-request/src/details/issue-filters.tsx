import type { IssueFilter } from './filter-issues';
import { detailTexts, kindWords, severityWords } from './texts';

interface IssueFiltersProps {
  /** Tells the fields of several projects on one page apart. */
  readonly id: string;
  readonly filter: IssueFilter;
  readonly onFilter: (filter: IssueFilter) => void;
}

/** Severity, kind, a part of the path, and who wrote it. */
export function IssueFilters({ id, filter, onFilter }: IssueFiltersProps) {
  return (
    <div className="row start filters" role="group" aria-label={detailTexts.filters}>
      <Choice
        id={`${id}-severity`}
        label={detailTexts.severity}
        value={filter.severity}
        words={severityWords}
        onChoose={(severity) => onFilter({ ...filter, severity })}
      />
      <Choice
        id={`${id}-kind`}
        label={detailTexts.kind}
        value={filter.kind}
        words={kindWords}
        onChoose={(kind) => onFilter({ ...filter, kind })}
      />
      <label htmlFor={`${id}-file`}>
        {detailTexts.file}{' '}
        <input
          id={`${id}-file`}
          type="search"
          value={filter.file}
          autoComplete="off"
          spellCheck={false}
          onInput={(event) => onFilter({ ...filter, file: event.currentTarget.value })}
        />
      </label>
      <label htmlFor={`${id}-mine`}>
        <input
          id={`${id}-mine`}
          type="checkbox"
          checked={filter.isMine}
          onChange={(event) => onFilter({ ...filter, isMine: event.currentTarget.checked })}
        />{' '}
        {detailTexts.mine}
      </label>
    </div>
  );
}

interface ChoiceProps<T extends string> {
  readonly id: string;
  readonly label: string;
  readonly value: T | '';
  readonly words: Readonly<Record<T, string>>;
  readonly onChoose: (value: T | '') => void;
}

function Choice<T extends string>({ id, label, value, words, onChoose }: ChoiceProps<T>) {
  return (
    <label htmlFor={id}>
      {label}{' '}
      <select
        id={id}
        value={value}
        onChange={(event) => onChoose(event.currentTarget.value as T | '')}
      >
        <option value="">{detailTexts.all}</option>
        {(Object.keys(words) as T[]).map((each) => (
          <option key={each} value={each}>
            {words[each]}
          </option>
        ))}
      </select>
    </label>
  );
}
