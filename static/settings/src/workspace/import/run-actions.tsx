import type { ImportRunView } from '@contracts/imports';
import type { OperationView } from '@contracts/operations';
import { useContext, useState } from 'react';
import { call } from '../../../../shared/bridge/call';
import { Button } from '../../button';
import { FailureNotice } from '../../failure-notice';
import { FormatsContext } from '../../formats-context';
import { Question } from '../../shared/question';
import { useAction } from '../../use-action';

interface RunActionsProps {
  readonly run: ImportRunView;
  readonly isIdle: boolean;
  readonly onChanged: (run: ImportRunView) => void;
  readonly onStarted: (operation: OperationView) => void;
  readonly onDiscarded: () => void;
  readonly onManyChanged: () => void;
}

/** What a resume goes on with. */
const kindOf: Partial<Record<ImportRunView['state'], OperationView['kind']>> = {
  planning: 'planImport',
  importing: 'import',
};

/** What can be done with an import as a whole. */
export function RunActions(props: RunActionsProps) {
  const { run, isIdle, onChanged, onStarted, onDiscarded, onManyChanged } = props;
  const formats = useContext(FormatsContext);
  const { runId, state, counts, usage, operation } = run;
  const [asking, setAsking] = useState<'overLimit' | 'undo'>();
  const starting = useAction();
  const changing = useAction();
  const open = counts.pending + counts.working;

  const go = (ask: () => Promise<{ readonly run: ImportRunView }>) =>
    starting.run(async () => {
      const answer = await ask();
      setAsking(undefined);
      onChanged(answer.run);
      if (answer.run.operation) onStarted(answer.run.operation);
    });
  const start = (acceptsOverLimit: boolean) =>
    go(() => call('import.start', { runId, acceptsOverLimit }));
  const decideAll = (choice: 'adopt' | 'skip') =>
    changing.run(async () => {
      onChanged((await call('import.decideAll', { runId, choice })).run);
      onManyChanged();
    });
  const cancel = () =>
    changing.run(async () => {
      if (!operation) return;
      await call('operation.cancel', { operationId: operation.operationId });
      onChanged((await call('import.view', { runId })).run);
    });
  function resume(): void {
    // Its own work in the queue never came about, or is not what stopped last.
    if (!operation || operation.kind !== kindOf[state] || operation.state === 'succeeded') {
      start(false);
      return;
    }
    starting.run(async () => {
      onStarted(await call('operation.resume', { operationId: operation.operationId }));
      onChanged((await call('import.view', { runId })).run);
    });
  }
  const discard = () =>
    changing.run(async () => {
      await call('import.discard', { runId });
      onDiscarded();
    });

  const isStopped = isIdle && (state === 'importing' || state === 'planning');
  // One that was begun is ready again after decisions, and no plan any more.
  const isPlan = state === 'planning' || (state === 'ready' && counts.done === 0);
  const what = `${formats.count(open)} ${open === 1 ? 'repository' : 'repositories'}`;
  return (
    <>
      {starting.failure && !asking && <FailureNotice failure={starting.failure} />}
      {changing.failure && <FailureNotice failure={changing.failure} />}
      {asking === 'overLimit' && (
        <Question
          title="Import over the limit of the plan?"
          confirm={`Import all ${what} over the limit`}
          keep="Do not start"
          look="danger"
          isReady
          isRunning={starting.isRunning}
          failure={starting.failure}
          onConfirm={() => start(true)}
          onClose={() => setAsking(undefined)}
        >
          <p>
            The server would have about {formats.count(usage?.projectedLines ?? usage?.lines ?? 0)}{' '}
            lines of code and its plan allows {formats.count(usage?.limit ?? 0)}. Analyses beyond
            the limit fail.
          </p>
        </Question>
      )}
      {asking === 'undo' && (
        <Question
          title="Take this import back?"
          confirm={`Unbind ${formats.count(counts.done)} of them`}
          keep="Keep it"
          isReady
          isRunning={starting.isRunning}
          failure={starting.failure}
          onConfirm={() => go(() => call('import.undo', { runId }))}
          onClose={() => setAsking(undefined)}
        >
          <p>
            What this import bound is unbound again, and those pull requests show no quality gate
            any more. Projects stay on the server, and what somebody bound since stays as it is.
          </p>
        </Question>
      )}
      <div className="row start">
        {state === 'ready' && open > 0 && asking === undefined && (
          <Button
            look="primary"
            isRunning={starting.isRunning}
            onClick={() => (usage?.isOverLimit ? setAsking('overLimit') : start(false))}
          >
            Import all {what}
          </Button>
        )}
        {isIdle && counts.conflict > 0 && (
          <>
            <Button isRunning={changing.isRunning} onClick={() => decideAll('adopt')}>
              Use the existing projects
            </Button>
            <Button isRunning={changing.isRunning} onClick={() => decideAll('skip')}>
              Skip all that wait for a decision
            </Button>
          </>
        )}
        {isIdle && counts.failed > 0 && (
          <Button
            isRunning={starting.isRunning}
            onClick={() => go(() => call('import.retry', { runId }))}
          >
            Try all {formats.count(counts.failed)} failed ones again
          </Button>
        )}
        {isStopped && (
          <Button look="primary" isRunning={starting.isRunning} onClick={resume}>
            Resume
          </Button>
        )}
        {!isIdle && (
          <Button isRunning={changing.isRunning} onClick={cancel}>
            Cancel
          </Button>
        )}
        {!isPlan && isIdle && counts.done > 0 && asking === undefined && (
          <Button look="quiet" onClick={() => setAsking('undo')}>
            Take the import back
          </Button>
        )}
        {isPlan && isIdle && (
          <Button look="quiet" isRunning={changing.isRunning} onClick={discard}>
            Discard the plan
          </Button>
        )}
      </div>
    </>
  );
}
