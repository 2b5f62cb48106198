import { findGit, readGit } from './run-git';

/** The branches that a repository would push, and which of them is the main one. */
export interface BranchesOnDisk {
  readonly mainBranch: string | undefined;
  /** Name to full commit hash. */
  readonly tips: ReadonlyMap<string, string>;
}

/**
 * Local branches, and remote-tracking branches (of `origin`, else of the first remote) without a local counterpart.
 * The main branch is `origin/HEAD`, else `main` or `master`, else the branch that is checked out: a working copy's HEAD
 * names what somebody works on, so it comes last, except in a bare repository, where it is the answer.
 */
export async function readBranches(folder: string): Promise<BranchesOnDisk> {
  const [refs, remote, bareAnswer] = await Promise.all([
    readRefs(folder),
    mainRemote(folder),
    readGit(folder, ['rev-parse', '--is-bare-repository']),
  ]);
  const tips = new Map<string, string>();
  let headBranch: string | undefined;
  let remoteMain: string | undefined;
  for (const ref of refs) {
    const name = withoutPrefix(ref.refName, 'refs/heads/');
    if (name === undefined) continue;
    tips.set(name, ref.commitHash);
    if (ref.isHead) headBranch = name;
  }
  const remotePrefix = `refs/remotes/${remote ?? ''}/`;
  for (const ref of refs) {
    const name = remote === undefined ? undefined : withoutPrefix(ref.refName, remotePrefix);
    if (name === 'HEAD') remoteMain = withoutPrefix(ref.symbolicTarget, remotePrefix);
    else if (name !== undefined && !tips.has(name)) tips.set(name, ref.commitHash);
  }
  const candidates =
    bareAnswer.trim() === 'true'
      ? [headBranch, remoteMain, 'main', 'master']
      : [remoteMain, 'main', 'master', headBranch];
  const mainBranch =
    candidates.find((name) => name !== undefined && tips.has(name)) ?? [...tips.keys()][0];
  return { mainBranch, tips };
}

/** Hash of the commit that is checked out, where HEAD is not on a branch. */
export async function readDetachedHead(folder: string): Promise<string | undefined> {
  return (
    await findGit(folder, ['rev-parse', '--verify', '--quiet', '--end-of-options', 'HEAD^{commit}'])
  )?.trim();
}

async function mainRemote(folder: string): Promise<string | undefined> {
  const remotes = (await readGit(folder, ['remote'])).split('\n').filter((name) => name !== '');
  return remotes.includes('origin') ? 'origin' : remotes[0];
}

interface Ref {
  readonly refName: string;
  readonly commitHash: string;
  readonly symbolicTarget: string;
  readonly isHead: boolean;
}

async function readRefs(folder: string): Promise<Ref[]> {
  // Ref names hold neither NUL nor line ends (git check-ref-format).
  const format = '%(refname)%00%(objectname)%00%(objecttype)%00%(symref)%00%(HEAD)';
  const prefixes = ['refs/heads/', 'refs/remotes/'];
  const output = await readGit(folder, ['for-each-ref', `--format=${format}`, ...prefixes]);
  return output
    .split('\n')
    .map((line) => line.split('\0'))
    .filter(([, , objectType]) => objectType === 'commit')
    .map(([refName = '', commitHash = '', , symbolicTarget = '', head]) => ({
      refName,
      commitHash,
      symbolicTarget,
      isHead: head === '*',
    }));
}

function withoutPrefix(text: string, prefix: string): string | undefined {
  return text.startsWith(prefix) ? text.slice(prefix.length) : undefined;
}
