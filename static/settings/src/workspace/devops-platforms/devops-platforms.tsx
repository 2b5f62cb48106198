import type { OutputOf } from '@contracts/procedures';
import { useEffect, useState } from 'react';
import { call } from '../../../../shared/bridge/call';
import { Button } from '../../button';
import { FailureNotice } from '../../failure-notice';
import { SelectField } from '../../shared/select-field';
import { useAction } from '../../use-action';
import type { WorkspaceSectionProps } from '../section-props';
import { RecordForm } from './record-form';
import { RecordRow } from './record-row';

/** How SonarQube Servers reach Bitbucket: their own records, with their rules. */
export function DevOpsPlatforms({ overview, onDone, onGoTo }: WorkspaceSectionProps) {
  const servers = overview.connections.filter(({ capabilities }) => capabilities.devOpsPlatforms);
  const [chosen, setChosen] = useState(servers[0]?.connectionId ?? '');
  return (
    <section className="section" aria-labelledby="devops-heading">
      <h2 id="devops-heading">DevOps platform records</h2>
      <p className="hint">
        A SonarQube Server keeps its own credentials for Bitbucket, to read repositories and to
        write to pull requests. Gatehouse does not need them; here you can look after them.
      </p>
      {servers.length === 0 ? (
        <>
          <p>No SonarQube Server is connected. SonarQube Cloud keeps no such records.</p>
          <div className="row start">
            <Button onClick={() => onGoTo('connections')}>Go to the connections</Button>
          </div>
        </>
      ) : (
        <>
          {servers.length > 1 && (
            <SelectField
              id="devops-connection"
              label="Server"
              value={chosen}
              options={servers.map(({ connectionId, name }) => [connectionId, name] as const)}
              onSelect={setChosen}
            />
          )}
          <Records key={chosen} connectionId={chosen} onDone={onDone} />
        </>
      )}
    </section>
  );
}

interface RecordsProps {
  readonly connectionId: string;
  readonly onDone: (sentence: string) => void;
}

function Records({ connectionId, onDone }: RecordsProps) {
  const [listed, setListed] = useState<OutputOf<'devOpsPlatform.list'>>();
  const [isAdding, setIsAdding] = useState(false);
  const loading = useAction();

  function load(): void {
    loading.run(async () => setListed(await call('devOpsPlatform.list', { connectionId })));
  }
  useEffect(load, []);

  function done(sentence: string): void {
    setIsAdding(false);
    onDone(sentence);
    load();
  }

  if (!listed) {
    return loading.failure ? (
      <FailureNotice failure={loading.failure} onRetry={load} />
    ) : (
      <p className="hint">Loading…</p>
    );
  }
  const { records, addingRule } = listed;
  return (
    <>
      {loading.failure && <FailureNotice failure={loading.failure} onRetry={load} />}
      {records.length === 0 && <p>The server has no record for Bitbucket yet.</p>}
      {records.map((record) => (
        <RecordRow key={record.key} connectionId={connectionId} record={record} onDone={done} />
      ))}
      {addingRule !== undefined && <p className="hint">{addingRule}</p>}
      {addingRule === undefined && !isAdding && (
        <div className="row start">
          <Button look="primary" onClick={() => setIsAdding(true)}>
            Add a record
          </Button>
        </div>
      )}
      {isAdding && (
        <RecordForm connectionId={connectionId} onSaved={done} onClose={() => setIsAdding(false)} />
      )}
    </>
  );
}
