import { findBound } from '../../domain/binding';
import { toReportId, toStopped } from '../../domain/build-publication';
import type { CodeInsights } from '../../domain/ports/code-insights';
import type { Log } from '../../domain/ports/log';
import type { PublicationStore } from '../../domain/ports/publications';
import type { Randomness } from '../../domain/ports/randomness';
import type { BindingStore, LeaseStore } from '../../domain/ports/stores';
import type { WithdrawJob } from '../../contracts/jobs';
import { RemoteForbiddenError, RemoteNotFoundError } from '../../errors/remote-errors';
import { leaseMs, leaseNames } from '../lease-names';

export interface WithdrawOptions {
  readonly codeInsights: CodeInsights;
  readonly publications: PublicationStore;
  readonly bindings: BindingStore;
  readonly leases: LeaseStore;
  readonly randomness: Randomness;
  readonly log: Log;
}

/** `busy`: a writer that began before the unbinding is still at work. */
export type Withdraw = (job: WithdrawJob, workspaceUuid: string) => Promise<'done' | 'busy'>;

/**
 * Takes the report of a project that was unbound from the newest commit, and closes its build status, so that no mark
 * stays that nobody keeps true. A project that is bound again by now keeps its report. Safe to repeat.
 * @throws {RemoteError} when Bitbucket does not answer; the record stays for the next try.
 */
export function createWithdraw(options: WithdrawOptions): Withdraw {
  const { codeInsights, publications, bindings, leases, randomness, log } = options;

  async function takeBack(
    { repositoryUuid, pullRequestId, connectionId, projectKey }: WithdrawJob,
    workspaceUuid: string,
  ): Promise<void> {
    const identity = { repositoryUuid, pullRequestId };
    const project = { connectionId, projectKey };
    const publication = await publications.find(identity, project);
    if (!publication) return;
    if (findBound(await bindings.find(repositoryUuid), project)?.state === 'bound') return;
    const commit = { workspaceUuid, repositoryUuid, hash: publication.commit };
    try {
      const reportId = toReportId(identity, connectionId, projectKey);
      await codeInsights.deleteReport({ ...commit, reportId });
      const { buildStatus } = publication;
      if (buildStatus && buildStatus.state !== 'STOPPED') {
        await codeInsights.postBuildStatus(
          commit,
          toStopped(buildStatus, 'The project was unbound from this repository.'),
        );
      }
    } catch (error) {
      // The repository is gone, and everything on it.
      if (!(error instanceof RemoteNotFoundError || error instanceof RemoteForbiddenError)) {
        throw error;
      }
      log.error('a report could not be taken back', error);
    }
    await publications.remove(identity, project);
  }

  return async (job, workspaceUuid) => {
    const name = leaseNames.publish(job);
    const holder = randomness.uuid();
    if (!(await leases.claim(name, holder, leaseMs.publish)).isClaimed) return 'busy';
    try {
      await takeBack(job, workspaceUuid);
      return 'done';
    } finally {
      await leases
        .release(name, holder)
        .catch((error: unknown) => log.error('a lease could not be released', error));
    }
  };
}
