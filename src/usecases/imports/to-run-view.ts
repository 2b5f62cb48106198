import type { ImportRunView } from '../../contracts/imports';
import { estimateUsage } from '../../domain/import/estimate-usage';
import { countAll, countItems, toOutcome, type ImportRun } from '../../domain/import/run';
import { toOperationView, type Operation } from '../../domain/operation';
import type { OperationStore } from '../../domain/ports/stores';

const minuteMs = 60_000;
/** With fewer nobody can say how fast it goes. */
const fewestDone = 5;

/** The newest work in the queue for a run; one of another run of the same connection is not it. */
export async function findRunOperation(
  operations: OperationStore,
  { runId, connectionId, state }: ImportRun,
): Promise<Operation | undefined> {
  const isPlan = state === 'planning' || state === 'ready';
  const kinds = isPlan ? (['planImport'] as const) : (['import', 'undoImport'] as const);
  const found = await Promise.all(kinds.map((kind) => operations.find(`${kind}:${connectionId}`)));
  return found
    .filter((operation) => operation?.runId === runId)
    .sort((one, other) => ((one?.startedAt ?? '') < (other?.startedAt ?? '') ? 1 : -1))[0];
}

/** A run as the page shows it: everything follows from what is stored. */
export function toRunView(
  run: ImportRun,
  operation: Operation | undefined,
  nowMs: number,
): ImportRunView {
  const { runId, connectionId, connectionName, state, selection, options, startedAt } = run;
  const counts = countItems(run);
  const outcome = toOutcome(run);
  return {
    ...{ runId, connectionId, connectionName, state, selection, options, counts, startedAt },
    total: countAll(counts),
    pages: run.parts.length,
    notices: [...run.notices],
    startedBy: run.startedBy,
    ...(run.target && { usage: estimateUsage(run) }),
    ...(outcome !== undefined && { outcome }),
    ...(run.endedAt !== undefined && { endedAt: run.endedAt }),
    ...toSpeed(run, operation, nowMs),
    ...(operation && { operation: toOperationView(operation) }),
  };
}

function toSpeed(run: ImportRun, operation: Operation | undefined, nowMs: number) {
  const { state, importedSince, doneBefore } = run;
  const isAtWork = operation?.state === 'running' && operation.isWaiting !== true;
  if (state !== 'importing' || !isAtWork || importedSince === undefined) return {};
  const { done, pending, working } = countItems(run);
  const minutes = (nowMs - Date.parse(importedSince)) / minuteMs;
  if (done - doneBefore < fewestDone || minutes <= 0) return {};
  const perMinute = (done - doneBefore) / minutes;
  return {
    perMinute: Math.round(perMinute),
    minutesLeft: Math.ceil((pending + working) / perMinute),
  };
}
