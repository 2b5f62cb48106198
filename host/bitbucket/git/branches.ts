import { findGit, readGit } from './run-git';

/** The branches that a repository would push, and which of them is the main one. */
export interface BranchesOnDisk {
  readonly mainBranch: string | undefined;
  /** Name to full commit hash. */
  readonly tips: ReadonlyMap<string, string>;
}

interface Ref {
  readonly name: string;
  readonly commitHash: string;
  readonly symbolicTarget: string;
}

/**
 * Local branches, and remote-tracking branches (of `origin`, else of the first remote) without a local counterpart.
 * The main branch is `origin/HEAD`, else `main` or `master`, else the branch that is checked out: a working copy's HEAD
 * names what somebody works on, so it comes last, except in a bare repository, where it is the answer.
 */
export async function readBranches(folder: string): Promise<BranchesOnDisk> {
  const local = await readRefs(folder, 'refs/heads/');
  const tips = new Map(local.map((ref) => [ref.name, ref.commitHash]));

  const remote = await mainRemote(folder);
  let remoteMain: string | undefined;
  if (remote !== undefined) {
    const prefix = `refs/remotes/${remote}/`;
    for (const ref of await readRefs(folder, prefix)) {
      if (ref.name === 'HEAD') remoteMain = withoutPrefix(ref.symbolicTarget, prefix);
      else if (!tips.has(ref.name)) tips.set(ref.name, ref.commitHash);
    }
  }

  const head = await findGit(folder, ['symbolic-ref', '--quiet', 'HEAD']);
  const headBranch = withoutPrefix(head?.trim() ?? '', 'refs/heads/');
  const isBare = (await readGit(folder, ['rev-parse', '--is-bare-repository'])).trim() === 'true';
  const candidates = isBare
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

async function readRefs(folder: string, prefix: string): Promise<Ref[]> {
  // Ref names hold neither NUL nor line ends (git check-ref-format).
  const format = '%(refname)%00%(objectname)%00%(objecttype)%00%(symref)';
  const output = await readGit(folder, ['for-each-ref', `--format=${format}`, prefix]);
  return output
    .split('\n')
    .filter((line) => line !== '')
    .flatMap((line) => {
      const [refName = '', commitHash = '', objectType = '', symbolicTarget = ''] =
        line.split('\0');
      const name = withoutPrefix(refName, prefix);
      return name === undefined || objectType !== 'commit'
        ? []
        : [{ name, commitHash, symbolicTarget }];
    });
}

function withoutPrefix(text: string, prefix: string): string | undefined {
  return text.startsWith(prefix) ? text.slice(prefix.length) : undefined;
}
