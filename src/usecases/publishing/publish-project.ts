import { toDigest } from '../../domain/digest';
import { diffPublication, isNothing, type PublicationDiff } from '../../domain/diff-publication';
import type { PullRequestAddress } from '../../domain/ports/bitbucket';
import type { Clock } from '../../domain/ports/clock';
import type { CodeInsights } from '../../domain/ports/code-insights';
import type { PublicationStore } from '../../domain/ports/publications';
import { PublicationLimits } from '../../domain/publication-limits';
import type { Annotation, DesiredPublication, Publication } from '../../domain/publication';
import { toStopped } from '../../domain/build-publication';

export interface PublishProjectOptions {
  readonly codeInsights: CodeInsights;
  readonly publications: PublicationStore;
  readonly clock: Clock;
}

export interface PublishProjectInput {
  readonly address: PullRequestAddress;
  /** Full hash of the head. */
  readonly commit: string;
  readonly desired: DesiredPublication;
  /** What was last written, to this commit or to an earlier head. */
  readonly stored: Publication | undefined;
}

export type PublishOutcome =
  /** `unfinished`: the rest is written by another run. `overtaken`: somebody else wrote in between. */
  'unchanged' | 'written' | 'unfinished' | 'overtaken';

/**
 * Stale annotations go one by one, as Bitbucket has no call for many; more of them are left to another run, which keeps a
 * run inside the platform's 100 calls a minute.
 */
const mostDeletes = 50;

/**
 * Writes the difference between what is wanted and what was last written. That it began is recorded before the first
 * call and that it ended after the last one, so that a run that was killed is completed by the next. The report is never
 * `PASSED` before everything beside it is there, and never stays `PASSED` once the gate has failed.
 * @throws {RemoteError} when Bitbucket refuses or does not answer; the next run completes it.
 */
export async function publishProject(
  options: PublishProjectOptions,
  input: PublishProjectInput,
): Promise<PublishOutcome> {
  const { publications, clock } = options;
  const { commit, desired, stored, address } = input;
  const { here, diff, isAbandoned } = compare(input);
  if (isNothing(diff) && !isAbandoned) return 'unchanged';
  const run = takeShare(diff, here);

  const { repositoryUuid, pullRequestId } = address;
  const begun: Publication = {
    repositoryUuid,
    pullRequestId,
    connectionId: desired.connectionId,
    projectKey: desired.projectKey,
    sequence: (stored?.sequence ?? 0) + 1,
    commit,
    state: 'writing',
    reportDigest: here?.reportDigest,
    annotations: { ...here?.annotations, ...toUncertain(run.changedAnnotations) },
    buildStatus: here?.buildStatus,
    at: new Date(clock.nowMs()).toISOString(),
  };
  if (isAbandoned && stored) await closeEarlier(options, address, stored);
  if (!(await publications.save(begun, stored?.sequence))) return 'overtaken';

  await write(options, input, run);

  const stale = diff.staleIds.slice(run.staleIds.length);
  const written = new Set(run.changedAnnotations);
  const unwritten = new Set(diff.changedAnnotations.filter((each) => !written.has(each)));
  const isUnfinished = stale.length > 0 || unwritten.size > 0;
  const ended: Publication = {
    ...begun,
    sequence: begun.sequence + 1,
    state: isUnfinished ? 'writing' : 'written',
    reportDigest: desired.report ? toDigest(desired.report) : here?.reportDigest,
    annotations: {
      ...(desired.report ? {} : here?.annotations),
      ...Object.fromEntries(stale.map((id) => [id, ''])),
      ...Object.fromEntries(
        desired.annotations
          .filter((each) => !unwritten.has(each))
          .map((each) => [each.externalId, toDigest(each)]),
      ),
    },
    buildStatus: desired.buildStatus
      ? {
          key: desired.buildStatus.key,
          state: desired.buildStatus.state,
          refname: desired.buildStatus.refname,
          url: desired.buildStatus.url,
          name: desired.buildStatus.name,
          digest: toDigest(desired.buildStatus),
        }
      : here?.buildStatus,
  };
  if (!(await publications.save(ended, begun.sequence))) return 'overtaken';
  return isUnfinished ? 'unfinished' : 'written';
}

