import type { ImportItem } from '../../contracts/imports';
import { toFacts } from '../../domain/import/plan-item';
import {
  countAll,
  countItems,
  findOpenPart,
  isOpen,
  withPart,
  type ImportPart,
  type ImportRun,
} from '../../domain/import/run';
import type { Operation } from '../../domain/operation';
import type { BitbucketAsApp } from '../../domain/ports/bitbucket';
import type { Clock } from '../../domain/ports/clock';
import type { ImportStore } from '../../domain/ports/imports';
import type { Log } from '../../domain/ports/log';
import { RemoteError } from '../../errors/remote-errors';
import {
  findAccess,
  type ConnectionAccess,
  type FindAccessOptions,
} from '../connections/find-access';
import type { Progress, Stretch, StretchContext } from '../operations/run-operation';
import type { ImportOne, ItemOutcome } from './import-item';
import { toStop } from './stop-stretch';

export interface RunImportOptions extends FindAccessOptions {
  readonly imports: ImportStore;
  readonly bitbucket: BitbucketAsApp;
  readonly importOne: ImportOne;
  readonly clock: Clock;
  readonly log: Log;
}

/** A stretch stays well inside the platform's 55 s. */
const stretchMs = 30_000;
/** Up to three calls for each, of the 100 that a function may make in a minute. */
const itemsEach = 28;
/** What was read of a repository longer ago than this is read again before anything is made of it. */
const freshMs = 10 * 60_000;
/** With so many refusals in a row the cause is a common one, such as a limit of the plan. */
export const mostRefusals = 10;

/** How a stretch stands: what was saved last of its run and operation. */
interface Standing {
  readonly run: ImportRun;
  readonly operation: Operation;
  /** Items that were begun in this stretch. */
  readonly begun: number;
  readonly error?: RemoteError | undefined;
}

interface Refreshed {
  readonly part: ImportPart;
  /** Calls beside the one of the listing. */
  readonly asked: number;
}

/**
 * Imports what was planned, part by part and some repositories at once. What is under way is recorded before it is begun
 * and what came of it after, so that a kill anywhere loses nothing and makes nothing twice.
 */
