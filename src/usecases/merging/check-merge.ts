import type { SettingValues } from '../../contracts/settings';
import { toActive } from '../../domain/binding';
import { decideBranch } from '../../domain/branch-rules';
import { buildView, findTruth } from '../../domain/build-view';
import {
  decideMerge,
  decideUnbound,
  decideUnreachable,
  type MergeDecision,
} from '../../domain/merge-decision';
import type { BitbucketAsApp, PullRequestAddress } from '../../domain/ports/bitbucket';
import type { Clock, WithDeadline } from '../../domain/ports/clock';
import type { Log } from '../../domain/ports/log';
import type { JobQueue } from '../../domain/ports/messaging';
import type {
  BindingStore,
  FindingStore,
  SettingsStore,
  VerdictStore,
} from '../../domain/ports/stores';
import { isSameGate } from '../../domain/quality-gate';
import type { ProjectTruth, VerdictRecord } from '../../domain/project-truth';
import type { PullRequest } from '../../domain/pull-request';
import { defaultSettings } from '../../domain/settings';
import { describeRemoteError } from '../../errors/describe-remote-error';
import { RemoteError } from '../../errors/remote-errors';
import type { ChargeCalls } from '../charge-calls';
import { noteMergeCheckRun } from './notice-merge-check';
import { nameParents } from '../name-parents';
import type { ReadTruth } from '../read-truth';
import { readChanges } from '../read-changes';
import { resolveHead } from '../resolve-head';
import type { ResolveSettings } from '../settings/resolve-settings';

export interface CheckMergeOptions {
  readonly bitbucket: BitbucketAsApp;
  readonly bindings: BindingStore;
  readonly verdicts: VerdictStore;
  readonly settings: SettingsStore;
  readonly findings: FindingStore;
  readonly queue: JobQueue;
  readonly resolveSettings: ResolveSettings;
  readonly readTruth: ReadTruth;
  readonly withDeadline: WithDeadline;
  readonly chargeCalls: ChargeCalls;
  readonly clock: Clock;
  readonly log: Log;
}

export type CheckMerge = (address: PullRequestAddress) => Promise<MergeDecision>;

/** The platform gives 25 s and counts silence as a failure; the rest is for the start of the function (design.md 8). */
const deadlineMs = 18_000;

/**
 * Whether a pull request may be merged, from the gate as it is on the server at this moment; what is stored is never the
 * answer. It answers before the platform's limit whatever hangs, and never throws: what cannot be known is decided by the
 * setting of that cause.
 */
export function createCheckMerge(options: CheckMergeOptions): CheckMerge {
  const { withDeadline, chargeCalls, clock, log } = options;

  return async (address) => {
    // Until the settings are read, the careful default holds.
    const known: Known = { settings: defaultSettings };
    const noteRun = noteMergeCheckRun(options, address.repositoryUuid, clock.nowMs()).catch(
      (error: unknown) => log.error('the run of a merge check could not be noted', error),
    );
    const decideNow = () =>
      decide(options, address, known).catch((error: unknown) => {
        log.error('a merge check could not be decided', error);
        const why =
          error instanceof RemoteError
            ? describeRemoteError(error)
            : 'The quality gate could not be read.';
        return decideUnreachable(known.settings, why);
      });
    // A merge is not held back when the calls of the hour are used up, but what it took is missing to the others.
    const answered = chargeCalls(async () => {
      known.decision = await decideNow();
      await noteRun;
    });
    await withDeadline(answered, deadlineMs);
    return (
      known.decision ??
      decideUnreachable(
        known.settings,
        'The quality gate could not be read in time: Bitbucket or the analysis server is slow.',
      )
    );
  };
}

/** What was found out so far, for the case that time runs out. */
interface Known {
  settings: SettingValues;
  decision?: MergeDecision;
}

