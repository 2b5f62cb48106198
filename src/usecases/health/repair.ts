import type { Finding } from '../../contracts/health';
import type { ProjectAddress } from '../../domain/binding';
import { toPlace } from '../../domain/drift';
import type { JobQueue } from '../../domain/ports/messaging';
import type { OpenProjects } from '../../domain/ports/projects';
import type { FindingStore } from '../../domain/ports/stores';
import { AppError } from '../../errors/app-error';
import { describeRemoteError } from '../../errors/describe-remote-error';
import { RemoteError, RemoteRejectedError } from '../../errors/remote-errors';
import { toServerSentence } from '../../errors/server-sentence';
import type { BindEverywhere } from '../bindings/bind-everywhere';
import type { ServerBindingKeeper } from '../bindings/server-binding';
import type { UnbindProject } from '../bindings/unbind-project';
import { findAccess, type FindAccessOptions } from '../connections/find-access';

export interface RepairOptions extends FindAccessOptions {
  readonly openProjects: OpenProjects;
  readonly findings: FindingStore;
  readonly bindEverywhere: BindEverywhere;
  readonly unbindEverywhere: UnbindProject;
  readonly serverBinding: ServerBindingKeeper;
  readonly queue: JobQueue;
}

export type Repair = (input: {
  readonly findingId: string;
  readonly workspaceUuid: string;
}) => Promise<{
  readonly finding: Finding;
  readonly isRepaired: boolean;
  readonly message: string;
}>;

/** Does what a finding offers, and removes it when that worked. @throws {AppError} NOT_FOUND when it is gone already. */
export function createRepair(options: RepairOptions): Repair {
  const { findings, bindEverywhere, unbindEverywhere, serverBinding, queue } = options;

  /** Why it could not be done, in a sentence. */
  async function makePrivate({
    connectionId,
    projectKey,
  }: ProjectAddress): Promise<string | undefined> {
    const access = await findAccess(options, connectionId);
    if (!access) return 'Its connection has no token, or is gone.';
    try {
      await options.openProjects(access).makePrivate(projectKey);
      return undefined;
    } catch (error) {
      if (!(error instanceof RemoteError)) throw error;
      const sentence = error instanceof RemoteRejectedError ? toServerSentence(error) : undefined;
      return `The project is still public. ${sentence ?? describeRemoteError(error)}`;
    }
  }

  async function tryRepair(
    { code, subject }: Finding,
    workspaceUuid: string,
  ): Promise<string | undefined> {
    if (code === 'publishFailed' || code === 'readFailed') {
      const [repositoryUuid = '', pullRequestId] = subject.id.split(':');
      await queue.push({
        kind: 'refresh',
        repositoryUuid,
        pullRequestId: Number(pullRequestId),
        trigger: 'push',
      });
      return undefined;
    }
    // There is nothing to do but to know it.
    if (code === 'webhookRestored') return undefined;
    const place = toPlace(subject);
    if (code === 'projectGone' || code === 'repositoryGone') {
      await unbindEverywhere(place);
      return undefined;
    }
    if (code === 'bindingOnlyOnServer') {
      return (await bindEverywhere({ ...place, workspaceUuid })).serverProblem;
    }
    if (code === 'projectPublic') return makePrivate(place);
    if (code === 'bindingOnlyHere' || code === 'bindingsDiffer') {
      const outcome = await serverBinding.write(place, workspaceUuid);
      return outcome.kind === 'failed' ? outcome.problem : undefined;
    }
    throw new AppError('INVALID_INPUT', 'The app cannot repair this itself. Do what it says.');
  }

  return async ({ findingId, workspaceUuid }) => {
    const finding = await findings.find(findingId);
    if (!finding) throw new AppError('NOT_FOUND', 'This finding is gone already. Reload the list.');
    const problem = await tryRepair(finding, workspaceUuid);
    if (problem !== undefined) return { finding, isRepaired: false, message: problem };
    await findings.clear(finding.code, finding.subject.id);
    const message =
      finding.code === 'publishFailed' || finding.code === 'readFailed'
        ? 'It is tried again now. The finding comes back if that fails.'
        : finding.code === 'webhookRestored'
          ? 'It is taken from the list.'
          : `${finding.subject.name} is repaired.`;
    return { finding, isRepaired: true, message };
  };
}
