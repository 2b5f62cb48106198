import { canBeKept, changesOf, type ChangedPaths } from '../domain/changed-paths';
import { isFullHash, isHash } from '../domain/commit-hash';
import type { BitbucketAsApp, RepositoryAddress } from '../domain/ports/bitbucket';
import type { Log } from '../domain/ports/log';
import type { Head, PullRequest } from '../domain/pull-request';
import { RemoteError } from '../errors/remote-errors';

export interface ReadChangesInput extends RepositoryAddress {
  readonly head: Head | undefined;
  readonly pullRequest: PullRequest;
  readonly stored: ChangedPaths | undefined;
}

/**
 * What the head changes, asked of Bitbucket once for each head. `undefined` when it cannot tell or the change is too large:
 * then every project is concerned and nothing is outside (bitbucket.md 11: a failure is not "no changes").
 */
export async function readChanges(
  { bitbucket, log }: { readonly bitbucket: BitbucketAsApp; readonly log: Log },
  { workspaceUuid, repositoryUuid, head, pullRequest, stored }: ReadChangesInput,
): Promise<ChangedPaths | undefined> {
  const known = changesOf(stored, head?.hash);
  if (known) return known;
  const { targetHash } = pullRequest;
  if (!head || !isFullHash(head.hash) || !isHash(targetHash)) return undefined;
  try {
    const paths = await bitbucket.findChangedPaths({
      workspaceUuid,
      repositoryUuid,
      hash: head.hash,
      targetHash,
    });
    return paths && canBeKept(paths) ? { commit: head.hash, paths } : undefined;
  } catch (error) {
    if (!(error instanceof RemoteError)) throw error;
    log.error('it is not known what the pull request changes', error);
    return undefined;
  }
}
