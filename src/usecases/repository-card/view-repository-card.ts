import { CardMetric, type RepositoryCardView } from '../../contracts/repository-card';
import { toActive, type BoundProject } from '../../domain/binding';
import {
  branchFreshMs,
  defaultCardMetrics,
  listOfferedMetrics,
  toCardProject,
  type BranchTruth,
} from '../../domain/branch-truth';
import { toProjectUrl } from '../../domain/connection';
import type { OpenServer } from '../../domain/ports/analysis-server';
import type { BitbucketAsUser } from '../../domain/ports/bitbucket';
import type { BranchStore } from '../../domain/ports/branches';
import type { Clock } from '../../domain/ports/clock';
import type { Log } from '../../domain/ports/log';
import type {
  BindingStore,
  ConnectionStore,
  LeaseStore,
  SecretStore,
} from '../../domain/ports/stores';
import { describeRemoteError } from '../../errors/describe-remote-error';
import { RemoteError, RemoteForbiddenError } from '../../errors/remote-errors';
import type { ProvenCaller } from '../caller';
import { findAccess } from '../connections/find-access';
import { leaseNames } from '../lease-names';

export interface ViewRepositoryCardOptions {
  readonly bitbucket: BitbucketAsUser;
  readonly bindings: BindingStore;
  readonly branches: BranchStore;
  readonly connections: ConnectionStore;
  readonly secrets: SecretStore;
  readonly leases: LeaseStore;
  readonly openServer: OpenServer;
  readonly clock: Clock;
  readonly log: Log;
}

export type ViewRepositoryCard = (
  repositoryUuid: string,
  caller: ProvenCaller,
) => Promise<RepositoryCardView>;

/** Of several viewers of a stale card one asks the server, and the others see what is known. */
const questionMs = 20_000;

/** The main branch of a repository's projects, at most five minutes old while the server answers. */
export function createViewRepositoryCard(options: ViewRepositoryCardOptions): ViewRepositoryCard {
  const { bitbucket, bindings, branches, connections, leases, openServer, clock, log } = options;

  async function read(project: BoundProject, known: BranchTruth | undefined): Promise<BranchTruth> {
    const checkedAtMs = clock.nowMs();
    const access = await findAccess(options, project.connectionId);
    if (!access) {
      const message =
        'Its connection or token is missing. Ask a workspace administrator to connect it again.';
      return { checkedAtMs, branch: known?.branch, failure: { isForbidden: false, message } };
    }
    try {
      const branch = await openServer(access).readMainBranch(
        project.projectKey,
        CardMetric.options,
      );
      return { checkedAtMs, branch };
    } catch (error) {
      if (!(error instanceof RemoteError)) throw error;
      log.warn('a main branch could not be read', { status: error.status });
      const isForbidden = error instanceof RemoteForbiddenError;
      const failure = { isForbidden, message: describeRemoteError(error) };
      return { checkedAtMs, branch: isForbidden ? undefined : known?.branch, failure };
    }
  }

  async function find(project: BoundProject): Promise<BranchTruth> {
    const known = await branches.find(project);
    if (known && clock.nowMs() - known.checkedAtMs < branchFreshMs) return known;
    const name = leaseNames.branch(project);
    if (known && !(await leases.isFirstIn(name, questionMs))) return known;
    const truth = await read(project, known);
    await branches.save(project, truth);
    return truth;
  }

  return async (repositoryUuid, { accountId, workspaceUuid, repository }) => {
    const [binding, preferred] = await Promise.all([
      bindings.find(repositoryUuid),
      branches.findChosenMetrics(accountId),
    ]);
    const chosen = preferred ?? [...defaultCardMetrics];
    const bound = toActive(binding)?.projects ?? [];
    const shared = {
      ...(repository?.mainBranch !== undefined && { branch: repository.mainBranch }),
      chosen,
      offered: listOfferedMetrics(),
      now: new Date(clock.nowMs()).toISOString(),
    };
    if (bound.length === 0) {
      const role = await bitbucket
        .findRepositoryRole({ workspaceUuid, repositoryUuid })
        .catch(() => undefined);
      return { ...shared, projects: [], canBind: role === 'admin' };
    }
    const truths = await Promise.all(
      bound.map(async (project) => {
        const [truth, connection] = await Promise.all([
          find(project),
          connections.find(project.connectionId),
        ]);
        const dashboardUrl = connection && toProjectUrl(connection, project.projectKey);
        return { truth, card: toCardProject(project, truth, { chosen, dashboardUrl }) };
      }),
    );
    const oldestMs = Math.min(...truths.map(({ truth }) => truth.checkedAtMs));
    return {
      ...shared,
      projects: truths.map(({ card }) => card),
      canBind: false,
      checkedAt: new Date(oldestMs).toISOString(),
    };
  };
}
