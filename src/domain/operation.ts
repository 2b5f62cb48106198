import type { OperationKind, OperationView } from '../contracts/operations';
import type { ProjectAddress, ProjectClaim } from './binding';

/** Long work in the queue: recorded before its first step, so that it goes on after a crash. */
export interface Operation {
  readonly operationId: string;
  /** Counts the writes of the record; a write names the one it was made on. */
  readonly sequence: number;
  readonly kind: OperationKind;
  readonly state: OperationView['state'];
  /** The connection that it is about; absent for the whole workspace. */
  readonly connectionId?: string | undefined;
  /** The import that it works on. */
  readonly runId?: string | undefined;
  /** What people know it by, also after it is gone. */
  readonly name: string;
  readonly total?: number | undefined;
  readonly done: number;
  /** What could not be done, so that the rest goes on without it; at most `mostFailures`. */
  readonly failed: readonly Omit<ProjectClaim, 'connectionId' | 'claimId' | 'takenFrom'>[];
  /** A sentence about the newest of them. */
  readonly lastFailure?: string | undefined;
  /** ISO 8601. */
  readonly startedAt: string;
  /** ISO 8601, of the last stretch: one that is long ago was lost on the way. */
  readonly renewedAt: string;
  readonly finishedAt?: string | undefined;
  /** Account id of who started it; `app` for the app itself. */
  readonly startedBy: string;
  /** Where the next stretch goes on; opaque to everyone but the store. */
  readonly cursor?: string | undefined;
  /** Nothing was left at the last look: one more look after a pause, as listings may lag behind, ends it. */
  readonly isSettled: boolean;
  /** No calls are left for it now; it goes on by itself. */
  readonly isWaiting?: boolean | undefined;
}

/** With so many failures the cause is a common one, and going on would only repeat it. */
export const mostFailures = 50;

export function hasFailed(
  { failed }: Operation,
  { repositoryUuid, projectKey }: Pick<ProjectAddress, 'projectKey'> & { repositoryUuid: string },
): boolean {
  return failed.some(
    (each) => each.repositoryUuid === repositoryUuid && each.projectKey === projectKey,
  );
}

/** The operation as pages show it, with a sentence about how it stands. */
export function toOperationView(operation: Operation): OperationView {
  const { operationId, kind, state, total, done, failed, startedAt, finishedAt } = operation;
  const isWaiting = state === 'running' && operation.isWaiting === true;
  return {
    operationId,
    kind,
    state,
    ...(total !== undefined && { total: Math.max(total, done + failed.length) }),
    done,
    failed: failed.length,
    startedAt,
    ...(finishedAt !== undefined && { finishedAt }),
    message: describe(operation) + (isWaiting ? waiting : ''),
  };
}

const waiting =
  ' It waits for free calls, which are shared by all that the app does, and goes on by itself.';

const doing: Readonly<Record<OperationKind, string>> = {
  disconnect: 'Disconnecting',
  unbindOrganization: 'Unbinding the organization',
  reconcile: 'Comparing the bindings of',
  takeOver: 'Taking over the bindings that servers have of',
  sweep: 'Cleaning up what is stored for',
  planImport: 'Planning the import into',
  import: 'Importing into',
  undoImport: 'Taking back the import into',
};

function describe({ kind, state, name, done, total, failed, lastFailure }: Operation): string {
  const what = `${doing[kind]} "${name}"`;
  const count = `${done}${total === undefined ? '' : ` of ${Math.max(total, done)}`}`;
  if (kind === 'sweep') return describeSweep(what, state, done);
  if (kind === 'planImport' || kind === 'import' || kind === 'undoImport') {
    return describeImport(what, { kind, state, count, lastFailure });
  }
  if (kind === 'takeOver') return describeTakeOver(what, { state, done, failed, lastFailure });
  if (state === 'running') return `${what}: ${count} projects are done.`;
  if (state === 'succeeded') return `${what} has ended: ${done} projects are done.`;
  if (state === 'cancelled') {
    return `${what} was cancelled after ${done} projects. What is unbound stays unbound; the rest goes on as before.`;
  }
  const reason = lastFailure === undefined ? '' : ` ${lastFailure}`;
  return `${what} stopped: ${failed.length} projects could not be unbound.${reason} Resume it when that is mended.`;
}

function describeSweep(what: string, state: Operation['state'], done: number): string {
  const count = done === 1 ? '1 record was removed' : `${done} records were removed`;
  if (state === 'running') return `${what}: ${count} so far.`;
  return `${what} ${state === 'succeeded' ? 'has ended' : 'was stopped'}: ${count}.`;
}

function describeImport(
  what: string,
  {
    kind,
    state,
    count,
    lastFailure = '',
  }: Pick<Operation, 'state' | 'lastFailure'> & {
    readonly kind: keyof typeof deeds;
    readonly count: string;
  },
): string {
  const progress = `repositories are ${deeds[kind]}`;
  if (state === 'running') return `${what}: ${count} ${progress}. ${lastFailure}`.trim();
  if (state === 'succeeded') return `${what} has ended. ${lastFailure}`.trim();
  if (state === 'failed') return `${what} stopped. ${lastFailure} Resume it when that is mended.`;
  if (kind === 'planImport') return `${what} was cancelled. Nothing was changed.`;
  return `${what} was cancelled: ${count} ${progress}. The rest stays as it is.`;
}

const deeds = { planImport: 'looked at', import: 'done', undoImport: 'unbound' } as const;

function describeTakeOver(
  what: string,
  {
    state,
    done,
    failed,
    lastFailure,
  }: Pick<Operation, 'state' | 'done' | 'failed' | 'lastFailure'>,
): string {
  const bound = done === 1 ? '1 project was bound' : `${done} projects were bound`;
  if (state === 'running') return `${what}: ${bound} so far.`;
  if (state === 'cancelled') return `${what} was cancelled. What was bound by then stays bound.`;
  if (state === 'succeeded') {
    return `${what} has ended: ${done === 0 ? 'there was nothing to bind' : bound}.`;
  }
  const left = failed.length === 0 ? '' : `, ${failed.length} could not be bound`;
  return `${what} stopped: ${bound}${left}. ${lastFailure ?? ''} Resume it when that is mended.`;
}
