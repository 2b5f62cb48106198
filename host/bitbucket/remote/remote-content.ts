import type * as z from 'zod';
import { byKindAndName, type CommitLine, type RepositoryContent } from '../content';
import type { RemoteApi } from './remote-api';
import { Commit, TreeNode } from './schema';

const mostEntries = 500;

/** Content as the REST API tells it; `placeOf` gives the path of a repository there. */
export function createRemoteContent(
  api: RemoteApi,
  placeOf: (repository: { readonly uuid: string }) => string,
): RepositoryContent {
  return {
    async listCommits(repository, head, limit) {
      const path = `${placeOf(repository)}/commits/${head}?pagelen=${Math.min(limit, 100)}`;
      return (await api.list(path, Commit, limit)).map(toLine);
    },
    async listOwnCommits(repository, { id }, limit) {
      const path = `${placeOf(repository)}/pullrequests/${id}/commits?pagelen=${Math.min(limit, 100)}`;
      return (await api.list(path, Commit, limit)).map(toLine);
    },
    async listTopFolder(repository, commit) {
      const path = `${placeOf(repository)}/src/${commit}/?pagelen=100`;
      const nodes = await api.list(path, TreeNode, mostEntries);
      return nodes
        .map(({ type, path: name }) => ({ name, isFolder: type === 'commit_directory' }))
        .sort(byKindAndName);
    },
    async readTextFile(repository, commit, path, maxCharacters) {
      const file = path.split('/').map(encodeURIComponent).join('/');
      const text = await api.readText(`${placeOf(repository)}/src/${commit}/${file}`);
      return text?.slice(0, maxCharacters);
    },
    async readDiff(repository, { id }, maxCharacters) {
      const text = await api.readText(`${placeOf(repository)}/pullrequests/${id}/diff`);
      if (text === undefined) return { text: '', isCut: true };
      return { text: text.slice(0, maxCharacters), isCut: text.length > maxCharacters };
    },
  };
}

function toLine({ hash, message, author, date }: z.infer<typeof Commit>): CommitLine {
  return {
    hash,
    subject: message.split('\n')[0] ?? '',
    author: author.raw.replace(/\s*<.*$/u, ''),
    date,
  };
}
