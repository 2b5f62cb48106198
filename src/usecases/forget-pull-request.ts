import type { PullRequestIdentity } from '../domain/identifiers';
import type { PublicationStore } from '../domain/ports/publications';
import type { IssueStore, VerdictStore } from '../domain/ports/stores';

export interface ForgetPullRequestOptions {
  readonly verdicts: VerdictStore;
  readonly issues: IssueStore;
  readonly publications: PublicationStore;
}

/**
 * Deletes what is stored about a pull request, the verdict last, so that a crash leaves what names the rest. What was
 * written to Bitbucket is forgotten with it, unless it is still to be taken back.
 */
export async function forgetPullRequest(
  { verdicts, issues, publications }: ForgetPullRequestOptions,
  identity: PullRequestIdentity,
  { keepsPublications = false } = {},
): Promise<void> {
  const { repositoryUuid, pullRequestId } = identity;
  if (!keepsPublications) {
    const record = await verdicts.find({ repositoryUuid, pullRequestId });
    for (const project of record?.projects ?? []) await publications.remove(identity, project);
  }
  await issues.removeAll({ repositoryUuid, pullRequestId });
  await verdicts.remove({ repositoryUuid, pullRequestId });
}