async function decide(
  options: CheckMergeOptions,
  address: PullRequestAddress,
  known: Known,
): Promise<MergeDecision> {
  const { bitbucket, bindings, verdicts, resolveSettings, clock } = options;
  const { repositoryUuid, pullRequestId } = address;
  const [pullRequest, stored, binding] = await Promise.all([
    bitbucket.findPullRequest(address),
    verdicts.find({ repositoryUuid, pullRequestId }),
    bindings.find(repositoryUuid).then(toActive),
  ]);
  known.settings = await resolveSettings({
    ...address,
    bitbucketProjectUuid: pullRequest?.bitbucketProjectUuid,
  });
  const { settings } = known;
  if (!pullRequest) {
    return decideUnreachable(settings, 'Bitbucket does not show this pull request to the app.');
  }
  const { treatment } = decideBranch(settings.branchRules, pullRequest.targetBranch);
  if (treatment !== 'gated') {
    return {
      success: true,
      message: `Merges into "${pullRequest.targetBranch ?? ''}" are not checked, by a branch rule.`,
    };
  }
  if (!binding) return decideUnbound(settings);
  const record = await readRecord(options, { address, pullRequest, binding, stored, settings });
  const { projects } = buildView({
    repositoryUuid,
    pullRequest,
    binding,
    record,
    nowMs: clock.nowMs(),
  });
  await tellOthers(options, record, stored);
  return decideMerge(projects, settings);
}

interface ReadRecordInput {
  readonly address: PullRequestAddress;
  readonly pullRequest: PullRequest;
  readonly binding: NonNullable<ReturnType<typeof toActive>>;
  readonly stored: VerdictRecord | undefined;
  readonly settings: SettingValues;
}

/** The facts of this moment, with the gate of every project read from its server. Nothing is stored. */
async function readRecord(
  options: CheckMergeOptions,
  { address, pullRequest, binding, stored, settings }: ReadRecordInput,
): Promise<VerdictRecord> {
  const { workspaceUuid, repositoryUuid, pullRequestId } = address;
  const identity = { repositoryUuid, pullRequestId };
  const insistOnCommit = settings.insistOnCommit === 'on';
  const head = pullRequest.isFork
    ? undefined
    : await resolveHead(options, address, pullRequest, stored);
  const hasFolders = binding.projects.some(({ pathScope }) => pathScope !== undefined);
  const readingChanges =
    hasFolders && !pullRequest.isFork
      ? readChanges(options, { ...address, head, pullRequest, stored: stored?.changes })
      : undefined;
  const readingProjects = pullRequest.isFork
    ? []
    : Promise.all(
        binding.projects.map(async (project) => {
          const truth = findTruth(stored, project);
          const latest = await options.readTruth({
            identity,
            project,
            stored: truth,
            head,
            projectCount: binding.projects.length,
            insistOnCommit,
            delivery: undefined,
            extent: 'gate',
          });
          const place = { workspaceUuid, repositoryUuid, head };
          return nameParents(options, { ...place, truth: latest, stored: truth });
        }),
      );
  const [changes, projects] = await Promise.all([readingChanges, readingProjects]);
  return {
    ...identity,
    sequence: stored?.sequence ?? 0,
    head,
    projects,
    knownFrom: 'poll',
    insistOnCommit,
    changes,
  };
}

/** Pages and reports that still say something else are brought up to date by a re-read; the answer does not wait for it. */
async function tellOthers(
  { queue, log }: CheckMergeOptions,
  record: VerdictRecord,
  stored: VerdictRecord | undefined,
): Promise<void> {
  const isNews = (truth: ProjectTruth) => {
    const before = findTruth(stored, truth);
    return !truth.failure && !isSameGate(truth.gate, before?.gate);
  };
  if (!record.projects.some(isNews)) return;
  const { repositoryUuid, pullRequestId } = record;
  await queue
    .push({ kind: 'refresh', repositoryUuid, pullRequestId, trigger: 'push' })
    .catch((error: unknown) => log.error('a re-read could not be queued', error));
}
