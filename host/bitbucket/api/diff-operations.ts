import type { DiffRange, FileChange } from '../git/diff';
import { listChanges, readPatch } from '../git/diff';
import { findMergeBase, readCommit } from '../git/commits';
import type { Live, Schemas } from '../published';
import type { RepositoryRecord } from '../records';
import type { ApiContext, Handlers } from './call';
import { badRequest, notFound } from './errors';
import { escapePath } from './links';
import type { Lookup } from './lookup';
import { pageLimits, pageOf } from './pagination';
import { toCommit, toEmbeddedCommit } from './to-commit';

type DiffHandlers = Pick<
  Handlers,
  | 'GET /repositories/{workspace}/{repo_slug}/diff/{spec}'
  | 'GET /repositories/{workspace}/{repo_slug}/diffstat/{spec}'
  | 'GET /repositories/{workspace}/{repo_slug}/merge-base/{revspec}'
>;

type CommitFile = Live<Schemas['commit_file']>;

/** Differences between two commits. A spec names the source first: the reverse of `git diff`. */
export function createDiffOperations(context: ApiContext, lookup: Lookup): DiffHandlers {
  async function rangeOf(repository: RepositoryRecord, spec: string, url: URL): Promise<DiffRange> {
    const { searchParams } = url;
    const more = {
      paths: searchParams.getAll('path'),
      ignoreWhitespace: flag(searchParams, 'ignore_whitespace') ?? false,
      renames: flag(searchParams, 'renames') ?? true,
    };
    const revisions = spec.split('..');
    const [source = '', destination] = revisions;
    if (revisions.length > 2 || source === '' || destination === '')
      throw badRequest(`Invalid spec: ${spec}`);
    const to = await lookup.commit(repository, source);
    if (destination === undefined) {
      const { parents } = await readCommit(repository.path, to);
      return { from: parents[0], to, ...more };
    }
    const destinationHash = await lookup.commit(repository, destination);
    const topic = flag(searchParams, 'topic');
    const merge = flag(searchParams, 'merge');
    if (topic !== undefined && merge !== undefined)
      throw badRequest('merge and topic cannot be used together');
    // Without either, the service shows the result of a merge, which is what the source adds to the merge base.
    const isThreeDot = topic ?? merge ?? true;
    const base = isThreeDot
      ? await findMergeBase(repository.path, destinationHash, to)
      : destinationHash;
    return { from: base ?? destinationHash, to, ...more };
  }

  function toFile(
    repository: RepositoryRecord,
    side: { readonly path: string; readonly mode: string; readonly hash: string | undefined },
  ): CommitFile {
    return {
      type: 'commit_file',
      path: side.path,
      escaped_path: escapePath(side.path),
      ...(side.hash === undefined
        ? {}
        : { commit: toEmbeddedCommit(context, repository, side.hash) }),
      ...attributeOf(side.mode),
    };
  }

  function toDiffstat(
    repository: RepositoryRecord,
    range: DiffRange,
    change: FileChange,
  ): Live<Schemas['diffstat']> {
    const { oldPath, newPath, oldMode, newMode } = change;
    return {
      type: 'diffstat',
      status: change.status,
      lines_added: change.linesAdded,
      lines_removed: change.linesRemoved,
      old:
        change.status === 'added'
          ? null
          : toFile(repository, { path: oldPath, mode: oldMode, hash: range.from }),
      new:
        change.status === 'removed'
          ? null
          : toFile(repository, { path: newPath, mode: newMode, hash: range.to }),
    };
  }

  return {
    'GET /repositories/{workspace}/{repo_slug}/diff/{spec}': async (call) => {
      const repository = lookup.repository(call);
      const range = await rangeOf(repository, call.params.spec, call.url);
      const context = call.url.searchParams.get('context');
      const contextLines = context === null ? 3 : Number(context);
      if (!Number.isInteger(contextLines) || contextLines < 0)
        throw badRequest(`Invalid context: ${context ?? ''}`);
      const binary = flag(call.url.searchParams, 'binary') ?? true;
      const patch = await readPatch(repository.path, { ...range, contextLines, binary });
      // The encoding is that of the files; none is declared.
      return new Response(new Uint8Array(patch), { headers: { 'content-type': 'text/plain' } });
    },

    'GET /repositories/{workspace}/{repo_slug}/diffstat/{spec}': async (call) => {
      const repository = lookup.repository(call);
      const range = await rangeOf(repository, call.params.spec, call.url);
      const changes = await listChanges(repository.path, range);
      const stats = changes.map((change) => toDiffstat(repository, range, change));
      return pageOf(call.url, pageLimits.diffstat, stats);
    },

    'GET /repositories/{workspace}/{repo_slug}/merge-base/{revspec}': async (call) => {
      const repository = lookup.repository(call);
      const [left = '', right = '', ...rest] = call.params.revspec.split('..');
      if (left === '' || right === '' || rest.length > 0)
        throw badRequest(`Invalid spec: ${call.params.revspec}`);
      const base = await findMergeBase(
        repository.path,
        await lookup.commit(repository, left),
        await lookup.commit(repository, right),
      );
      if (base === undefined) throw notFound('No common ancestor');
      return toCommit(context, repository, await readCommit(repository.path, base));
    },
  };
}

/** `true` and `false`, in any case, as a query parameter; undefined when absent. */
function flag(searchParams: URLSearchParams, name: string): boolean | undefined {
  const value = searchParams.get(name)?.toLowerCase();
  return value === undefined ? undefined : value === 'true' || value === '1';
}

const attributes = {
  '100755': 'executable',
  '120000': 'link',
  '160000': 'subrepository',
} as const satisfies Readonly<Record<string, CommitFile['attributes']>>;

function attributeOf(mode: string): Pick<CommitFile, 'attributes'> {
  return mode in attributes ? { attributes: attributes[mode as keyof typeof attributes] } : {};
}
