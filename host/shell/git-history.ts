import { listCommits as listGitCommits } from '../bitbucket/git/commits';
import { readGit } from '../bitbucket/git/run-git';

export interface CommitLine {
  readonly hash: string;
  readonly subject: string;
  readonly author: string;
  /** ISO 8601. */
  readonly date: string;
}
export interface TreeEntry {
  readonly name: string;
  readonly isFolder: boolean;
}

/** At most `limit` commits that `head` has and `base` has not, the newest first. */
export async function listCommits(
  repositoryPath: string,
  range: { readonly head: string; readonly base?: string },
  limit: number,
): Promise<readonly CommitLine[]> {
  const commits = await listGitCommits(repositoryPath, {
    include: [range.head],
    ...(range.base === undefined ? {} : { exclude: [range.base] }),
    limit,
  });
  return commits.map(({ hash, message, author, committedAt }) => ({
    hash,
    subject: message.split('\n')[0] ?? '',
    author: author.name,
    date: committedAt,
  }));
}

/** The top folder of a commit, folders first. */
export async function listTopFolder(
  repositoryPath: string,
  commit: string,
): Promise<readonly TreeEntry[]> {
  const output = await readGit(repositoryPath, ['ls-tree', '-z', '--end-of-options', commit]);
  return output
    .split('\0')
    .filter((line) => line !== '')
    .map((line) => ({
      name: line.slice(line.indexOf('\t') + 1),
      isFolder: line.includes(' tree '),
    }))
    .sort((a, b) => Number(b.isFolder) - Number(a.isFolder) || a.name.localeCompare(b.name));
}

/** Text of a file of a commit, cut after `maxCharacters`; `undefined` when it cannot be read. */
export async function readTextFile(
  repositoryPath: string,
  commit: string,
  path: string,
  maxCharacters: number,
): Promise<string | undefined> {
  try {
    const text = await readGit(repositoryPath, ['cat-file', 'blob', `${commit}:${path}`]);
    return text.slice(0, maxCharacters);
  } catch {
    return undefined;
  }
}

/** The unified diff between two commits, cut after `maxCharacters`; one that git cannot give is empty and cut. */
export async function readDiff(
  repositoryPath: string,
  from: string,
  to: string,
  maxCharacters: number,
): Promise<{ readonly text: string; readonly isCut: boolean }> {
  const options = ['--no-color', '--no-ext-diff', '--no-textconv', '--find-renames'];
  try {
    const text = await readGit(repositoryPath, ['diff', ...options, '--end-of-options', from, to]);
    return { text: text.slice(0, maxCharacters), isCut: text.length > maxCharacters };
  } catch {
    return { text: '', isCut: true };
  }
}
