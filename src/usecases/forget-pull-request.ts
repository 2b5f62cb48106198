import type { PullRequestIdentity } from '../domain/identifiers';
import type { PublicationStore } from '../domain/ports/publications';
import type { IssueStore, VerdictStore } from '../domain/ports/stores';

export interface ForgetPullRequestOptions {
  readonly verdicts: VerdictStore;
  readonly issues: IssueStore;
  readonly publications: PublicationStore;
}

/** Deletes everything that is stored about a pull request, the verdict last, so that a crash leaves what names the rest. */
export async function forgetPullRequest(
  { verdicts, issues, publications }: ForgetPullRequestOptions,
  identity: PullRequestIdentity,
): Promise<void> {
  const { repositoryUuid, pullRequestId } = identity;
  const record = await verdicts.find({ repositoryUuid, pullRequestId });
  for (const project of record?.projects ?? []) await publications.remove(identity, project);
  await issues.removeAll({ repositoryUuid, pullRequestId });
  await verdicts.remove({ repositoryUuid, pullRequestId });
}
