import type { AnalysisTask } from '@contracts/verdict';
import type { IconName } from '../../../shared/components/icon';
import { Lozenge, type Tone } from '../../../shared/components/lozenge';
import { Age } from '../environment';
import { taskWords, detailTexts } from './texts';

const looks: Readonly<Record<AnalysisTask['status'], readonly [IconName, Tone]>> = {
  PENDING: ['clock', 'information'],
  IN_PROGRESS: ['refresh', 'information'],
  FAILED: ['cross', 'danger'],
  CANCELED: ['prohibited', 'neutral'],
};

/** The server's background task: where it stands, since when, and what went wrong. */
export function Task({ task }: { readonly task: AnalysisTask }) {
  const [icon, tone] = looks[task.status];
  const times = [
    [detailTexts.queuedAt, task.submittedAt],
    [detailTexts.startedAt, task.startedAt],
    [detailTexts.endedAt, task.endedAt],
  ] as const;
  return (
    <div className="stack">
      <p className="facts">
        <Lozenge icon={icon} tone={tone} word={taskWords[task.status]} />
        {times.map(
          ([word, at]) =>
            at && (
              <span key={word}>
                {word} <Age at={at} />
              </span>
            ),
        )}
      </p>
      {task.errorMessage && <p className="quote">{task.errorMessage}</p>}
    </div>
  );
}
