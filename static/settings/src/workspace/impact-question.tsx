import type { DisconnectImpact } from '@contracts/connections';
import type { OperationView } from '@contracts/operations';
import { useEffect, useState, type ReactNode } from 'react';
import { FailureNotice } from '../failure-notice';
import { Question } from '../shared/question';
import { TextField } from '../text-field';
import { useAction } from '../use-action';
import { UseList } from './connections/use-list';

interface ImpactQuestionProps {
  readonly id: string;
  readonly title: string;
  readonly confirm: string;
  /** What has to be typed to confirm. */
  readonly word: string;
  readonly look: () => Promise<DisconnectImpact>;
  readonly start: (typed: string) => Promise<OperationView>;
  readonly onStarted: (operation: OperationView) => void;
  readonly onClose: () => void;
  /** What happens beside the unbinding, as list items. */
  readonly consequences: (impact: DisconnectImpact) => ReactNode;
}

/** Asks before everything of a connection is unbound: what that touches comes first, and a word is typed. */
export function ImpactQuestion(props: ImpactQuestionProps) {
  const { id, title, confirm, word, look, start, onStarted, onClose, consequences } = props;
  const [impact, setImpact] = useState<DisconnectImpact>();
  const [typed, setTyped] = useState('');
  const looking = useAction();
  const starting = useAction();

  const load = () => looking.run(async () => setImpact(await look()));
  useEffect(load, []);

  return (
    <Question
      title={title}
      confirm={confirm}
      keep="Keep it"
      isReady={impact !== undefined && typed.trim() === word}
      isRunning={starting.isRunning}
      failure={starting.failure}
      onConfirm={() =>
        starting.run(async () => {
          const operation = await start(typed);
          onClose();
          onStarted(operation);
        })
      }
      onClose={onClose}
    >
      {looking.failure && <FailureNotice failure={looking.failure} onRetry={load} />}
      {looking.isRunning && <p>Looking at what this touches…</p>}
      {impact && (
        <>
          <ul>
            <li>
              {impact.projects}
              {impact.isMore ? ' or more' : ''} projects are unbound from their repositories, and
              their pull requests show no quality gate any more.
            </li>
            {consequences(impact)}
          </ul>
          {impact.sample.length > 0 && (
            <UseList
              uses={impact.sample}
              isMore={impact.isMore || impact.projects > impact.sample.length}
            />
          )}
        </>
      )}
      <TextField id={id} label={`Type “${word}” to confirm`} value={typed} onInput={setTyped} />
    </Question>
  );
}
