import { countRuns, recordDuring, type CallCounts } from './call-counts';
import type { Place } from './card-views';

/** What the merge check costs at the merge, the verdict stored and the same on the server. @throws Error when none runs. */
export async function countMergeCheck(place: Place): Promise<CallCounts> {
  const { host, repositoryUuid, pullRequestId } = place;
  const [check] = host.platform.mergeChecks;
  if (!check) throw new Error('The app has no merge check.');
  await recordDuring(host, async () => {
    await host.platform.runMergeCheck({
      moduleKey: check.key,
      repositoryUuid,
      pullRequestId,
      trigger: 'on-merge',
      merge: { commitMessage: 'Merged', mergeStrategy: 'merge_commit', closeSourceBranch: false },
    });
  });
  const runs = host.traffic.invocations.filter(({ functionKey }) => functionKey === check.function);
  return countRuns(host.traffic, runs);
}
