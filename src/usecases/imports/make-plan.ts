import type { ImportItem } from '../../contracts/imports';
import { findBound, toActive } from '../../domain/binding';
import { planItem } from '../../domain/import/plan-item';
import { proposeProjectKey } from '../../domain/import/project-key';
import {
  countAll,
  countItems,
  itemsPerPart,
  summarize,
  type ImportRun,
  type ImportTarget,
} from '../../domain/import/run';
import type { Operation } from '../../domain/operation';
import type { BitbucketAsApp, ListedRepository } from '../../domain/ports/bitbucket';
import type { Clock } from '../../domain/ports/clock';
import type { ImportStore } from '../../domain/ports/imports';
import type { Log } from '../../domain/ports/log';
import type { OpenProjects, Projects } from '../../domain/ports/projects';
import type { ReadUsage } from '../../domain/ports/server-facts';
import type { BindingStore } from '../../domain/ports/stores';
import { describeRemoteError } from '../../errors/describe-remote-error';
import { RemoteError } from '../../errors/remote-errors';
import type { ServerBindingKeeper } from '../bindings/server-binding';
import {
  findAccess,
  type ConnectionAccess,
  type FindAccessOptions,
} from '../connections/find-access';
import type { Progress, Stretch, StretchContext } from '../operations/run-operation';
import { toStop } from './stop-stretch';

export interface MakePlanOptions extends FindAccessOptions {
  readonly imports: ImportStore;
  readonly bindings: BindingStore;
  readonly bitbucket: BitbucketAsApp;
  readonly openProjects: OpenProjects;
  readonly readUsage: ReadUsage;
  readonly serverBinding: Pick<ServerBindingKeeper, 'findRecordKey'>;
  readonly clock: Clock;
  readonly log: Log;
}

/** Bitbucket's own limit; the same for a list of UUIDs. */
const listedEach = 100;
/** Pages of the listing in one stretch: one call to Bitbucket and one to the server for each. */
const pagesEach = 5;

const cannotList =
  'The token may not list all projects of the server, so keys that are taken show only when a project is made.';

/**
 * Lists the repositories and decides what an import would do with each, stretch by stretch. It reads and changes nothing
 * outside; a stretch that is done twice writes the same parts again.
 */
