import type { OutputOf } from '@contracts/procedures';
import { useEffect, useState } from 'react';
import { call, CallFailure } from '../../../shared/bridge/call';
import { Failure } from '../failure';
import { cardTexts } from './card-texts';

interface BindHereProps {
  readonly repositoryUuid: string;
  readonly onBound: () => void;
}

type Connections = OutputOf<'repository.overview'>['connections'];
type Found = OutputOf<'repository.searchProjects'>;

/** The shortest way to a binding, for administrators: one search and one click; folders are in the settings. */
export function BindHere({ repositoryUuid, onBound }: BindHereProps) {
  const [connections, setConnections] = useState<Connections>();
  const [connectionId, setConnectionId] = useState('');
  const [query, setQuery] = useState('');
  const [found, setFound] = useState<Found>();
  const [failure, setFailure] = useState<CallFailure>();
  const [isRunning, setIsRunning] = useState(false);

  function run(work: () => Promise<void>): void {
    if (isRunning) return;
    setIsRunning(true);
    setFailure(undefined);
    work()
      .catch((error: unknown) =>
        setFailure(error instanceof CallFailure ? error : new CallFailure('UNEXPECTED')),
      )
      .finally(() => setIsRunning(false));
  }

  const search = () =>
    run(async () => {
      const wanted = { repositoryUuid, connectionId, query, page: 1 };
      setFound(await call('repository.searchProjects', wanted));
    });
  const bind = (projectKey: string) =>
    run(async () => {
      await call('repository.bind', { repositoryUuid, connectionId, projectKey });
      onBound();
    });
  useEffect(() => {
    run(async () => {
      const overview = await call('repository.overview', { repositoryUuid });
      setConnections(overview.connections);
      setConnectionId(overview.connections[0]?.connectionId ?? '');
    });
  }, []);

  if (failure && !connections) {
    return <Failure failure={failure} isViewShown={false} onRetry={() => location.reload()} />;
  }
  if (!connections) return null;
  if (connections.length === 0) return <p>{cardTexts.noConnection}</p>;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        search();
      }}
    >
      <label className="option">
        {cardTexts.connection}{' '}
        <select
          value={connectionId}
          onChange={(event) => {
            setConnectionId(event.currentTarget.value);
            setFound(undefined);
          }}
        >
          {connections.map(({ connectionId: id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label className="option">
        {cardTexts.search}{' '}
        <input
          type="text"
          value={query}
          autoComplete="off"
          onInput={(event) => setQuery(event.currentTarget.value)}
        />
      </label>
      <button type="submit" className="button" aria-disabled={isRunning}>
        {cardTexts.find}
      </button>
      <p role="status" className="hint">
        {found && cardTexts.found(found.total)}
      </p>
      {failure && <Failure failure={failure} isViewShown onRetry={search} />}
      <ul className="plain">
        {found?.projects.map(({ projectKey, name, boundTo }) => (
          <li key={projectKey}>
            {boundTo === 'other' ? (
              <span>
                {name} <span className="hint">{cardTexts.takenByOther}</span>
              </span>
            ) : (
              <button type="button" className="button" onClick={() => bind(projectKey)}>
                {cardTexts.bind(name)}
              </button>
            )}
          </li>
        ))}
      </ul>
    </form>
  );
}
