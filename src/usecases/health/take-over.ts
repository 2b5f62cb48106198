import { bindingOnlyOnServer, toProjectSubject } from '../../domain/drift';
import { mostFailures, type Operation } from '../../domain/operation';
import type { Clock } from '../../domain/ports/clock';
import type { Log } from '../../domain/ports/log';
import type { ConnectionStore, FindingStore, SecretStore } from '../../domain/ports/stores';
import { AppError } from '../../errors/app-error';
import { describeRemoteError } from '../../errors/describe-remote-error';
import { RemoteError } from '../../errors/remote-errors';
import type { BindEverywhere } from '../bindings/bind-everywhere';
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
  readonly bindEverywhere: BindEverywhere;
  readonly clock: Clock;
  readonly log: Log;
}

/** Two calls to find each and some five to bind it, of the 100 that a function may make in a minute. */
const boundEach = 10;

/** Where a take-over is: a connection, and a place in its server's list. Kept in the cursor of the operation. */
interface Place extends ListPosition {
  readonly connectionId: string;
}

/**
 * Binds here what only the servers know, stretch by stretch: what an earlier installation left on them when it was
 * removed. What cannot be bound becomes a finding and the rest goes on; a project that is bound here already is passed
 * over, so a stretch that is done twice changes nothing.
 */
export function createTakeOver(options: TakeOverOptions): Stretch {
  const { connections, findings, findServerOnly, bindEverywhere, clock, log } = options;

  async function bind(
    operation: Operation,
    connectionId: string,
    { repositoryUuid, repositoryName, projectKey, isMonorepo }: ServerOnly,
    workspaceUuid: string,
  ): Promise<Operation> {
    const place = { repositoryUuid, connectionId, projectKey };
    const subject = toProjectSubject(place, repositoryName);
    try {
      if (isMonorepo) throw new AppError('INVALID_INPUT', needsFolder(projectKey, repositoryName));
      await bindEverywhere({ ...place, workspaceUuid });
      await findings.clear('bindingOnlyOnServer', subject.id);
      return { ...operation, done: operation.done + 1 };
    } catch (error) {
      if (!(error instanceof AppError) && !(error instanceof RemoteError)) throw error;
      log.error('a project could not be taken over', error, { projectKey });
      await findings.report(bindingOnlyOnServer(subject));
      const lastFailure = error instanceof AppError ? error.message : describeRemoteError(error);
      const failed = [...operation.failed, { repositoryUuid, projectKey }];
      return { ...operation, failed, lastFailure };
    }
  }

  /** One stretch at one place of one server; the place to go on from, if its list has more. */
  async function takeSome(
    operation: Operation,
    place: Place,
    { workspaceUuid, isCancelled }: StretchContext,
  ): Promise<{ readonly operation: Operation; readonly next?: ListPosition | undefined }> {
    const { connectionId } = place;
    const access = await findAccess(options, connectionId);
    if (!access || !keepsServerBindings(access)) return { operation };
    try {
      const page = await findServerOnly({ access, workspaceUuid, from: place, most: boundEach });
      let after = operation;
      for (const each of page.found) {
        if (await isCancelled()) break;
        after = await bind(after, connectionId, each, workspaceUuid);
      }
      return { operation: after, next: page.next };
    } catch (error) {
      if (!(error instanceof RemoteError)) throw error;
      // The other servers are taken over all the same; to resume is to look at this one again.
      log.error('a server could not be read for a take-over', error, { connectionId });
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
    const { operation, next } = await takeSome(given, place, context);
    const following = next
      ? { ...place, ...next }
      : placeAt(all.find((connectionId) => connectionId > place.connectionId));
    if (!following || operation.failed.length >= mostFailures) return end(operation, context);
    const saved = await context.save({ ...operation, cursor: writePlace(following) });
    return saved && { operation: saved, next: 'goOn' };
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
