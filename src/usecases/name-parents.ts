import { isFullHash, isSameCommit } from '../domain/commit-hash';
import type { BitbucketAsApp, CommitAddress } from '../domain/ports/bitbucket';
import type { Log } from '../domain/ports/log';
import type { Analysis, ProjectTruth } from '../domain/project-truth';
import type { Head } from '../domain/pull-request';
import { RemoteError } from '../errors/remote-errors';

export interface NameParentsInput extends Omit<CommitAddress, 'hash'> {
  readonly head: Head | undefined;
  readonly truth: ProjectTruth;
  readonly stored: ProjectTruth | undefined;
}

/**
 * The truth with the parents of the analysed commit, where that is not the head: it may be a merge commit of a pipeline.
 * Asks Bitbucket once for each commit. When Bitbucket cannot tell, they stay unknown and the verdict outdated.
 */
export async function nameParents(
  { bitbucket, log }: { readonly bitbucket: BitbucketAsApp; readonly log: Log },
  { workspaceUuid, repositoryUuid, head, truth, stored }: NameParentsInput,
): Promise<ProjectTruth> {
  const { analysis } = truth;
  const hash = analysis?.commit;
  if (hash === undefined || !isFullHash(hash) || isSameCommit(hash, head?.hash)) return truth;
  const withParents = (parents: Analysis['parents']) => ({
    ...truth,
    analysis: { ...analysis, parents },
  });
  const known = stored?.analysis;
  if (known?.commit === hash && known.parents) return withParents(known.parents);
  try {
    const parents = await bitbucket.findParentHashes({ workspaceUuid, repositoryUuid, hash });
    return withParents(parents ?? []);
  } catch (error) {
    if (!(error instanceof RemoteError)) throw error;
    log.error('the parents of the analysed commit are not known', error);
    return truth;
  }
}
