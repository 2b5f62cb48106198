import { byKindAndName, type CommitLine, type RepositoryContent } from '../content';
import { listCommits, type GitCommit } from './commits';
import { readGit } from './run-git';

/** Content out of the git repositories on disk. */
export const gitContent: RepositoryContent = {
  async listCommits({ path }, head, limit) {
    return (await listCommits(path, { include: [head], limit })).map(toLine);
  },
  async listOwnCommits({ path }, { headCommit, baseCommit }, limit) {
    const range = { include: [headCommit], exclude: [baseCommit], limit };
    return (await listCommits(path, range)).map(toLine);
  },
  async listTopFolder({ path }, commit) {
    const output = await readGit(path, ['ls-tree', '-z', '--end-of-options', commit]);
    return output
      .split('\0')
      .filter((line) => line !== '')
      .map((line) => ({
        name: line.slice(line.indexOf('\t') + 1),
        isFolder: line.includes(' tree '),
      }))
      .sort(byKindAndName);
  },
  async readTextFile({ path: folder }, commit, path, maxCharacters) {
    try {
      const text = await readGit(folder, ['cat-file', 'blob', `${commit}:${path}`]);
      return text.slice(0, maxCharacters);
    } catch {
      return undefined;
    }
  },
  async readDiff({ path }, { baseCommit, headCommit }, maxCharacters) {
    const options = ['--no-color', '--no-ext-diff', '--no-textconv', '--find-renames'];
    const commits = ['--end-of-options', baseCommit, headCommit];
    try {
      const text = await readGit(path, ['diff', ...options, ...commits]);
      return { text: text.slice(0, maxCharacters), isCut: text.length > maxCharacters };
    } catch {
      return { text: '', isCut: true };
    }
  },
};

function toLine({ hash, message, author, committedAt }: GitCommit): CommitLine {
  return {
    hash,
    subject: message.split('\n')[0] ?? '',
    author: author.name,
    date: committedAt,
  };
}