export function createMakePlan(options: MakePlanOptions): Stretch {
  const { imports, bindings, bitbucket, openProjects, readUsage, serverBinding, clock, log } =
    options;

  const now = () => new Date(clock.nowMs()).toISOString();

  async function list(run: ImportRun, page: number, workspaceUuid: string) {
    const { selection } = run;
    if (selection.kind === 'matching') {
      const { query } = selection;
      const search = { query: query.trim(), page, pageSize: listedEach };
      const found = await bitbucket.listRepositories(workspaceUuid, search);
      const except = new Set(selection.except);
      return {
        ...found,
        chosen: found.repositories.filter(({ repositoryUuid }) => !except.has(repositoryUuid)),
      };
    }
    const { repositoryUuids } = selection;
    const wanted = repositoryUuids.slice((page - 1) * listedEach, page * listedEach);
    const { repositories } = await bitbucket.listRepositories(workspaceUuid, {
      repositoryUuids: wanted,
    });
    return {
      repositories,
      chosen: repositories,
      total: repositoryUuids.length,
      hasMore: page * listedEach < repositoryUuids.length,
    };
  }

  async function planAll(
    run: ImportRun,
    repositories: readonly ListedRepository[],
    projects: Projects,
  ): Promise<{ readonly items: readonly ImportItem[]; readonly knowsKeys: boolean }> {
    const { connectionId, options: chosen } = run;
    const known = await Promise.all(
      repositories.map(async (repository) => ({
        repository,
        projectKey: proposeProjectKey(chosen.keyPrefix, repository),
        binding: toActive(await bindings.find(repository.repositoryUuid)),
      })),
    );
    const keys = known.filter(({ binding }) => !binding).map(({ projectKey }) => projectKey);
    const existing = keys.length === 0 ? [] : await projects.findExisting(keys);
    const taken = existing && new Set(existing.map(({ projectKey }) => projectKey));
    const items = await Promise.all(
      known.map(async ({ repository, projectKey, binding }) => {
        const isKeyTaken = taken?.has(projectKey) ?? false;
        const mayBeClaimed = !binding && (taken === undefined || isKeyTaken);
        const place = { connectionId, projectKey };
        return planItem(repository, chosen, {
          boundTo: binding?.projects.map((project) => project.projectKey) ?? [],
          isKeyTaken,
          isKeyClaimed: mayBeClaimed && (await isClaimed(place, repository.repositoryUuid)),
        });
      }),
    );
    return { items, knowsKeys: taken !== undefined };
  }

  /** By another repository that really has it: what an interrupted bind left behind refuses nobody. */
  async function isClaimed(
    place: { readonly connectionId: string; readonly projectKey: string },
    repositoryUuid: string,
  ): Promise<boolean> {
    const claim = await bindings.findClaim(place);
    if (!claim || claim.repositoryUuid === repositoryUuid) return false;
    return findBound(await bindings.find(claim.repositoryUuid), place) !== undefined;
  }

  /** One page of the listing. `undefined` when the run was taken back in between. */
  async function planPage(
    run: ImportRun,
    page: number,
    access: ConnectionAccess,
    workspaceUuid: string,
  ): Promise<ImportRun | undefined> {
    const { chosen, repositories, total, hasMore } = await list(run, page, workspaceUuid);
    const { items, knowsKeys } = await planAll(run, chosen, openProjects(access));
    let { parts } = run;
    for (let from = 0; from < items.length; from += itemsPerPart) {
      const some = items.slice(from, from + itemsPerPart);
      const place = { runId: run.runId, part: parts.length };
      await imports.putPart({ ...place, sequence: 1, checkedAt: now(), items: some });
      parts = [...parts, summarize(some)];
    }
    const notices =
      knowsKeys || run.notices.includes(cannotList) ? run.notices : [...run.notices, cannotList];
    const saved = await save({
      ...run,
      parts,
      notices,
      attempts: 0,
      listed: run.listed + repositories.length,
      listedTotal: total ?? run.listedTotal,
      nextListing: hasMore ? page + 1 : undefined,
    });
    // It was taken back while this was written.
    if (!saved && !(await imports.findRun(run.runId))) await imports.removeRun({ ...run, parts });
    return saved;
  }

  async function save(run: ImportRun): Promise<ImportRun | undefined> {
    const next = { ...run, sequence: run.sequence + 1 };
    return (await imports.saveRun(next, run.sequence)) ? next : undefined;
  }

  /** What every item needs of the server, and what a person wants to know before the start. */
  async function findTarget(access: ConnectionAccess, workspaceUuid: string) {
    const { edition } = access.connection;
    const usage = await readUsage(access).catch((error: unknown) => {
      if (!(error instanceof RemoteError)) throw error;
      log.warn('the plan of a server could not be read', { status: error.status });
      return { problem: `The server was not asked. ${describeRemoteError(error)}` };
    });
    const record = await serverBinding.findRecordKey(access, workspaceUuid);
    const target: ImportTarget = {
      usage: { ...(edition !== undefined && { plan: `${edition} edition` }), ...usage },
      ...(record?.recordKey !== undefined && { recordKey: record.recordKey }),
    };
    const isMissing = record && record.recordKey === undefined;
    return { target, notice: isMissing ? record.problem : undefined };
  }

  async function finish(
    run: ImportRun,
    operation: Operation,
    access: ConnectionAccess,
    context: StretchContext,
  ): Promise<Progress | undefined> {
    const { target, notice } = await findTarget(access, context.workspaceUuid);
    const missing = (run.listedTotal ?? run.listed) - run.listed;
    const notices = [
      ...run.notices,
      ...(notice === undefined ? [] : [`${notice} Without it bindings are kept here alone.`]),
      ...(missing > 0 ? [toMissing(missing, run)] : []),
    ];
    const ready = await save({ ...run, state: 'ready', target, notices });
    if (!ready) return undefined;
    const saved = await context.save({
      ...operation,
      state: 'succeeded',
      finishedAt: now(),
      done: countAll(countItems(ready)),
      lastFailure: undefined,
    });
    return saved && { operation: saved, next: 'end' };
  }

  async function stop(
    run: ImportRun,
    operation: Operation,
    error: RemoteError,
    context: StretchContext,
  ): Promise<Progress | undefined> {
    log.warn('a plan of an import waits', { status: error.status });
    context.noteFailure(error);
    const stopped = toStop(run, operation, error);
    if (!(await save(stopped.run))) return undefined;
    const { pauseSeconds } = stopped;
    const saved = await context.save(
      pauseSeconds === undefined
        ? { ...stopped.operation, state: 'failed', finishedAt: now() }
        : stopped.operation,
    );
    if (!saved) return undefined;
    return pauseSeconds === undefined
      ? { operation: saved, next: 'end' }
      : { operation: saved, next: 'pause', pauseSeconds };
  }

  async function planSome(
    given: Operation,
    begun: ImportRun,
    access: ConnectionAccess,
    context: StretchContext,
  ): Promise<Progress | undefined> {
    let run = begun;
    let operation = given;
    try {
      for (let count = 0; count < pagesEach && run.nextListing !== undefined; count += 1) {
        const planned = await planPage(run, run.nextListing, access, context.workspaceUuid);
        if (!planned) return undefined;
        run = planned;
        const saved = await context.save({
          ...operation,
          total: run.listedTotal,
          done: run.listed,
          lastFailure: undefined,
        });
        if (!saved) return undefined;
        operation = saved;
      }
      if (run.nextListing !== undefined) return { operation, next: 'goOn' };
      return await finish(run, operation, access, context);
    } catch (error) {
      if (!(error instanceof RemoteError)) throw error;
      return stop(run, operation, error, context);
    }
  }

  return async (operation, context) => {
    const run = operation.runId === undefined ? undefined : await imports.findRun(operation.runId);
    const finishedAt = now();
    if (run?.state !== 'planning') {
      // It was taken back, or the last stretch was killed after its last write but one.
      const saved = await context.save({ ...operation, state: 'succeeded', finishedAt });
      return saved && { operation: saved, next: 'end' };
    }
    const access = await findAccess(options, run.connectionId);
    if (!access) {
      const lastFailure = 'Its connection has no token, or is gone.';
      const saved = await context.save({ ...operation, state: 'failed', finishedAt, lastFailure });
      return saved && { operation: saved, next: 'end' };
    }
    return planSome(operation, run, access, context);
  };
}

function toMissing(missing: number, { selection }: ImportRun): string {
  const count = missing === 1 ? '1 repository' : `${missing} repositories`;
  return selection.kind === 'named'
    ? `${count} of those that were chosen are gone.`
    : `Bitbucket counted ${count} more than it listed: some were deleted meanwhile. Plan again to be sure.`;
}
