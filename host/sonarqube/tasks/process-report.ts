import { randomUUID } from 'node:crypto';
import type { HostClock } from '../../clock';
import { digestUuid } from '../analysis/issue-keys';
import { findLiveGate, gateAtAnalysis } from '../gate/live-gate';
import { computeMainMeasures, MAIN_BRANCH } from '../gate/main-branch';
import { computeMeasures } from '../gate/measures';
import type { State } from '../state/open-state';
import type { Analysis } from '../state/pull-requests';
import type { Task } from '../state/tasks';
import type { Analyse, AnalysisResult } from '../types';
import type { SendWebhooks } from '../webhooks/sender';

export interface ProcessOptions {
  readonly state: State;
  readonly clock: HostClock;
  readonly analyse: Analyse;
  readonly send: SendWebhooks;
}

/** Paths that a warning names before it only counts the rest. */
const NAMED_PATHS = 5;

function nameSome(entries: readonly { readonly path: string; readonly reason: string }[]): string {
  const named = entries.slice(0, NAMED_PATHS).map(({ path, reason }) => `${path} (${reason})`);
  const more = entries.length - named.length;
  return named.join(', ') + (more > 0 ? ` and ${more} more` : '');
}

/** What the people of the project should know about the analysis, in sentences. */
function listWarnings(result: AnalysisResult): readonly string[] {
  const { filesNotAnalysed, filesOutside = [], warnings = [] } = result;
  return [
    ...(filesNotAnalysed.length > 0
      ? [`Changed files that could not be analysed: ${nameSome(filesNotAnalysed)}.`]
      : []),
    ...(filesOutside.length > 0
      ? [`Changed files outside this analysis: ${nameSome(filesOutside)}.`]
      : []),
    ...warnings,
  ];
}

/** Writes a result: issues keep what people decided about them, and those that are gone are closed. */
function storeIssues(state: State, task: Task, result: AnalysisResult, at: number): void {
  const { projectKey, pullRequestKey } = task;
  const keys = new Set<string>();
  for (const analysed of result.issues) {
    // Keys are unique on a server, and the same line may be changed by two pull requests.
    const key = digestUuid(projectKey, pullRequestKey, analysed.key);
    keys.add(key);
    const author = result.author?.email ?? '';
    state.issues.save({ key, projectKey, pullRequestKey, analysed, author, at });
  }
  for (const { key, status } of state.issues.list(projectKey, pullRequestKey)) {
    if (!keys.has(key) && status !== 'CLOSED') state.issues.move(key, 'CLOSED', 'FIXED', at);
  }
}

function storeResult({ state, clock }: ProcessOptions, task: Task, result: AnalysisResult): void {
  const { projectKey, pullRequestKey } = task;
  const at = clock.now();
  const measured: Omit<Analysis, 'measures'> = {
    id: randomUUID(),
    analysedAt: at,
    revision: task.request.headCommit,
    changedAt: at,
    newLines: result.newLines,
    ...(pullRequestKey === MAIN_BRANCH && {
      newCodeSince: state.pullRequests.find(projectKey, MAIN_BRANCH)?.analysis?.newCodeSince ?? at,
    }),
    duplicatedLines: result.duplicatedLines,
    ...(result.coverage && { coverage: result.coverage }),
    ...(result.author && { author: result.author }),
  };
  state.transaction(() => {
    storeIssues(state, task, result, at);
    const issues = state.issues.list(projectKey, pullRequestKey);
    const compute = pullRequestKey === MAIN_BRANCH ? computeMainMeasures : computeMeasures;
    const analysis = { ...measured, measures: compute(measured, issues) };
    if (pullRequestKey === MAIN_BRANCH) state.projects.setAnalysed(projectKey, at);
    const { status } = gateAtAnalysis(analysis).gate;
    state.pullRequests.saveAnalysis(projectKey, pullRequestKey, analysis, status);
    state.tasks.succeed(task.id, at, analysis.id, listWarnings(result));
  });
}

/** Processes one report to its end: analysis, result or failure, webhooks. Never rejects for a failed analysis. */
export async function processReport(options: ProcessOptions, task: Task): Promise<void> {
  const { state, clock, analyse, send } = options;
  const project = state.projects.find(task.projectKey);
  if (!project) {
    state.tasks.fail(task.id, clock.now(), `Project '${task.projectKey}' not found`);
    return;
  }
  state.tasks.start(task.id, clock.now());
  let status: 'SUCCESS' | 'FAILED' = 'SUCCESS';
  try {
    storeResult(options, task, await analyse(task.request));
  } catch (cause) {
    status = 'FAILED';
    state.tasks.fail(task.id, clock.now(), cause instanceof Error ? cause.message : String(cause));
  }
  const pullRequest = state.pullRequests.find(task.projectKey, task.pullRequestKey);
  const live = status === 'SUCCESS' && pullRequest ? findLiveGate(state, pullRequest) : undefined;
  await send({
    project,
    pullRequestKey: task.pullRequestKey,
    status,
    taskId: task.id,
    ...(live && { live }),
    changedAt: clock.now(),
  });
}
