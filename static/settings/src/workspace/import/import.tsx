import type { ImportRunView } from '@contracts/imports';
import { useContext, useState } from 'react';
import { call } from '../../../../shared/bridge/call';
import { Button } from '../../button';
import { FailureNotice } from '../../failure-notice';
import { FormatsContext } from '../../formats-context';
import { useLoaded } from '../../use-loaded';
import type { WorkspaceSectionProps } from '../section-props';
import { ChooseRepositories } from './choose-repositories';
import { Run } from './run';
import { toTitle } from './texts';

/** Many repositories at once: choose, plan, start, follow, and what came of it. */
export function Import(props: WorkspaceSectionProps) {
  const formats = useContext(FormatsContext);
  const { value, failure, reload, replace } = useLoaded('runs', () => call('import.runs', {}));
  /** A run that was chosen from the list, or `new` for another one; otherwise what is not ended, or the newest. */
  const [chosen, setChosen] = useState<string>();
  const connections = props.overview.connections.filter(
    ({ kind, state, organizationKey }) =>
      state === 'active' &&
      (kind === 'sonarqube-server' ||
        (kind === 'sonarqube-cloud' && organizationKey !== undefined)),
  );

  const runs = value?.runs ?? [];
  const shown =
    chosen === undefined
      ? (runs.find(({ state }) => state !== 'ended') ?? runs[0])
      : runs.find(({ runId }) => runId === chosen);
  const others = runs.filter(({ runId }) => runId !== shown?.runId);

  function onChanged(run: ImportRunView): void {
    if (!value) return;
    const isKnown = runs.some(({ runId }) => runId === run.runId);
    replace({
      ...value,
      runs: isKnown ? runs.map((each) => (each.runId === run.runId ? run : each)) : [run, ...runs],
    });
    // What has just ended stays on the page until somebody goes on.
    setChosen(run.runId);
  }

  return (
    <section className="section" aria-labelledby="import-heading">
      <h2 id="import-heading">Import repositories</h2>
      <p>
        Makes a project on the server for each repository and binds the two. Repositories that are
        bound already stay as they are.
      </p>
      {failure && <FailureNotice failure={failure} onRetry={reload} />}
      {!value && !failure && <p className="hint">Reading the imports…</p>}
      {value && connections.length === 0 && !shown && (
        <>
          <p>
            There is no connection that projects can be made through. Connect a SonarQube Server, or
            SonarQube Cloud with its organization.
          </p>
          <div className="row start">
            <Button look="primary" onClick={() => props.onGoTo('connections')}>
              Go to the connections
            </Button>
            <Button onClick={() => props.onGoTo('organization')}>Go to the organization</Button>
          </div>
        </>
      )}
      {value && !shown && connections.length > 0 && (
        <ChooseRepositories
          connections={connections}
          known={value}
          onPlanned={(run) => {
            onChanged(run);
            if (run.operation) props.onStarted(run.operation);
          }}
        />
      )}
      {shown && (
        <>
          <Run
            key={shown.runId}
            run={shown}
            onChanged={onChanged}
            onStarted={props.onStarted}
            onDiscarded={() => {
              setChosen(undefined);
              if (value) replace({ ...value, runs: others });
              props.onDone('The plan was discarded. Nothing was changed.');
            }}
          />
          <div className="row start">
            <Button onClick={() => setChosen('new')}>Import other repositories</Button>
          </div>
        </>
      )}
      {others.length > 0 && (
        <section className="stack" aria-labelledby="imports-heading">
          <h3 id="imports-heading">Other imports</h3>
          <ul className="items">
            {others.map((run) => (
              <li key={run.runId} className="item">
                <p>
                  {toTitle(run)}, {formats.dateTime(run.startedAt)}:{' '}
                  {formats.count(run.counts.done)} of {formats.count(run.total)} imported
                </p>
                <Button
                  label={`Show: ${toTitle(run)}, ${formats.dateTime(run.startedAt)}`}
                  onClick={() => setChosen(run.runId)}
                >
                  Show
                </Button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </section>
  );
}
