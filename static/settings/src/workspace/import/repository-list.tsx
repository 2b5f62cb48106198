import type { ImportableRepository } from '@contracts/imports';
import type { OutputOf } from '@contracts/procedures';
import { useContext } from 'react';
import { call } from '../../../../shared/bridge/call';
import { Button } from '../../button';
import { FailureNotice } from '../../failure-notice';
import { FormatsContext } from '../../formats-context';
import { usePagedSearch, type PagedSearch } from '../../shared/use-paged-search';
import { isTicked, withTick, type Ticked } from './selection';

type Found = OutputOf<'import.repositories'>;

/** Repositories of the workspace with a text in their name. */
export function useRepositorySearch(query: string): PagedSearch<Found> {
  return usePagedSearch<Found>({
    place: '',
    query,
    ask: (page) => call('import.repositories', { query, page }),
    join: (shown, more) => ({
      ...more,
      repositories: [...shown.repositories, ...more.repositories],
    }),
  });
}

interface RepositoryListProps {
  readonly search: PagedSearch<Found>;
  readonly ticked: Ticked;
  readonly onTick: (ticked: Ticked) => void;
}

/** Repositories to tick; those that are bound say to what and cannot be. */
export function RepositoryList({ search, ticked, onTick }: RepositoryListProps) {
  const formats = useContext(FormatsContext);
  const { found, isRunning, failure, more, retry } = search;
  const free = (found?.repositories ?? []).filter(({ boundTo }) => boundTo.length === 0);
  const uuids = free.map(({ repositoryUuid }) => repositoryUuid);
  const total = found?.total ?? found?.repositories.length ?? 0;
  const matching = found?.total === undefined ? 'All that match' : `All ${formats.count(total)}`;

  return (
    <>
      <p role="status" className="hint">
        {isRunning
          ? 'Searching…'
          : found && `${formats.count(total)} ${total === 1 ? 'repository' : 'repositories'}`}
      </p>
      {failure && <FailureNotice failure={failure} onRetry={retry} />}
      {found?.repositories.length === 0 && (
        <p>No repository of this workspace has this text in its name. Check the spelling.</p>
      )}
      {found && found.repositories.length > 0 && (
        <>
          <div className="row start">
            <Button onClick={() => onTick(withTick(ticked, uuids, true))}>
              All that are shown
            </Button>
            <Button onClick={() => onTick({ isAll: true, uuids: new Set() })}>{matching}</Button>
            <Button look="quiet" onClick={() => onTick({ isAll: false, uuids: new Set() })}>
              None
            </Button>
          </div>
          <fieldset>
            <legend>Repositories</legend>
            <div className="choices">
              {found.repositories.map((repository) => (
                <RepositoryChoice
                  key={repository.repositoryUuid}
                  repository={repository}
                  isChosen={isTicked(ticked, repository.repositoryUuid)}
                  onChoose={(isOn) => onTick(withTick(ticked, [repository.repositoryUuid], isOn))}
                />
              ))}
            </div>
          </fieldset>
          {found.hasMore && (
            <Button isRunning={isRunning} onClick={more}>
              Show more
            </Button>
          )}
        </>
      )}
    </>
  );
}

interface RepositoryChoiceProps {
  readonly repository: ImportableRepository;
  readonly isChosen: boolean;
  readonly onChoose: (isOn: boolean) => void;
}

function RepositoryChoice({ repository, isChosen, onChoose }: RepositoryChoiceProps) {
  const { name, slug, isPrivate, isEmpty, isFork, boundTo } = repository;
  const isBound = boundTo.length > 0;
  const facts = [
    isPrivate ? 'Private' : 'Public',
    isFork ? 'a fork' : undefined,
    isEmpty ? 'empty' : undefined,
  ];
  return (
    <label className="choice">
      <input
        type="checkbox"
        checked={isChosen && !isBound}
        disabled={isBound}
        onChange={(event) => onChoose(event.currentTarget.checked)}
      />
      <span>
        <span className="strong">{name}</span> <code>{slug}</code>
        <br />
        <span className="hint">
          {isBound ? `Bound to ${boundTo.join(', ')}` : facts.filter(Boolean).join(', ')}
        </span>
      </span>
    </label>
  );
}
