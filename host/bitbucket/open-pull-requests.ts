import { toShortHash } from './commit-hash';
import type { BranchesOnDisk } from './git/branches';
import type { GitCommit } from './git/commits';
import { findMergeBase, listCommits, listUnmerged, readCommits } from './git/commits';
import { titleOf } from './pull-request-title';
import type { PullRequestChange, PushState } from './push-state';
import { PullRequestLimits } from './push-state';
import type { PullRequestRecord, RepositoryRecord } from './records';

interface Opening {
  readonly mainBranch: string;
  readonly mainTip: string;
  readonly followed: readonly (PullRequestChange | undefined)[];
}
interface Opened {
  readonly source: RepositoryRecord['source'];
  readonly changes: readonly PullRequestChange[];
  readonly notice: string | undefined;
}

/** New pull requests: unmerged branches that this push brought, else commits of the main branch. */
export async function openPullRequests(
  state: PushState,
  disk: BranchesOnDisk,
  { mainBranch, mainTip, followed }: Opening,
): Promise<Opened> {
  const folder = state.repository.path;
  const stillOpen = new Set(
    state.pullRequests
      .filter((pullRequest) => pullRequest.state === 'OPEN' && pullRequest.kind === 'branch')
      .map((pullRequest) => pullRequest.sourceBranch),
  );
  for (const change of followed)
    if (change?.kind === 'fulfilled') stillOpen.delete(change.record.sourceBranch);

  const unmerged = await listUnmerged(folder, disk.tips, mainTip);
  const brought = [...disk.tips].filter(
    ([name, tip]) =>
      unmerged.has(name) &&
      name !== mainBranch &&
      !stillOpen.has(name) &&
      state.branches.get(name) !== tip,
  );
  const commits = await readCommits(
    folder,
    brought.map(([, tip]) => tip),
  );
  const tips = brought.flatMap(([name, tip]) => {
    const commit = commits.get(tip);
    return commit === undefined ? [] : { name, commit };
  });
  tips.sort((a, b) => Date.parse(b.commit.committedAt) - Date.parse(a.commit.committedAt));
  const newest = tips.slice(0, PullRequestLimits.branches);

  const based = await Promise.all(
    newest.map(async ({ name, commit }) => ({
      name,
      commit,
      base: await findMergeBase(folder, commit.hash, mainTip),
    })),
  );
  const drafts: Draft[] = [];
  for (const { name, commit, base } of based.reverse()) {
    if (base === undefined) continue;
    const title = await titleOf(folder, { branch: name, head: commit, base });
    drafts.push({ kind: 'branch', sourceBranch: name, commit, base, destination: mainTip, title });
  }
  const unrelated = based.filter(({ base }) => base === undefined).length;
  const notice = noticeOf(state, { mainBranch, unrelated, leftOut: tips.length - newest.length });

  // Commits stand in only for a repository that never had an unmerged branch.
  const source = drafts.length > 0 ? 'branches' : (state.repository.source ?? 'commits');
  if (source === 'commits') drafts.push(...(await draftCommits(state, mainBranch, mainTip)));
  return { source, notice, changes: number(state, mainBranch, drafts) };
}

interface Draft {
  readonly kind: PullRequestRecord['kind'];
  readonly sourceBranch: string;
  readonly commit: GitCommit;
  readonly base: string;
  readonly destination: string;
  readonly title: string;
}

/** Each of the last commits of the main branch that was not pushed before, onto its parent; oldest first. */
async function draftCommits(
  state: PushState,
  mainBranch: string,
  mainTip: string,
): Promise<Draft[]> {
  const pushed = state.branches.get(mainBranch);
  const commits = await listCommits(state.repository.path, {
    include: [mainTip],
    exclude: pushed === undefined ? [] : [pushed],
    firstParent: true,
    limit: PullRequestLimits.commits,
  });
  return commits.reverse().flatMap((commit) => {
    const [parent] = commit.parents;
    if (parent === undefined) return [];
    const subject = commit.message.split('\n')[0]?.trim() ?? '';
    return {
      kind: 'commit' as const,
      sourceBranch: `commit/${toShortHash(commit.hash)}`,
      commit,
      base: parent,
      destination: parent,
      title: subject === '' ? toShortHash(commit.hash) : subject,
    };
  });
}

function number(
  { pullRequests, now }: PushState,
  mainBranch: string,
  drafts: readonly Draft[],
): PullRequestChange[] {
  const highest = Math.max(0, ...pullRequests.map(({ id }) => id));
  return drafts.map((draft, index) => ({
    kind: 'created',
    record: {
      id: highest + index + 1,
      kind: draft.kind,
      state: 'OPEN',
      title: draft.title.slice(0, 255),
      description: '',
      author: draft.commit.author,
      sourceBranch: draft.sourceBranch,
      destinationBranch: mainBranch,
      headCommit: draft.commit.hash,
      destinationCommit: draft.destination,
      baseCommit: draft.base,
      isSourceGone: false,
      isDestinationGone: false,
      mergeCommit: null,
      closedBy: null,
      fork: 'none',
      createdAt: now,
      updatedAt: now,
    },
  }));
}

function noticeOf(
  { isShallow }: PushState,
  counts: { mainBranch: string; unrelated: number; leftOut: number },
): string | undefined {
  const sentences: string[] = [];
  if (counts.leftOut > 0)
    sentences.push(
      `Only the newest ${PullRequestLimits.branches} unmerged branches are pull requests; ${counts.leftOut} older ones are left out.`,
    );
  if (counts.unrelated > 0)
    sentences.push(
      isShallow
        ? `${counts.unrelated} branches share no commit with "${counts.mainBranch}" in this shallow clone; run "git fetch --unshallow".`
        : `${counts.unrelated} branches share no history with "${counts.mainBranch}" and are left out.`,
    );
  return sentences.length === 0 ? undefined : sentences.join(' ');
}
