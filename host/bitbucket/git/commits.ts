import { askGit, findGit, readGit } from './run-git';

export interface Person {
  readonly name: string;
  readonly email: string;
}

export interface GitCommit {
  /** Full hash. */
  readonly hash: string;
  readonly parents: readonly string[];
  readonly author: Person;
  readonly committer: Person;
  /** ISO 8601 with offset. */
  readonly authoredAt: string;
  readonly committedAt: string;
  readonly message: string;
}

const format = '--format=%H%x00%P%x00%an%x00%ae%x00%aI%x00%cn%x00%ce%x00%cI%x00%B';
const fieldCount = 9;
const logCommand = ['log', '-z', format, '--encoding=UTF-8', '--no-show-signature', '--no-patch'];

function parseCommits(output: string): GitCommit[] {
  const fields = output.split('\0');
  const commits: GitCommit[] = [];
  for (let at = 0; at + fieldCount <= fields.length; at += fieldCount) {
    const [
      hash = '',
      parents = '',
      an = '',
      ae = '',
      ai = '',
      cn = '',
      ce = '',
      ci = '',
      body = '',
    ] = fields.slice(at, at + fieldCount);
    commits.push({
      hash,
      parents: parents === '' ? [] : parents.split(' '),
      author: { name: an, email: ae },
      committer: { name: cn, email: ce },
      authoredAt: ai,
      committedAt: ci,
      message: body,
    });
  }
  return commits;
}

/** The full hash of a commit given by 7 to 40 hex characters, or undefined when it is unknown or ambiguous. */
export async function findCommitHash(folder: string, text: string): Promise<string | undefined> {
  if (!/^[0-9a-f]{7,40}$/i.test(text)) return undefined;
  const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${text}^{commit}`];
  try {
    return (await findGit(folder, args))?.trim();
  } catch {
    // rev-parse ends with 128 for a hash of 40 characters that names no object.
    return undefined;
  }
}

/** Commits by their full hashes. @throws {GitError} when one is not there. */
export async function readCommits(
  folder: string,
  hashes: readonly string[],
): Promise<ReadonlyMap<string, GitCommit>> {
  if (hashes.length === 0) return new Map();
  const input = `${hashes.join('\n')}\n`;
  const output = await readGit(folder, [...logCommand, '--no-walk', '--stdin'], { input });
  return new Map(parseCommits(output).map((commit) => [commit.hash, commit]));
}

/** One commit by its full hash. @throws {GitError} when it is not there. */
export async function readCommit(folder: string, hash: string): Promise<GitCommit> {
  const commit = (await readCommits(folder, [hash])).get(hash);
  if (!commit) throw new Error(`git answered no commit for ${hash}.`);
  return commit;
}

export interface CommitRange {
  readonly include: readonly string[];
  readonly exclude?: readonly string[];
  readonly path?: string;
  readonly firstParent?: boolean;
  readonly skip?: number;
  readonly limit: number;
}

/** Commits reachable from `include` and not from `exclude` (full hashes), newest first. */
export async function listCommits(folder: string, range: CommitRange): Promise<GitCommit[]> {
  if (range.include.length === 0) return [];
  const revisions = [...range.include, ...(range.exclude ?? []).map((hash) => `^${hash}`)];
  const args = [
    ...logCommand,
    `--max-count=${range.limit}`,
    `--skip=${range.skip ?? 0}`,
    ...(range.firstParent === true ? ['--first-parent'] : []),
    '--stdin',
    ...(range.path === undefined ? [] : ['--', range.path]),
  ];
  return parseCommits(await readGit(folder, args, { input: `${revisions.join('\n')}\n` }));
}

/** How many commits `include` has that `exclude` has not. */
export async function countCommits(
  folder: string,
  include: string,
  exclude: string,
): Promise<number> {
  const args = ['rev-list', '--count', include, `^${exclude}`, '--'];
  return Number(await readGit(folder, args));
}

/** The best common ancestor of two commits, or undefined when they have none (or a shallow clone lacks it). */
export async function findMergeBase(
  folder: string,
  left: string,
  right: string,
): Promise<string | undefined> {
  return (await findGit(folder, ['merge-base', left, right]))?.trim();
}

/** Whether `ancestor` is `descendant` or one of its ancestors. False when a commit is missing. */
export async function isAncestor(
  folder: string,
  ancestor: string,
  descendant: string,
): Promise<boolean> {
  if (ancestor === descendant) return true;
  try {
    return await askGit(folder, ['merge-base', '--is-ancestor', ancestor, descendant]);
  } catch {
    return false;
  }
}

/** Whether a commit can be reached from one of the tips; tips that are gone are passed over. */
export async function isReachable(
  folder: string,
  hash: string,
  tips: readonly string[],
): Promise<boolean> {
  if (tips.includes(hash)) return true;
  const input = [hash, ...tips.map((tip) => `^${tip}`)].join('\n');
  const args = ['rev-list', '--ignore-missing', '--max-count=1', '--stdin'];
  return (await readGit(folder, args, { input: `${input}\n` })).trim() === '';
}

/** Names of the branches (of the tips given) that are not part of `main`. */
export async function listUnmerged(
  folder: string,
  tips: ReadonlyMap<string, string>,
  main: string,
): Promise<ReadonlySet<string>> {
  const input = [...new Set(tips.values())].join('\n');
  const output = await readGit(folder, ['rev-list', '--stdin'], { input: `${input}\n^${main}\n` });
  const unmerged = new Set(output.split('\n'));
  return new Set([...tips].filter(([, hash]) => unmerged.has(hash)).map(([name]) => name));
}
