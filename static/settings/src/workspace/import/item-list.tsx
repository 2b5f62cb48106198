import type {
  ImportDecision,
  ImportItem,
  ImportItemState,
  ImportRunView,
} from '@contracts/imports';
import { useContext, useEffect, useState } from 'react';
import { call } from '../../../../shared/bridge/call';
import { Button } from '../../button';
import { FailureNotice } from '../../failure-notice';
import { FormatsContext } from '../../formats-context';
import { SelectField } from '../../shared/select-field';
import { useAction } from '../../use-action';
import { ItemRow } from './item-row';
import { stateTexts } from './texts';

interface ItemListProps {
  readonly run: ImportRunView;
  readonly isIdle: boolean;
  /** Grows when many items were changed at once. */
  readonly reloads: number;
  readonly onChanged: (run: ImportRunView) => void;
}

interface Shown {
  readonly items: readonly { readonly page: number; readonly item: ImportItem }[];
  readonly nextPage?: number | undefined;
}

type Filter = ImportItemState | 'all';
const states = Object.keys(stateTexts) as ImportItemState[];

/** The repositories of an import, in one state or all. What changes while it is at work is read again with the counts. */
export function ItemList({ run, isIdle, reloads, onChanged }: ItemListProps) {
  const formats = useContext(FormatsContext);
  const { runId, counts, total } = run;
  const [filter, setFilter] = useState<Filter>(counts.conflict > 0 ? 'conflict' : 'all');
  const [shown, setShown] = useState<Shown>();
  const loading = useAction();
  const changing = useAction();

  const load = (before: Shown | undefined) =>
    loading.run(async () => {
      const answer = await call('import.items', {
        runId,
        page: before?.nextPage ?? 0,
        ...(filter !== 'all' && { state: filter }),
      });
      const items = answer.items.map((item) => ({ page: answer.page, item }));
      setShown({ items: [...(before?.items ?? []), ...items], nextPage: answer.nextPage });
    });
  // What a person has just decided stays where it is; what the import does by itself is read anew.
  const progress = isIdle ? run.state : JSON.stringify(counts);
  useEffect(() => {
    if (filter !== 'all' && counts[filter] === 0) setFilter('all');
    else load(undefined);
  }, [filter, progress, reloads]);

  const place = (page: number, { repositoryUuid }: ImportItem) => ({
    page,
    repositoryUuid: `{${repositoryUuid}}`,
  });
  const decide = (page: number, item: ImportItem, decision: ImportDecision) =>
    changing.run(async () => {
      const answer = await call('import.decide', { runId, ...place(page, item), decision });
      setShown((before) => before && withItem(before, answer.item));
      onChanged(answer.run);
    });
  const retry = (page: number, item: ImportItem) =>
    changing.run(async () =>
      onChanged((await call('import.retry', { runId, item: place(page, item) })).run),
    );

  const options = [
    ['all', `All (${formats.count(total)})`] as const,
    ...states
      .filter((state) => counts[state] > 0 || state === filter)
      .map(
        (state) => [state, `${stateTexts[state].word} (${formats.count(counts[state])})`] as const,
      ),
  ];
  return (
    <section className="stack" aria-labelledby="import-items-heading">
      <h3 id="import-items-heading">Repositories</h3>
      <SelectField<Filter>
        id="import-items-filter"
        label="Show"
        value={filter}
        options={options}
        onSelect={(chosen) => {
          setShown(undefined);
          setFilter(chosen);
        }}
      />
      {changing.failure && <FailureNotice failure={changing.failure} />}
      {loading.failure && <FailureNotice failure={loading.failure} onRetry={() => load(shown)} />}
      {shown?.items.length === 0 && <p>There are none.</p>}
      {shown && shown.items.length > 0 && (
        <div className="scroll" tabIndex={0} role="region" aria-label="Table of the import">
          <table className="table">
            <thead>
              <tr>
                <th scope="col">Repository</th>
                <th scope="col">What is done</th>
                <th scope="col">State</th>
                <th scope="col">
                  <span className="hidden">Actions</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {shown.items.map(({ page, item }) => (
                <ItemRow
                  key={`${item.repositoryUuid} ${item.projectKey} ${item.state}`}
                  item={item}
                  isIdle={isIdle}
                  isRunning={changing.isRunning}
                  onDecide={(decision) => decide(page, item, decision)}
                  onRetry={() => retry(page, item)}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {shown?.nextPage !== undefined && (
        <Button isRunning={loading.isRunning} onClick={() => load(shown)}>
          Show more
        </Button>
      )}
    </section>
  );
}

function withItem(shown: Shown, item: ImportItem): Shown {
  const items = shown.items.map((each) =>
    each.item.repositoryUuid === item.repositoryUuid ? { ...each, item } : each,
  );
  return { ...shown, items };
}
