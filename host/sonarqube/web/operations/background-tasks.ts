import { formatDate } from '../../dates';
import { MAIN_BRANCH } from '../../gate/main-branch';
import { SonarQubeLimits } from '../../limits';
import type { Task } from '../../state/tasks';
import { ApiError } from '../api-error';
import { maySee } from '../authentication';
import { getComponent } from '../lookups';
import type { Operation } from '../operation';
import { cutPage } from '../paging';
import type { Parameters } from '../parameters';
import type { Server } from '../server';

const FINISHED = ['SUCCESS', 'FAILED', 'CANCELED'];

function readDate(parameters: Parameters, name: string): number | undefined {
  const text = parameters.find(name);
  if (text === undefined) return undefined;
  const time = Date.parse(text.replace(/([+-]\d\d)(\d\d)$/u, '$1:$2'));
  if (!Number.isNaN(time)) return time;
  throw new ApiError(400, `Date '${text}' cannot be parsed as either a date or date+time`);
}

/** Operations about background tasks. */
export function createTaskOperations(server: Server): readonly Operation[] {
  const { state, settings } = server;
  const isCloud = settings.flavour === 'cloud';

  function toTask(task: Task) {
    const project = state.projects.find(task.projectKey);
    const { startedAt, executedAt, status } = task;
    const isFinished = FINISHED.includes(status);
    return {
      ...(settings.flavour === 'cloud' && { organization: project?.organization ?? '' }),
      id: task.id,
      type: 'REPORT',
      componentId: project?.id ?? '',
      componentKey: task.projectKey,
      componentName: project?.name ?? task.projectKey,
      componentQualifier: 'TRK',
      ...(task.analysisId !== null && { analysisId: task.analysisId }),
      status,
      submittedAt: formatDate(task.submittedAt),
      submitterLogin: settings.login,
      ...(task.pullRequestKey === MAIN_BRANCH
        ? { branch: task.pullRequestTitle, branchType: isCloud ? 'LONG' : 'BRANCH' }
        : { pullRequest: task.pullRequestKey, pullRequestTitle: task.pullRequestTitle }),
      ...(startedAt !== null && { startedAt: formatDate(startedAt) }),
      ...(executedAt !== null && { executedAt: formatDate(executedAt) }),
      ...(startedAt !== null && executedAt !== null && { executionTimeMs: executedAt - startedAt }),
      ...(task.errorMessage !== null && {
        errorMessage: task.errorMessage,
        hasErrorStacktrace: false,
      }),
      ...(isFinished && { hasScannerContext: true, warningCount: task.warnings.length }),
      warnings: task.warnings,
      ...(settings.flavour === 'server' && { infoMessages: [] }),
    };
  }

  return [
    {
      path: 'ce/component',
      method: 'GET',
      access: 'user',
      answer(call) {
        const wanted = call.parameters.get('component');
        if (!state.projects.find(wanted)) {
          throw new ApiError(404, `Component '${wanted}' not found`);
        }
        const { key } = getComponent(server, call, wanted);
        const tasks = state.tasks.list(key);
        const current = tasks.find(({ status }) => FINISHED.includes(status));
        return {
          queue: tasks.filter(({ status }) => !FINISHED.includes(status)).map(toTask),
          ...(current && { current: toTask(current) }),
        };
      },
    },
    {
      path: 'ce/task',
      method: 'GET',
      access: 'analysis',
      answer({ parameters, caller }) {
        const id = parameters.get('id');
        const task = state.tasks.find(id);
        if (!task) throw new ApiError(404, `No activity found for task '${id}'`);
        if (!maySee(caller, task.projectKey)) throw new ApiError(403, 'Insufficient privileges');
        return { task: toTask(task) };
      },
    },
    {
      path: 'ce/activity',
      method: 'GET',
      access: 'user',
      answer(call) {
        const { parameters } = call;
        const component = parameters.find('component');
        const project = component === undefined ? undefined : getComponent(server, call, component);
        const statuses = parameters.findList('status') ?? FINISHED;
        const from = readDate(parameters, 'minSubmittedAt');
        const until = readDate(parameters, 'maxExecutedAt');
        const onlyCurrents = parameters.findBoolean('onlyCurrents') ?? false;
        const seen = new Set<string>();
        const found = state.tasks
          .list(project?.key)
          .filter(({ projectKey }) => maySee(call.caller, projectKey))
          .filter(({ status }) => statuses.includes(status))
          .filter(({ submittedAt }) => from === undefined || submittedAt >= from)
          .filter(({ executedAt }) => until === undefined || (executedAt ?? Infinity) <= until)
          .filter(({ projectKey, pullRequestKey }) => {
            const isCurrent = !seen.has(`${projectKey} ${pullRequestKey}`);
            seen.add(`${projectKey} ${pullRequestKey}`);
            return isCurrent || !onlyCurrents;
          });
        const { entries, paging } = cutPage(found, parameters, {
          maximumSize: SonarQubeLimits.tasksPerPage,
        });
        return {
          tasks: entries.map((task) => ({ ...toTask(task), infoMessages: [] })),
          paging,
        };
      },
    },
  ];
}
