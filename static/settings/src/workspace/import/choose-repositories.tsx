import type { ConnectionView } from '@contracts/connections';
import type { ImportOptions, ImportRunView } from '@contracts/imports';
import type { OutputOf } from '@contracts/procedures';
import { useContext, useState } from 'react';
import { call } from '../../../../shared/bridge/call';
import { Button } from '../../button';
import { FailureNotice } from '../../failure-notice';
import { FormatsContext } from '../../formats-context';
import { SelectField } from '../../shared/select-field';
import { TextField } from '../../text-field';
import { useAction } from '../../use-action';
import { Usage } from '../connections/usage';
import { ContentsTable } from './contents-table';
import { ImportOptionFields } from './import-options';
import { RepositoryList, useRepositorySearch } from './repository-list';
import { countTicked, nothingTicked, toSelection } from './selection';

interface ChooseRepositoriesProps {
  /** Those that projects can be made through; at least one. */
  readonly connections: readonly ConnectionView[];
  readonly known: Pick<OutputOf<'import.runs'>, 'suggestedPrefix' | 'contents' | 'limits'>;
  readonly onPlanned: (run: ImportRunView) => void;
}

/** Which repositories are imported, where to and how. Nothing happens before the plan was looked at. */
export function ChooseRepositories(props: ChooseRepositoriesProps) {
  const { connections, onPlanned } = props;
  const { suggestedPrefix = '', contents, limits } = props.known;
  const formats = useContext(FormatsContext);
  const [connectionId, setConnectionId] = useState(connections[0]?.connectionId ?? '');
  const [query, setQuery] = useState('');
  const [ticked, setTicked] = useState(nothingTicked);
  const [options, setOptions] = useState<ImportOptions>({
    keyPrefix: suggestedPrefix,
    publicStaysPublic: false,
    includesForks: false,
    includesEmpty: false,
    newCode: { kind: 'server' },
    parallel: limits.usualParallel,
  });
  const search = useRepositorySearch(query);
  const planning = useAction();

  const connection = connections.find((each) => each.connectionId === connectionId);
  const count = countTicked(ticked, search.found?.total);
  const isTooMany = !ticked.isAll && ticked.uuids.size > limits.mostNamed;
  const plan = () =>
    planning.run(async () => {
      const selection = toSelection(ticked, query);
      onPlanned((await call('import.plan', { connectionId, selection, options })).run);
    });

  return (
    <div className="stack">
      <SelectField
        id="import-connection"
        label="Import into"
        value={connectionId}
        options={connections.map((each) => [each.connectionId, each.name] as const)}
        onSelect={setConnectionId}
      />
      <Usage key={connectionId} connectionId={connectionId} />
      <TextField
        id="import-filter"
        label="Repositories with this in their name"
        value={query}
        onInput={(typed) => {
          setQuery(typed);
          // "All that match" was meant of what the filter was then.
          if (ticked.isAll) setTicked(nothingTicked);
        }}
      />
      <RepositoryList search={search} ticked={ticked} onTick={setTicked} />
      <ImportOptionFields
        options={options}
        mostParallel={limits.mostParallel}
        hasNewCode={connection?.kind === 'sonarqube-server'}
        onChange={setOptions}
      />
      <ContentsTable contents={contents} />
      {isTooMany && (
        <p className="problem">
          At most {formats.count(limits.mostNamed)} repositories can be ticked one by one. Use the
          filter and all that match it.
        </p>
      )}
      {planning.failure && <FailureNotice failure={planning.failure} onRetry={plan} />}
      <p className="hint">
        The plan shows what would be done with each repository. Nothing is made before you start it.
      </p>
      <div className="row start">
        {count === 0 || isTooMany ? (
          <p className="hint">Tick the repositories that you want to import.</p>
        ) : (
          <Button look="primary" isRunning={planning.isRunning} onClick={plan}>
            {count === undefined
              ? 'Plan the import of all that match'
              : `Plan the import of ${formats.count(count)} ${count === 1 ? 'repository' : 'repositories'}`}
          </Button>
        )}
      </div>
    </div>
  );
}
