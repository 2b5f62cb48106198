import type { BoundProject } from '../domain/binding';
import { toDashboardUrl } from '../domain/connection';
import { decideVerdict } from '../domain/decide-verdict';
import { toFailure } from '../domain/freshness';
import type { PullRequestIdentity } from '../domain/identifiers';
import type { OpenServer } from '../domain/ports/analysis-server';
import type { Clock } from '../domain/ports/clock';
import type { Log } from '../domain/ports/log';
import type { ConnectionStore, IssueStore, SecretStore } from '../domain/ports/stores';
import { issuesKeptInRecord, type ProjectTruth } from '../domain/project-truth';
import type { Head } from '../domain/pull-request';
import { describeRemoteError, needsPerson } from '../errors/describe-remote-error';
import { RemoteError } from '../errors/remote-errors';
import type { CallBudget } from './call-budget';
import { findAccess } from './connections/find-access';
import { readProject, type DeliveryHint, type ProjectReading } from './read-project';

export interface ReadTruthInput {
  readonly identity: PullRequestIdentity;
  readonly project: BoundProject;
  readonly stored: ProjectTruth | undefined;
  readonly head: Head | undefined;
  /** How many projects the repository is bound to. */
  readonly projectCount: number;
  readonly insistOnCommit: boolean;
  readonly delivery: DeliveryHint | undefined;
  /**
   * `changes`: an unchanged end state is not read again. `everything`: it is, as a person asked. `gate`: nothing but what
   * decides the state, for an answer that is not stored.
   */
  readonly extent: 'changes' | 'everything' | 'gate';
}

export type ReadTruth = (input: ReadTruthInput) => Promise<ProjectTruth>;

export interface ReadTruthOptions {
  readonly connections: ConnectionStore;
  readonly secrets: SecretStore;
  readonly issues: IssueStore;
  readonly openServer: OpenServer;
  readonly budget: Pick<CallBudget, 'findClosedUntil' | 'note'>;
  readonly clock: Clock;
  readonly log: Log;
}

/** The facts about one project as they are now. A server that cannot be asked is a fact as well: it never throws for that. */
export function createReadTruth(options: ReadTruthOptions): ReadTruth {
  const { connections, secrets, openServer, budget, clock, log } = options;

  return async (input) => {
    const { project, stored, identity } = input;
    const access = await findAccess({ connections, secrets }, project.connectionId);
    const now = { checkedAt: new Date(clock.nowMs()).toISOString() };
    if (!access) {
      return fail(input, {
        message:
          'Its connection or token is missing. Ask a workspace administrator to connect it again.',
        needsPerson: true,
      });
    }
    const closedUntilMs =
      input.extent === 'gate' ? undefined : await budget.findClosedUntil(project.connectionId);
    if (closedUntilMs !== undefined) {
      return fail(input, {
        message:
          'It failed several times in a row, so Gatehouse waits for a while before it asks again.',
        needsPerson: false,
        retryAfterSeconds: Math.ceil((closedUntilMs - clock.nowMs()) / 1000),
      });
    }
    const note = (error: unknown) =>
      input.extent === 'gate' ? Promise.resolve() : budget.note(project.connectionId, error);
    const target = {
      projectKey: project.projectKey,
      pullRequestId: identity.pullRequestId,
      headHash: input.head?.hash,
    };
    try {
      const reading = await readProject(openServer(access), {
        target,
        stored,
        isSettled: input.extent !== 'everything' && isSettled(input),
        isGateOnly: input.extent === 'gate',
        hint: input.delivery,
      });
      await note(undefined);
      if (reading === 'unchanged' && stored) return { ...stored, failure: undefined, ...now };
      if (reading === 'unchanged') throw new Error('Nothing stored cannot be unchanged.');
      const url = toDashboardUrl(access.connection, project.projectKey, identity.pullRequestId);
      return { ...(await toTruth(input, reading)), dashboardUrl: url, ...now };
    } catch (error) {
      if (!(error instanceof RemoteError)) throw error;
      await note(error);
      log.error('the analysis server cannot be asked', error, {
        connectionId: project.connectionId,
      });
      return fail(input, {
        message: describeRemoteError(error),
        retryAfterSeconds: error.retryAfterSeconds,
        needsPerson: needsPerson(error),
      });
    }
  };

  function fail(
    { project, stored }: ReadTruthInput,
    failed: {
      readonly message: string;
      readonly needsPerson: boolean;
      readonly retryAfterSeconds?: number | undefined;
    },
  ): ProjectTruth {
    const nowMs = clock.nowMs();
    return {
      ...(stored ?? nothingKnown(project)),
      failure: toFailure(stored?.failure, { nowMs, ...failed }),
      checkedAt: new Date(nowMs).toISOString(),
    };
  }

  async function toTruth(
    { identity, project, stored, projectCount }: ReadTruthInput,
    reading: ProjectReading,
  ): Promise<Omit<ProjectTruth, 'checkedAt'>> {
    const { connectionId, projectKey } = project;
    const { issues, ...rest } = reading;
    const kept = issuesKeptInRecord(projectCount);
    const storedIssues =
      issues.length > kept
        ? await options.issues.save(
            { ...identity, connectionId, projectKey },
            issues,
            stored?.storedIssues,
          )
        : undefined;
    return {
      connectionId,
      projectKey,
      ...rest,
      issues: issues.slice(0, kept),
      storedIssues,
    };
  }
}

/** What is stored is an end state of the very head that is asked about. */
function isSettled({ stored, head, insistOnCommit }: ReadTruthInput): boolean {
  if (!stored) return false;
  const { state } = decideVerdict(
    { ...stored, failure: undefined },
    { headHash: head?.hash, headSince: head?.since, insistOnCommit },
  );
  return state === 'passed' || state === 'failed';
}

function nothingKnown({ connectionId, projectKey }: BoundProject): Omit<ProjectTruth, 'checkedAt'> {
  return {
    connectionId,
    projectKey,
    measures: {},
    issues: [],
    issueCount: 0,
    issueCountCapped: false,
  };
}
