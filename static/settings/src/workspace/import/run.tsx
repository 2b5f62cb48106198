import type { ImportRunView } from '@contracts/imports';
import type { OutputOf } from '@contracts/procedures';
import { useContext, useEffect, useState } from 'react';
import { call } from '../../../../shared/bridge/call';
import { FormatsContext } from '../../formats-context';
import { ExportButtons, type ExportFormat } from '../../shared/export-buttons';
import { useAction } from '../../use-action';
import { operationPollMs } from '../operation-notice';
import type { WorkspaceSectionProps } from '../section-props';
import { ItemList } from './item-list';
import { ProjectedUsage } from './projected-usage';
import { RunActions } from './run-actions';
import { stateTexts, toTitle } from './texts';

interface RunProps extends Pick<WorkspaceSectionProps, 'onStarted'> {
  readonly run: ImportRunView;
  readonly onChanged: (run: ImportRunView) => void;
  readonly onDiscarded: () => void;
}

const shownCounts = ['done', 'pending', 'working', 'skipped', 'conflict', 'failed'] as const;

/** One import: its plan, how far it is, or what came of it. Everything shown is what is stored. */
export function Run({ run, onChanged, onDiscarded, onStarted }: RunProps) {
  const formats = useContext(FormatsContext);
  const { runId, state, counts, total, usage, notices, operation, perMinute, minutesLeft } = run;
  const isIdle = operation?.state !== 'running';
  const polling = useAction();
  const [reloads, setReloads] = useState(0);

  useEffect(() => {
    if (isIdle || polling.isRunning) return;
    const timer = setTimeout(
      () => polling.run(async () => onChanged((await call('import.view', { runId })).run)),
      operationPollMs,
    );
    return () => clearTimeout(timer);
  }, [run, isIdle, polling.isRunning]);

  const isShown = (each: (typeof shownCounts)[number]) =>
    counts[each] > 0 || (each === 'done' && state !== 'ready');
  const settled = total - counts.pending - counts.working;
  return (
    <div className="stack">
      <h3>{toTitle(run)}</h3>
      <p className="hint">
        Planned {formats.dateTime(run.startedAt)}
        {run.endedAt !== undefined && `, ended ${formats.dateTime(run.endedAt)}`}.
        {!isIdle && ' The browser may be closed: it goes on by itself.'}
      </p>
      {operation && (!isIdle || state === 'planning' || state === 'importing') && (
        <p>{operation.message}</p>
      )}
      {(state === 'importing' || state === 'ended') && (
        <progress aria-label="Progress of the import" max={Math.max(1, total)} value={settled} />
      )}
      {total > 0 && (
        <dl className="facts">
          {shownCounts.filter(isShown).map((each) => (
            <div key={each}>
              <dt>{stateTexts[each].word}</dt>
              <dd>{formats.count(counts[each])}</dd>
            </div>
          ))}
          <div>
            <dt>In all</dt>
            <dd>{formats.count(total)}</dd>
          </div>
        </dl>
      )}
      {perMinute !== undefined && minutesLeft !== undefined && (
        <p className="hint">
          {formats.count(perMinute)} a minute; about {formats.count(minutesLeft)}{' '}
          {minutesLeft === 1 ? 'minute' : 'minutes'} to go.
        </p>
      )}
      {polling.failure && (
        <p className="problem">How far it is could not be read; it goes on all the same.</p>
      )}
      {notices.map((notice) => (
        <p key={notice} className="hint">
          {notice}
        </p>
      ))}
      {state === 'ready' && usage && <ProjectedUsage usage={usage} />}
      {state === 'ready' && total === 0 && (
        <p>No repository matches. Discard the plan and choose others.</p>
      )}
      <RunActions
        run={run}
        isIdle={isIdle}
        onChanged={onChanged}
        onStarted={onStarted}
        onDiscarded={onDiscarded}
        onManyChanged={() => setReloads(reloads + 1)}
      />
      {state !== 'planning' && total > 0 && (
        <ItemList key={runId} run={run} isIdle={isIdle} reloads={reloads} onChanged={onChanged} />
      )}
      {state === 'ended' && (
        <ExportButtons
          id="import-export"
          fileName="gatehouse-import"
          collect={(format) => collect(runId, format)}
        />
      )}
    </div>
  );
}

async function collect(runId: string, format: ExportFormat): Promise<string> {
  let text = '';
  let page: number | undefined = 0;
  while (page !== undefined) {
    const part: OutputOf<'import.export'> = await call('import.export', { runId, format, page });
    text += part.text;
    page = part.nextPage;
  }
  return text;
}
