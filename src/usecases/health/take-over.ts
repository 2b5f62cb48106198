import { bindingOnlyOnServer, toProjectSubject } from '../../domain/drift';
import { mostFailures, type Operation } from '../../domain/operation';
import type { Clock } from '../../domain/ports/clock';
import type { Log } from '../../domain/ports/log';
import type { ConnectionStore, FindingStore, SecretStore } from '../../domain/ports/stores';
import { AppError } from '../../errors/app-error';
import { describeRemoteError } from '../../errors/describe-remote-error';
import { RemoteError, RemoteRateLimitedError } from '../../errors/remote-errors';
import type { BindProject } from '../bindings/bind-project';
import type { ServerBindingKeeper } from '../bindings/server-binding';
import { findAccess } from '../connections/find-access';
import type { Stretch, StretchContext } from '../operations/run-operation';
import {
  keepsServerBindings,
  type FindServerOnly,
  type ListPosition,
  type ServerOnly,
} from './find-server-only';

export interface TakeOverOptions {
  readonly connections: ConnectionStore;
  readonly secrets: SecretStore;
  readonly findings: FindingStore;
  readonly findServerOnly: FindServerOnly;
  readonly bindProject: BindProject;
  readonly serverBinding: ServerBindingKeeper;
  readonly clock: Clock;
  readonly log: Log;
}

/** Three calls for each, of the 100 that a function may make in a minute. */
const boundEach = 25;
/** Well inside the 55 s of the platform, and the shorter part for what is only looked at. */
const stretchMs = 30_000;
const lookMs = 12_000;
/** A 429 without a time to wait. */
const rateLimitSeconds = 120;

/** Where a take-over is: a connection, and a place in its server's list. Kept in the cursor of the operation. */
interface Place extends ListPosition {
  readonly connectionId: string;
}

interface Taken {
  readonly operation: Operation;
  /** Absent when its list has no more. */
  readonly next?: ListPosition | undefined;
  /** When there were too many calls. */
  readonly retryAfterSeconds?: number | undefined;
}

/**
 * Binds here what only the servers know, stretch by stretch: what an earlier installation left on them when it was
 * removed. What cannot be bound becomes a finding and the rest goes on; a project that is bound here already is passed
 * over, so a stretch that is done twice changes nothing.
 */
export function createTakeOver(options: TakeOverOptions): Stretch {
  const { connections, findings, findServerOnly, bindProject, serverBinding, clock, log } = options;

  async function bind(
    operation: Operation,
    connectionId: string,
    { repositoryUuid, repositoryName, slug, projectKey, isMonorepo }: ServerOnly,
  ): Promise<Operation> {
    const place = { repositoryUuid, connectionId, projectKey };
    const subject = toProjectSubject(place, repositoryName);
    try {
      if (isMonorepo) throw new AppError('INVALID_INPUT', needsFolder(projectKey, repositoryName));
      await bindProject(place);
      await serverBinding.adopt(place, slug);
      await findings.clear('bindingOnlyOnServer', subject.id);
      return { ...operation, done: operation.done + 1 };
    } catch (error) {
      if (error instanceof AppError && error.cause instanceof RemoteRateLimitedError)
        throw error.cause;
      if (!(error instanceof AppError)) throw error;
      log.error('a project could not be taken over', error, { projectKey });
      await findings.report(bindingOnlyOnServer(subject));
      const failed = [...operation.failed, { repositoryUuid, projectKey }];
      return { ...operation, failed, lastFailure: error.message };
    }
  }

  /** One stretch at one place of one server. `undefined` when it was cancelled. */
  async function takeSome(
    given: Operation,
    place: Place,
    context: StretchContext,
  ): Promise<Taken | undefined> {
    const { connectionId } = place;
    const access = await findAccess(options, connectionId);
    if (!access || !keepsServerBindings(access)) return { operation: given };
    const beganAtMs = clock.nowMs();
    let operation = given;
    try {
      const page = await findServerOnly({
        access,
        workspaceUuid: context.workspaceUuid,
        from: place,
        most: boundEach,
        endsAtMs: beganAtMs + lookMs,
      });
      for (const each of page.found) {
        // A slow server: what is left is found again from the same place, where what is bound is passed over.
        if (clock.nowMs() >= beganAtMs + stretchMs) return { operation, next: place };
        // Saved one by one, so that what is bound is counted also when this run is killed.
        const saved = await context.save(await bind(operation, connectionId, each));
        if (!saved) return undefined;
        operation = saved;
      }
      return { operation, next: page.next };
    } catch (error) {
      if (!(error instanceof RemoteError)) throw error;
      const { status, retryAfterSeconds = rateLimitSeconds } = error;
      log.warn('a server could not be read for a take-over', { connectionId, status });
      context.noteFailure(error);
      if (error instanceof RemoteRateLimitedError)
        return { operation, next: place, retryAfterSeconds };
      // The other servers are taken over all the same; to resume is to look at this one again.
      return { operation: { ...operation, lastFailure: describeRemoteError(error) } };
    }
  }

  async function end(operation: Operation, context: StretchContext) {
    const state = operation.lastFailure === undefined ? 'succeeded' : 'failed';
    const finishedAt = new Date(clock.nowMs()).toISOString();
    const saved = await context.save({ ...operation, state, cursor: undefined, finishedAt });
    return saved && { operation: saved, next: 'end' as const };
  }

  return async (given, context) => {
    const all = (await connections.list()).map(({ connectionId }) => connectionId).sort();
    const place = readPlace(given.cursor) ?? placeAt(all[0]);
    if (!place) return end(given, context);
    const taken = await takeSome(given, place, context);
    if (!taken) return undefined;
    const { operation, next, retryAfterSeconds } = taken;
    const following = next
      ? { ...place, ...next }
      : placeAt(all.find((connectionId) => connectionId > place.connectionId));
    if (!following || operation.failed.length >= mostFailures) return end(operation, context);
    const isWaiting = retryAfterSeconds !== undefined;
    const saved = await context.save({ ...operation, isWaiting, cursor: writePlace(following) });
    if (!saved || !isWaiting) return saved && { operation: saved, next: 'goOn' };
    return { operation: saved, next: 'pause', pauseSeconds: retryAfterSeconds };
  };
}

/** Which part of a monorepo a project judges is nowhere on the server, and a guess would judge the whole. */
function needsFolder(projectKey: string, repositoryName: string): string {
  return `"${projectKey}" is one of several projects of ${repositoryName}: bind it in the settings of the repository, with its folder.`;
}

function placeAt(connectionId: string | undefined): Place | undefined {
  return connectionId === undefined ? undefined : { connectionId, page: 1, index: 0 };
}

/** Connection ids have no white space. */
function writePlace({ connectionId, page, index }: Place): string {
  return [connectionId, page, index].join(' ');
}

function readPlace(cursor: string | undefined): Place | undefined {
  const [connectionId, page, index] = cursor?.split(' ') ?? [];
  if (connectionId === undefined) return undefined;
  return { connectionId, page: Number(page), index: Number(index) };
}