export function createRunImport(options: RunImportOptions): Stretch {
  const { imports, bitbucket, importOne, clock, log } = options;

  const now = () => new Date(clock.nowMs()).toISOString();

  async function save(run: ImportRun): Promise<ImportRun | undefined> {
    const next = { ...run, sequence: run.sequence + 1 };
    return (await imports.saveRun(next, run.sequence)) ? next : undefined;
  }

  async function savePart(part: ImportPart): Promise<ImportPart | undefined> {
    const next = { ...part, sequence: part.sequence + 1 };
    return (await imports.savePart(next, part.sequence)) ? next : undefined;
  }

  /**
   * Looks at the repositories once more when the plan is old: they may have been renamed, made private or deleted. What a
   * listing does not show is asked for by itself before it counts as gone.
   */
  async function refresh(part: ImportPart, workspaceUuid: string): Promise<Refreshed> {
    const open = part.items.filter(isOpen);
    const isFresh = clock.nowMs() - Date.parse(part.checkedAt) < freshMs;
    if (isFresh || open.length === 0) return { part, asked: 0 };
    const { repositories } = await bitbucket.listRepositories(workspaceUuid, {
      repositoryUuids: open.map(({ repositoryUuid }) => repositoryUuid),
    });
    const listed = new Map(repositories.map((each) => [each.repositoryUuid, each]));
    const missing = open.filter(({ repositoryUuid }) => !listed.has(repositoryUuid));
    const renewed = new Map<string, ImportItem>();
    for (const item of open) {
      const { repositoryUuid } = item;
      const repository =
        listed.get(repositoryUuid) ??
        (await bitbucket.findRepository({ workspaceUuid, repositoryUuid }));
      renewed.set(repositoryUuid, repository ? { ...item, ...toFacts(repository) } : toGone(item));
    }
    const items = part.items.map((item) => renewed.get(item.repositoryUuid) ?? item);
    return { part: { ...part, checkedAt: now(), items }, asked: missing.length };
  }

  /** Some items at once. All of them end before anything else begins, also when one of them fails. */
  async function importGroup(
    group: readonly ImportItem[],
    run: ImportRun,
    access: ConnectionAccess,
  ): Promise<{ readonly outcomes: readonly ItemOutcome[]; readonly fault: Error | undefined }> {
    const settled = await Promise.allSettled(group.map((item) => importOne(item, { run, access })));
    const outcomes = settled.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
    const failed = settled.find((each) => each.status === 'rejected');
    const cause: unknown = failed?.reason;
    return { outcomes, fault: failed && new Error('An item could not be imported.', { cause }) };
  }

  /** `undefined` when another run has it, or it was cancelled. */
  async function importSome(
    standing: Standing,
    given: ImportPart,
    access: ConnectionAccess,
    context: StretchContext,
  ): Promise<Standing | undefined> {
    const { run } = standing;
    const open = given.items.filter(isOpen).slice(0, run.parallel);
    const chosen = new Set(open.map(({ repositoryUuid }) => repositoryUuid));
    const begun = await savePart({
      ...given,
      items: given.items.map((item) =>
        chosen.has(item.repositoryUuid) ? { ...item, state: 'working' } : item,
      ),
    });
    if (!begun) return undefined;
    const { outcomes, fault } = await importGroup(open, run, access);
    const byUuid = new Map(outcomes.map(({ item }) => [item.repositoryUuid, item]));
    const part = await savePart({
      ...begun,
      items: begun.items.map((item) => byUuid.get(item.repositoryUuid) ?? item),
    });
    // Storage, or a fault of ours: those items are still `working`, and the platform delivers the message again.
    if (fault) throw fault;
    return part && note(standing, part, outcomes, context);
  }

  /** Records what came of some items, in the run and in the operation. */
  async function note(
    { run, operation, begun }: Standing,
    part: ImportPart,
    outcomes: readonly ItemOutcome[],
    context: StretchContext,
  ): Promise<Standing | undefined> {
    const error = outcomes.find((each) => each.error)?.error;
    const isDone = outcomes.some(({ item }) => item.state === 'done');
    const refused = outcomes.filter(({ item }) => item.reason === 'refused').length;
    const saved = await save({
      ...withPart(run, part),
      refusals: isDone ? 0 : run.refusals + refused,
      attempts: isDone ? 0 : run.attempts,
    });
    if (!saved) return undefined;
    const lastRefusal = outcomes.findLast(({ item }) => item.reason === 'refused')?.item.message;
    const counts = countItems(saved);
    const renewed = await context.save({
      ...operation,
      total: countAll(counts),
      done: countAll(counts) - counts.pending - counts.working,
      lastFailure: lastRefusal,
      isWaiting: false,
    });
    return renewed && { run: saved, operation: renewed, begun: begun + outcomes.length, error };
  }

  async function finish({ run, operation }: Standing, context: StretchContext) {
    const { conflict, failed } = countItems(run);
    const ended = await save({ ...run, state: 'ended', endedAt: now(), attempts: 0 });
    if (!ended) return undefined;
    const saved = await context.save({
      ...operation,
      state: 'succeeded',
      finishedAt: now(),
      lastFailure: toLeft(failed, conflict),
    });
    return saved && { operation: saved, next: 'end' as const };
  }

  async function stop(
    { run, operation }: Standing,
    error: RemoteError,
    context: StretchContext,
  ): Promise<Progress | undefined> {
    log.warn('an import waits', { operation: error.call.operation, status: error.status });
    context.noteFailure(error);
    const stopped = toStop(run, operation, error);
    if (!(await save(stopped.run))) return undefined;
    if (stopped.pauseSeconds === undefined) return giveUp(stopped.operation, context);
    const saved = await context.save(stopped.operation);
    return saved && { operation: saved, next: 'pause', pauseSeconds: stopped.pauseSeconds };
  }

  /** A person has to mend something; what is open stays so, and a resume goes on with it. */
  async function giveUp(operation: Operation, context: StretchContext) {
    const saved = await context.save({ ...operation, state: 'failed', finishedAt: now() });
    return saved && { operation: saved, next: 'end' as const };
  }

  /** The next items, or what there is instead of them. */
  async function goOn(
    standing: Standing,
    place: number,
    access: ConnectionAccess,
    context: StretchContext,
  ): Promise<Standing | undefined> {
    const { run } = standing;
    const stored = await imports.findPart(run.runId, place);
    if (!stored) throw new Error('A part of the import is gone.');
    try {
      const { part, asked } = await refresh(stored, context.workspaceUuid);
      const now = { ...standing, begun: standing.begun + asked };
      return part.items.some(isOpen)
        ? await importSome(now, part, access, context)
        : await noteLooked(now, part, context);
    } catch (error) {
      if (error instanceof RemoteError) return { ...standing, error };
      throw error;
    }
  }

  async function work(
    begun: Standing,
    access: ConnectionAccess,
    context: StretchContext,
  ): Promise<Progress | undefined> {
    const endsAtMs = clock.nowMs() + stretchMs;
    let standing: Standing | undefined = begun;
    while (standing) {
      const { run, operation, error }: Standing = standing;
      if (error) return stop(standing, error, context);
      const place = findOpenPart(run);
      if (place === undefined) return finish(standing, context);
      if (run.refusals >= mostRefusals) {
        // Counted anew after a resume.
        return (await save({ ...run, refusals: 0 })) && giveUp(operation, context);
      }
      if (standing.begun + run.parallel > itemsEach || clock.nowMs() >= endsAtMs) {
        return { operation, next: 'goOn' };
      }
      standing = await goOn(standing, place, access, context);
    }
    return undefined;
  }

  /** A part with nothing to do: everything in it is gone, or a kill came between its write and that of the run. */
  async function noteLooked(standing: Standing, part: ImportPart, context: StretchContext) {
    const saved = await savePart(part);
    return saved && note(standing, saved, [], context);
  }

  return async (operation, context) => {
    const run = operation.runId === undefined ? undefined : await imports.findRun(operation.runId);
    if (run?.state !== 'importing') {
      const finishedAt = now();
      const saved = await context.save({ ...operation, state: 'succeeded', finishedAt });
      return saved && { operation: saved, next: 'end' };
    }
    const access = await findAccess(options, run.connectionId);
    if (access?.connection.state !== 'active') {
      const lastFailure = access
        ? 'Its connection is being disconnected.'
        : 'Its connection has no token, or is gone.';
      return giveUp({ ...operation, lastFailure }, context);
    }
    return work({ run, operation, begun: 0 }, access, context);
  };
}

function toGone(item: ImportItem): ImportItem {
  const message = 'The repository was deleted or has left the workspace.';
  return { ...item, state: 'failed', reason: 'repositoryGone', message };
}

function toLeft(failed: number, conflict: number): string | undefined {
  const parts = [
    ...(failed > 0 ? [`${failed} could not be imported`] : []),
    ...(conflict > 0 ? [`${conflict} wait for a decision`] : []),
  ];
  return parts.length === 0
    ? undefined
    : `Of the repositories, ${parts.join(' and ')}: see Import.`;
}
