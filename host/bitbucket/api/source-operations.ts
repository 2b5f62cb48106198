import type { TreeItem } from '../git/tree';
import { findItem, listItems, readBlob } from '../git/tree';
import type { TreeEntry } from '../published';
import type { RepositoryRecord } from '../records';
import type { ApiContext, Handlers } from './call';
import { notFound } from './errors';
import { API_ORIGIN, escapePath } from './links';
import type { Lookup } from './lookup';
import { pageLimits, pageOf } from './pagination';
import { select } from './query-filter';
import { toEmbeddedCommit } from './to-commit';

type SourceHandlers = Pick<
  Handlers,
  'GET /repositories/{workspace}/{repo_slug}/src/{commit}/{path}'
>;

/** Files as they are stored, and listings of folders. */
export function createSourceOperations(context: ApiContext, lookup: Lookup): SourceHandlers {
  function toEntry(repository: RepositoryRecord, commit: string, item: TreeItem): TreeEntry {
    const { workspace } = context;
    const isFolder = item.kind === 'folder';
    const escaped = escapePath(item.path) + (isFolder && item.path !== '' ? '/' : '');
    const base = `${API_ORIGIN}/2.0/repositories/${workspace.slug}/${repository.slug}/src`;
    return {
      type: isFolder ? 'commit_directory' : 'commit_file',
      path: item.path,
      commit: toEmbeddedCommit(context, repository, commit),
      links: { self: { href: `${base}/${commit}/${escaped}` } },
      ...(isFolder
        ? {}
        : {
            escaped_path: escapePath(item.path),
            size: item.sizeBytes,
            mimetype: null,
            attributes: attributesOf(item),
          }),
    };
  }

  return {
    'GET /repositories/{workspace}/{repo_slug}/src/{commit}/{path}': async (call) => {
      const repository = lookup.repository(call);
      const { commit: revision } = call.params;
      // Known limitation of the service: a branch with a slash is not found here, however it is encoded.
      if (revision.includes('/')) throw notFound(`Commit not found: ${revision}`);
      const commit = await lookup.commit(repository, revision);
      const path = call.params.path.replace(/\/+$/, '');
      const item = await findItem(repository.path, commit, path);
      if (!item || item.kind === 'submodule') throw notFound(`No such file or directory: ${path}`);

      if (call.url.searchParams.get('format') === 'meta')
        return Response.json(toEntry(repository, commit, item));
      if (item.kind === 'folder') {
        const maxDepth = Number(call.url.searchParams.get('max_depth') ?? 1);
        const items = await listItems(repository.path, commit, path, maxDepth > 1);
        const depthOf = (entry: TreeItem) =>
          entry.path.slice(path === '' ? 0 : path.length + 1).split('/').length;
        const entries = items
          .filter((entry) => depthOf(entry) <= maxDepth)
          .map((entry) => toEntry(repository, commit, entry));
        return pageOf(call.url, pageLimits.standard, select(call.url, entries));
      }
      const etag = `"${item.objectHash}"`;
      if (call.request.headers.get('if-none-match') === etag)
        return new Response(null, { status: 304, headers: { etag } });
      const bytes = await readBlob(repository.path, item.objectHash);
      return new Response(new Uint8Array(bytes), {
        headers: { 'content-type': 'application/octet-stream', etag },
      });
    },
  };
}

function attributesOf({ mode }: TreeItem): readonly string[] {
  if (mode === '100755') return ['executable'];
  return mode === '120000' ? ['link'] : [];
}
