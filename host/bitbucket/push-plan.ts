import type { BranchesOnDisk } from './git/branches';
import { readBranches } from './git/branches';
import { findMergeBase, isAncestor, listCommits } from './git/commits';
import { findMergeCommit } from './git/merge-commit';
import { openPullRequests } from './open-pull-requests';
import type { BranchChange, PullRequestChange, PushPlan, PushState } from './push-state';
import { PullRequestLimits } from './push-state';
import type { PullRequestRecord } from './records';

/** Compares the disk with what was pushed last, and works out what Bitbucket would make of the difference. */
export async function planPush(state: PushState): Promise<PushPlan> {
  const folder = state.repository.path;
  const disk = await readBranches(folder);
  // The main branch is a setting of the repository: it stays when another branch is checked out.
  const stored = state.repository.mainBranch;
  const mainBranch = stored !== null && disk.tips.has(stored) ? stored : disk.mainBranch;
  const mainTip = mainBranch === undefined ? undefined : disk.tips.get(mainBranch);
  const branchChanges = await planBranches(state, disk, mainBranch);
  const followed = await Promise.all(
    state.pullRequests
      .filter((pullRequest) => pullRequest.state === 'OPEN')
      .map((pullRequest) => followPullRequest(state, disk, pullRequest)),
  );
  const opened =
    mainBranch === undefined || mainTip === undefined
      ? { source: state.repository.source, changes: [], notice: undefined }
      : await openPullRequests(state, disk, { mainBranch, mainTip, followed });
  return {
    mainBranch: mainBranch ?? null,
    source: opened.source,
    branches: disk.tips,
    branchChanges,
    pullRequestChanges: [...followed.flatMap((change) => change ?? []), ...opened.changes],
    notice: opened.notice,
  };
}

async function planBranches(
  { repository, branches, isIntake }: PushState,
  disk: BranchesOnDisk,
  mainBranch: string | undefined,
): Promise<BranchChange[]> {
  if (isIntake) return [];
  const names = new Set([...branches.keys(), ...disk.tips.keys()]);
  const moved = [...names].filter((name) => branches.get(name) !== disk.tips.get(name)).sort();
  return Promise.all(
    moved.map(async (name) => {
      const before = branches.get(name);
      const after = disk.tips.get(name);
      const isForced =
        before !== undefined &&
        after !== undefined &&
        !(await isAncestor(repository.path, before, after));
      // New to Bitbucket is what no branch had before; for a first branch that is all of it.
      const known = before === undefined || isForced ? [...branches.values()] : [before];
      const commits =
        after === undefined
          ? []
          : await listCommits(repository.path, {
              include: [after],
              exclude: known,
              limit: PullRequestLimits.commitsInPushEvent + 1,
            });
      return { name, isMainBranch: name === mainBranch, before, after, isForced, commits };
    }),
  );
}

/** What became of an open pull request; undefined when nothing about it changed. */
async function followPullRequest(
  { repository, now }: PushState,
  disk: BranchesOnDisk,
  pullRequest: PullRequestRecord,
): Promise<PullRequestChange | undefined> {
  if (pullRequest.kind === 'commit') return undefined;
  const folder = repository.path;
  const sourceTip = disk.tips.get(pullRequest.sourceBranch);
  const destinationTip = disk.tips.get(pullRequest.destinationBranch);
  const next: PullRequestRecord = {
    ...pullRequest,
    headCommit: sourceTip ?? pullRequest.headCommit,
    isSourceGone: sourceTip === undefined,
    destinationCommit: destinationTip ?? pullRequest.destinationCommit,
    isDestinationGone: destinationTip === undefined,
  };
  const destinationMoved = next.destinationCommit !== pullRequest.destinationCommit;
  const headMoved = next.headCommit !== pullRequest.headCommit;

  const mergedHead = destinationMoved ? await findMergedHead(folder, pullRequest, next) : undefined;
  if (mergedHead !== undefined) {
    const mergeCommit = await findMergeCommit(folder, mergedHead, next.destinationCommit);
    // The destination stays where it was before the merge, so that the pull request keeps its changes.
    const record = {
      ...pullRequest,
      headCommit: mergedHead,
      isSourceGone: next.isSourceGone,
      state: 'MERGED' as const,
      mergeCommit,
      updatedAt: now,
    };
    return { kind: 'fulfilled', record };
  }
  if (headMoved || destinationMoved) {
    const baseCommit = await findMergeBase(folder, next.headCommit, next.destinationCommit);
    const record = {
      ...next,
      baseCommit: baseCommit ?? next.destinationCommit,
      updatedAt: headMoved ? now : pullRequest.updatedAt,
    };
    return { kind: headMoved ? 'updated' : 'silent', record };
  }
  const branchesChanged =
    next.isSourceGone !== pullRequest.isSourceGone ||
    next.isDestinationGone !== pullRequest.isDestinationGone;
  return branchesChanged ? { kind: 'silent', record: next } : undefined;
}

/** The tip that reached the destination with this push, if one did: the newest, else the one that was pushed last. */
async function findMergedHead(
  folder: string,
  before: PullRequestRecord,
  after: PullRequestRecord,
): Promise<string | undefined> {
  // A branch that was reset to where the destination already was is not merged.
  const isNewTipMerged =
    (await isAncestor(folder, after.headCommit, after.destinationCommit)) &&
    !(await isAncestor(folder, after.headCommit, before.destinationCommit));
  if (isNewTipMerged) return after.headCommit;
  return (await isAncestor(folder, before.headCommit, after.destinationCommit))
    ? before.headCommit
    : undefined;
}
