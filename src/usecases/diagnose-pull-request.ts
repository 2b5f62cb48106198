import type { DoctorTrace } from '../contracts/doctor';
import type { BoundProject } from '../domain/binding';
import { decideBranch } from '../domain/branch-rules';
import { findTruth, toJudged } from '../domain/build-view';
import { examine, type DoctorFacts } from '../domain/doctor';
import type { PullRequestIdentity } from '../domain/identifiers';
import type { AnalysisServer, OpenServer } from '../domain/ports/analysis-server';
import type { BitbucketAsApp, BitbucketAsUser } from '../domain/ports/bitbucket';
import type { Clock } from '../domain/ports/clock';
import type { Log } from '../domain/ports/log';
import type { WebTriggerUrls } from '../domain/ports/messaging';
import type {
  BindingStore,
  ConnectionStore,
  LeaseStore,
  SecretStore,
  VerdictStore,
} from '../domain/ports/stores';
import { AppError } from '../errors/app-error';
import { describeRemoteError } from '../errors/describe-remote-error';
import { RemoteError, RemoteForbiddenError } from '../errors/remote-errors';
import type { Caller } from './caller';
import { findAccess } from './connections/find-access';
import { leaseMs, leaseNames } from './lease-names';
import { nameParents } from './name-parents';
import type { ReadTruth } from './read-truth';
import { resolveHead } from './resolve-head';
import type { ResolveSettings } from './settings/resolve-settings';
import { readKnown, type Known } from './view-pull-request';

export interface DiagnosePullRequestOptions {
  readonly bitbucket: BitbucketAsUser;
  readonly asApp: BitbucketAsApp;
  readonly bindings: BindingStore;
  readonly verdicts: VerdictStore;
  readonly connections: ConnectionStore;
  readonly secrets: SecretStore;
  readonly leases: LeaseStore;
  readonly openServer: OpenServer;
  readonly webTriggerUrls: WebTriggerUrls;
  readonly readTruth: ReadTruth;
  readonly resolveSettings: ResolveSettings;
  readonly clock: Clock;
  readonly log: Log;
}

export type DiagnosePullRequest = (
  identity: PullRequestIdentity,
  caller: Caller,
) => Promise<DoctorTrace[]>;

/**
 * Goes from the pull request to its verdict, link by link, and says of each bound project where the first one is broken.
 * Everything is asked anew and nothing is stored.
 * @throws {AppError} as `proveAccess`; RATE_LIMITED when it was asked for within the last seconds.
 */
export function createDiagnosePullRequest(
  options: DiagnosePullRequestOptions,
): DiagnosePullRequest {
  const { leases, resolveSettings } = options;
  return async (identity, caller) => {
    const known = await readKnown(options, identity, caller);
    if (!(await leases.isFirstIn(leaseNames.doctor(identity), leaseMs.manual))) {
      throw new AppError('RATE_LIMITED', 'This was looked at a moment ago. Try again in 10 s.', {
        retryAfterSeconds: leaseMs.manual / 1000,
      });
    }
    const { workspaceUuid } = caller;
    const { pullRequest, binding } = known;
    const settings = await resolveSettings({
      workspaceUuid,
      repositoryUuid: identity.repositoryUuid,
      bitbucketProjectUuid: pullRequest.bitbucketProjectUuid,
    });
    const { treatment } = decideBranch(settings.branchRules, pullRequest.targetBranch);
    const base = { pullRequest, treatment };
    const isReadable = pullRequest.state === 'OPEN' && !pullRequest.isFork;
    if (!binding || !isReadable) {
      return [{ checks: examine({ ...base, project: binding?.projects[0] }) }];
    }
    const insistOnCommit = settings.insistOnCommit === 'on';
    return Promise.all(
      binding.projects.map(async (project) => ({
        projectName: project.projectName,
        checks: examine({
          ...base,
          project,
          ...(await askServer(options, {
            identity,
            workspaceUuid,
            known,
            project,
            insistOnCommit,
          })),
        }),
      })),
    );
  };
}

interface AskInput {
  readonly identity: PullRequestIdentity;
  readonly workspaceUuid: string;
  readonly known: Known;
  readonly project: BoundProject;
  readonly insistOnCommit: boolean;
}

/** What the connection and its server say; a server that cannot be asked is one of the answers. */
async function askServer(
  options: DiagnosePullRequestOptions,
  input: AskInput,
): Promise<Partial<DoctorFacts>> {
  const { connections, openServer, webTriggerUrls } = options;
  const { project } = input;
  const connection = await connections.find(project.connectionId);
  if (connection?.state !== 'active') return { connection };
  const access = await findAccess(options, project.connectionId);
  if (!access) return { connection, token: 'missing' };
  const server = openServer(access);
  try {
    if (!(await server.findAccount())) return { connection, token: 'refused' };
    const { truth, judged } = await readLive(options, input);
    const serverProblem = truth.failure?.message;
    const knownKeys =
      truth.presence === 'noPullRequest'
        ? ((await server.listPullRequests(project.projectKey)) ?? []).map(({ key }) => key)
        : undefined;
    const webhook = await findWebhook(server, await webTriggerUrls.getDeliveryUrl());
    return { connection, token: 'good', truth, judged, serverProblem, knownKeys, webhook };
  } catch (error) {
    if (!(error instanceof RemoteError)) throw error;
    return { connection, token: 'good', serverProblem: describeRemoteError(error) };
  }
}

async function readLive(
  options: DiagnosePullRequestOptions,
  { identity, workspaceUuid, known, project, insistOnCommit }: AskInput,
) {
  const { pullRequest, record, binding } = known;
  const { repositoryUuid } = identity;
  const { asApp: bitbucket, clock, log } = options;
  const place = { workspaceUuid, repositoryUuid };
  const head = await resolveHead({ bitbucket, clock, log }, place, pullRequest, record);
  const stored = findTruth(record, project);
  const read = await options.readTruth({
    identity,
    project,
    stored,
    head,
    projectCount: binding?.projects.length ?? 1,
    insistOnCommit,
    delivery: undefined,
    extent: 'gate',
  });
  const truth = await nameParents({ bitbucket, log }, { ...place, head, truth: read, stored });
  const judged = toJudged(pullRequest, {
    record: { ...identity, sequence: 0, projects: [], knownFrom: 'manual', head, insistOnCommit },
  });
  return { truth, judged };
}

async function findWebhook(
  server: AnalysisServer,
  deliveryUrl: string,
): Promise<NonNullable<DoctorFacts['webhook']>> {
  try {
    const webhooks = await server.listWebhooks();
    return webhooks.some(({ url }) => url.startsWith(deliveryUrl)) ? 'there' : 'missing';
  } catch (error) {
    if (error instanceof RemoteForbiddenError) return 'unknown';
    throw error;
  }
}
