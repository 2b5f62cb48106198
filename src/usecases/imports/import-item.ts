import type { ImportItem, ImportReason } from '../../contracts/imports';
import { findBound, toActive, type ImportMark } from '../../domain/binding';
import { keyClaimed, keyTaken, mayBind, toVisibility } from '../../domain/import/plan-item';
import type { ImportRun } from '../../domain/import/run';
import type { Clock } from '../../domain/ports/clock';
import type { ExistingProject, OpenProjects, Projects } from '../../domain/ports/projects';
import type { BindingStore } from '../../domain/ports/stores';
import { AppError } from '../../errors/app-error';
import { describeRemoteError } from '../../errors/describe-remote-error';
import {
  RemoteError,
  RemoteForbiddenError,
  RemoteRejectedError,
  RemoteRateLimitedError,
} from '../../errors/remote-errors';
import { toServerSentence } from '../../errors/server-sentence';
import type { BindProject } from '../bindings/bind-project';
import type { ServerBindingKeeper } from '../bindings/server-binding';
import type { ConnectionAccess } from '../connections/find-access';

export interface ImportItemOptions {
  readonly bindings: BindingStore;
  readonly openProjects: OpenProjects;
  readonly bindProject: BindProject;
  readonly serverBinding: Pick<ServerBindingKeeper, 'writeKnown'>;
  readonly clock: Clock;
}

export interface ItemOutcome {
  readonly item: ImportItem;
  /** What keeps all the others from going on as well. */
  readonly error?: RemoteError | undefined;
}

/**
 * Imports one repository: makes its project or takes the one that was chosen, binds it, and has the server keep a record.
 * Each step may be repeated; after a kill or a call without an answer the item is still `working`, and what it left
 * behind is looked at before anything is made again.
 */
export type ImportOne = (
  item: ImportItem,
  context: { readonly run: ImportRun; readonly access: ConnectionAccess },
) => Promise<ItemOutcome>;

export function createImportOne(options: ImportItemOptions): ImportOne {
  const { bindings, openProjects, bindProject, serverBinding, clock } = options;

  /** An item that has its project; the answer otherwise. */
  async function findOrMake(
    item: ImportItem,
    run: ImportRun,
    projects: Projects,
  ): Promise<{ readonly item: ImportItem; readonly isReady: boolean }> {
    const { projectKey, name, mainBranch } = item;
    if (item.action === 'adopt') return adopt(item, projects);
    // A call without an answer may have made it, and so may a run that was killed.
    const made = item.state === 'working' ? await projects.find(projectKey) : undefined;
    if (made) return toAdopted(item, made);
    const { outcome, problem } = await projects.create({
      projectKey,
      name,
      visibility: toVisibility(item, run.options),
      mainBranch,
      newCode: run.options.newCode,
    });
    if (outcome === 'created') {
      return { item: problem === undefined ? item : { ...item, warning: problem }, isReady: true };
    }
    return { item: settle(item, 'conflict', 'keyTaken', keyTaken(projectKey)), isReady: false };
  }

  async function adopt(item: ImportItem, projects: Projects) {
    const { projectKey } = item;
    const found = await projects.find(projectKey);
    if (!found) {
      const message = `The server has no project "${projectKey}", or the token may not see it.`;
      return { item: settle(item, 'failed', 'projectGone', message), isReady: false };
    }
    return toAdopted(item, found);
  }

  /** Whether our record is there, or why it cannot be. */
  async function bind(item: ImportItem, run: ImportRun): Promise<ImportItem | undefined> {
    const { repositoryUuid, projectKey, name } = item;
    const { connectionId, runId, startedBy } = run;
    const mark: ImportMark = { runId, at: now(), by: startedBy };
    try {
      const fromImport = { projectName: name, mark };
      await bindProject({ connectionId, projectKey, repositoryUuid, fromImport });
      return undefined;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      if (error.cause instanceof RemoteError) throw error.cause;
      return error.code === 'CONFLICT'
        ? settle(item, 'conflict', 'keyClaimed', keyClaimed(projectKey))
        : settle(item, 'failed', 'refused', error.message);
    }
  }

  async function record(item: ImportItem, run: ImportRun): Promise<ImportItem> {
    const recordKey = run.target?.recordKey;
    if (recordKey === undefined) return item;
    const { repositoryUuid, projectKey, slug } = item;
    const place = { repositoryUuid, projectKey, connectionId: run.connectionId };
    const outcome = await serverBinding.writeKnown(place, { recordKey, slug });
    if (outcome.kind !== 'failed') return item;
    return { ...item, warning: `The server keeps no record of the binding. ${outcome.problem}` };
  }

  const now = () => new Date(clock.nowMs()).toISOString();

  return async (given, { run, access }) => {
    const { repositoryUuid, projectKey } = given;
    let item = given;
    try {
      const binding = toActive(await bindings.find(repositoryUuid));
      const address = { connectionId: run.connectionId, projectKey };
      if (binding && !findBound(binding, address)) {
        const keys = binding.projects.map((project) => project.projectKey).join(', ');
        return { item: settle(item, 'skipped', 'alreadyBound', `Bound to ${keys} meanwhile.`) };
      }
      if (!binding) {
        item = { ...item, step: 'creating' };
        const made = await findOrMake(item, run, openProjects(access));
        if (!made.isReady) return { item: made.item };
        item = { ...made.item, state: 'working', step: 'binding' };
        const refusal = await bind(item, run);
        if (refusal) return { item: refusal };
      }
      item = await record({ ...item, state: 'working', step: 'recording' }, run);
      const { step, reason, message, ...rest } = item;
      return { item: { ...rest, state: 'done', doneAt: now() } };
    } catch (error) {
      if (!(error instanceof RemoteError)) throw error;
      if (error instanceof RemoteRejectedError) {
        const sentence = toServerSentence(error) ?? describeRemoteError(error);
        return { item: settle(item, 'failed', 'refused', `The server says: ${sentence}`) };
      }
      if (error instanceof RemoteForbiddenError && error.call.operation !== 'projects/create') {
        const message = `The token may not see the project "${projectKey}". Give it the right to browse the project on the server, then try again.`;
        return { item: settle(item, 'failed', 'noPermission', message) };
      }
      // What was refused for now was not done; of everything else nobody knows.
      const isUntouched = error instanceof RemoteRateLimitedError && item.step === 'creating';
      const state = isUntouched ? given.state : 'working';
      return { item: { ...item, state }, error };
    }
  };
}

/** An item with a project that is there already, unless that shows a private repository to everybody. */
function toAdopted(item: ImportItem, { projectKey, visibility }: ExistingProject) {
  if (mayBind(item, visibility)) return { item, isReady: true };
  const message = `The project "${projectKey}" is public and ${item.name} is private. Make the project private on the server, then try again.`;
  return { item: settle(item, 'failed', 'publicProject', message), isReady: false };
}

function settle(
  item: ImportItem,
  state: 'skipped' | 'conflict' | 'failed',
  reason: ImportReason,
  message: string,
): ImportItem {
  return { ...item, state, reason, message };
}