/** Whether nothing has to be written. */
export function isUpToDate(
  input: Pick<PublishProjectInput, 'commit' | 'desired' | 'stored'>,
): boolean {
  const { diff, isAbandoned } = compare(input);
  return isNothing(diff) && !isAbandoned;
}

function compare({
  commit,
  desired,
  stored,
}: Pick<PublishProjectInput, 'commit' | 'desired' | 'stored'>) {
  const here = stored?.commit === commit ? stored : undefined;
  return {
    here,
    diff: diffPublication(desired, here),
    isAbandoned: !here && stored?.buildStatus?.state === 'INPROGRESS',
  };
}

/**
 * What one run writes of the difference: as many stale annotations as go at once, and the changed ones that a report has
 * room for beside what stays.
 */
function takeShare(diff: PublicationDiff, here: Publication | undefined): PublicationDiff {
  const known = here?.annotations ?? {};
  const staleIds = diff.staleIds.slice(0, mostDeletes);
  const isKnown = ({ externalId }: Annotation) => Object.hasOwn(known, externalId);
  const replaced = diff.changedAnnotations.filter(isKnown);
  const added = diff.changedAnnotations.filter((annotation) => !isKnown(annotation));
  const room =
    PublicationLimits.annotationsPerReport - (Object.keys(known).length - staleIds.length);
  return {
    ...diff,
    staleIds,
    changedAnnotations: [...replaced, ...added.slice(0, Math.max(0, room))],
  };
}

/** Annotations that may be there from now on; what they say is not certain until the end. */
function toUncertain(annotations: readonly Annotation[]): Record<string, string> {
  return Object.fromEntries(annotations.map(({ externalId }) => [externalId, '']));
}

async function write(
  { codeInsights }: PublishProjectOptions,
  { address, commit, desired }: PublishProjectInput,
  diff: PublicationDiff,
): Promise<void> {
  const { workspaceUuid, repositoryUuid } = address;
  const place = { workspaceUuid, repositoryUuid, hash: commit };
  const report = { ...place, reportId: desired.reportId };
  const { changedAnnotations, staleIds } = diff;
  const hasAnnotations = changedAnnotations.length > 0 || staleIds.length > 0;
  const isFailed = desired.report?.result === 'FAILED';

  if (desired.report && diff.isReportNew && hasAnnotations) {
    await codeInsights.putReport(report, { ...desired.report, result: 'PENDING' });
  } else if (desired.report && diff.isReportChanged && isFailed) {
    await codeInsights.putReport(report, desired.report);
  }
  // First, as a report with 1,000 annotations takes no other before one has gone.
  for (const externalId of staleIds) await codeInsights.deleteAnnotation(report, externalId);
  for (let from = 0; from < changedAnnotations.length;) {
    const next = from + PublicationLimits.annotationsPerCall;
    await codeInsights.postAnnotations(report, changedAnnotations.slice(from, next));
    from = next;
  }
  const isWritten = isFailed && !(diff.isReportNew && hasAnnotations);
  if (desired.report && diff.isReportChanged && !isWritten) {
    await codeInsights.putReport(report, desired.report);
  }
  if (diff.buildStatus) await codeInsights.postBuildStatus(place, diff.buildStatus);
}

/** A status that was left in progress on an earlier head would block for ever where builds are required. */
async function closeEarlier(
  { codeInsights }: PublishProjectOptions,
  { workspaceUuid, repositoryUuid }: PullRequestAddress,
  { commit, buildStatus }: Publication,
): Promise<void> {
  if (!buildStatus) return;
  await codeInsights.postBuildStatus(
    { workspaceUuid, repositoryUuid, hash: commit },
    toStopped(buildStatus, 'The pull request has a newer commit.'),
  );
}
