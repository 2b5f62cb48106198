import type { Issue } from '../../contracts/verdict';
import type { SettingValues } from '../../contracts/settings';
import type { Binding, BoundProject } from '../../domain/binding';
import { decideBranch } from '../../domain/branch-rules';
import { buildPublication } from '../../domain/build-publication';
import { buildView, findTruth } from '../../domain/build-view';
import { isFullHash } from '../../domain/commit-hash';
import type { PullRequestAddress } from '../../domain/ports/bitbucket';
import type { Log } from '../../domain/ports/log';
import type { Randomness } from '../../domain/ports/randomness';
import type { FindingStore, IssueStore, LeaseStore } from '../../domain/ports/stores';
import type { VerdictRecord } from '../../domain/project-truth';
import type { DesiredPublication, Publication } from '../../domain/publication';
import type { PullRequest } from '../../domain/pull-request';
import { describeRemoteError } from '../../errors/describe-remote-error';
import { RemoteError } from '../../errors/remote-errors';
import { leaseMs, leaseNames } from '../lease-names';
import { isUpToDate, publishProject, type PublishProjectOptions } from './publish-project';

export interface PublishVerdictInput {
  readonly workspaceUuid: string;
  readonly record: VerdictRecord;
  readonly pullRequest: PullRequest;
  readonly binding: Binding;
  readonly settings: SettingValues;
}

export interface PublishVerdictOptions extends PublishProjectOptions {
  readonly issues: IssueStore;
  readonly leases: LeaseStore;
  readonly findings: FindingStore;
  readonly randomness: Randomness;
  readonly log: Log;
}

export interface Published {
  /** When something is left to write. */
  readonly retryAfterSeconds?: number | undefined;
}

export type PublishVerdict = (input: PublishVerdictInput) => Promise<Published>;

/** Another writer is at work for a few seconds; what a run left over waits until the platform's minute is over. */
const waitSeconds = { otherWriter: 5, unfinished: 60 } as const;

interface Plan {
  readonly project: BoundProject;
  readonly desired: DesiredPublication;
  readonly stored: Publication | undefined;
}

/**
 * Brings reports, annotations and build statuses of a pull request up to what its verdict says. Nothing is written when
 * nothing changed. A failure leaves a finding, which goes when it worked again.
 * @throws {RemoteError} when Bitbucket refuses or does not answer; the next run completes it.
 */
export function createPublishVerdict(options: PublishVerdictOptions): PublishVerdict {
  const { leases, randomness, log } = options;

  return async (input) => {
    const { record, pullRequest, settings } = input;
    const commit = record.head?.hash;
    const { treatment } = decideBranch(settings.branchRules, pullRequest.targetBranch);
    if (treatment === 'ignored' || commit === undefined || !isFullHash(commit)) return {};
    const seen = await planAll(options, input, commit);
    if (seen === 'beingRewritten') return { retryAfterSeconds: waitSeconds.otherWriter };
    if (seen.every((plan) => isUpToDate({ ...plan, commit }))) return {};

    const name = leaseNames.publish(record);
    const holder = randomness.uuid();
    const claim = await leases.claim(name, holder, leaseMs.publish);
    if (!claim.isClaimed) return { retryAfterSeconds: waitSeconds.otherWriter };
    try {
      // What another writer did before the lease was this one's is read again.
      const plans = await planAll(options, input, commit);
      if (plans === 'beingRewritten') return { retryAfterSeconds: waitSeconds.otherWriter };
      return await publishAll(options, input, { plans, commit });
    } finally {
      await leases
        .release(name, holder)
        .catch((error: unknown) => log.error('a lease could not be released', error));
    }
  };
}

async function planAll(
  options: PublishVerdictOptions,
  input: PublishVerdictInput,
  commit: string,
): Promise<readonly Plan[] | 'beingRewritten'> {
  const { record, pullRequest, binding, settings } = input;
  const { projects } = buildView({
    repositoryUuid: record.repositoryUuid,
    pullRequest,
    binding,
    record,
    nowMs: options.clock.nowMs(),
  });
  const plans: Plan[] = [];
  for (const [index, project] of binding.projects.entries()) {
    const verdict = projects[index];
    const [stored, issues] = await Promise.all([
      options.publications.find(record, project),
      findIssues(options, record, project),
    ]);
    if (!issues) return 'beingRewritten';
    const desired =
      verdict &&
      buildPublication({
        address: toAddress(input),
        connectionId: project.connectionId,
        verdict,
        issues,
        settings,
        sourceBranch: pullRequest.sourceBranch,
        stored: stored?.commit === commit ? stored : undefined,
      });
    if (desired) plans.push({ project, desired, stored });
  }
  return plans;
}

/** All issues that are known of a project; `undefined` when they are being rewritten at this moment. */
async function findIssues(
  { issues }: PublishVerdictOptions,
  record: VerdictRecord,
  project: BoundProject,
): Promise<readonly Issue[] | undefined> {
  const truth = findTruth(record, project);
  if (!truth?.storedIssues) return truth?.issues ?? [];
  const { repositoryUuid, pullRequestId } = record;
  const { connectionId, projectKey } = project;
  return issues.find(
    { repositoryUuid, pullRequestId, connectionId, projectKey },
    truth.storedIssues,
  );
}

async function publishAll(
  options: PublishVerdictOptions,
  input: PublishVerdictInput,
  { plans, commit }: { readonly plans: readonly Plan[]; readonly commit: string },
): Promise<Published> {
  const { findings } = options;
  const address = toAddress(input);
  const subject = toSubject(input);
  let isUnfinished = false;
  for (const { desired, stored } of plans) {
    try {
      const outcome = await publishProject(options, { address, commit, desired, stored });
      isUnfinished ||= outcome === 'unfinished' || outcome === 'overtaken';
    } catch (error) {
      if (error instanceof RemoteError) {
        await findings.report({
          code: 'publishFailed',
          severity: 'error',
          message: `The report on pull request #${address.pullRequestId} could not be written. ${describeRemoteError(error)}`,
          nextStep:
            'It is tried again by itself. Write it again here once the cause is gone, or wait for the next change.',
          subject,
          repair: 'Write it again',
        });
      }
      throw error;
    }
  }
  // Only a run that was not ended before can have left a finding.
  if (plans.some(({ stored }) => stored?.state === 'writing')) {
    await findings.clear('publishFailed', subject.id);
  }
  return isUnfinished ? { retryAfterSeconds: waitSeconds.unfinished } : {};
}

function toSubject({ record }: PublishVerdictInput) {
  const { repositoryUuid, pullRequestId } = record;
  return {
    kind: 'pullRequest',
    id: `${repositoryUuid}:${pullRequestId}`,
    name: `pull request #${pullRequestId}`,
  } as const;
}

function toAddress({ workspaceUuid, record }: PublishVerdictInput): PullRequestAddress {
  const { repositoryUuid, pullRequestId } = record;
  return { workspaceUuid, repositoryUuid, pullRequestId };
}
