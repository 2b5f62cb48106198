import type { AnalysisTask } from '../../contracts/verdict';
import { toIsoDate } from './dates';
import type { Task } from './schema';

const longestMessage = 1_000;
const shownStatuses = ['PENDING', 'IN_PROGRESS', 'FAILED', 'CANCELED'] as const;

/** The task that people should know of: a queued or running one, else one that ended badly. Success says nothing new. */
export function toTask(
  { queue, current }: { readonly queue: readonly Task[]; readonly current: Task | undefined },
  pullRequestKey: string,
): AnalysisTask | undefined {
  const own = [...queue, ...(current ? [current] : [])].filter(
    ({ pullRequest }) => pullRequest === pullRequestKey,
  );
  for (const wanted of ['IN_PROGRESS', 'PENDING', 'FAILED', 'CANCELED'] as const) {
    const task = own.find(({ status }) => status === wanted);
    if (task) return toAnalysisTask(task);
  }
  return undefined;
}

function toAnalysisTask(task: Task): AnalysisTask | undefined {
  const status = shownStatuses.find((known) => known === task.status);
  if (!status) return undefined;
  const times = {
    submittedAt: toIsoDate(task.submittedAt),
    startedAt: toIsoDate(task.startedAt),
    endedAt: toIsoDate(task.executedAt ?? task.finishedAt),
  };
  return {
    status,
    ...(times.submittedAt !== undefined && { submittedAt: times.submittedAt }),
    ...(times.startedAt !== undefined && { startedAt: times.startedAt }),
    ...(times.endedAt !== undefined && { endedAt: times.endedAt }),
    ...(task.errorMessage !== undefined && {
      errorMessage: task.errorMessage.slice(0, longestMessage),
    }),
  };
}
