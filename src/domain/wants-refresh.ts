import { findTruth, toJudged, type ViewInput } from './build-view';
import { decideVerdict } from './decide-verdict';
import { isStale } from './freshness';

/** Whether the server should be asked: the pull request can still change, and what is known of it is too old. */
export function wantsRefresh({
  pullRequest,
  binding,
  record,
  nowMs,
}: Omit<ViewInput, 'repositoryUuid'>): boolean {
  if (!binding || binding.projects.length === 0) return false;
  if (pullRequest.state !== 'OPEN' || pullRequest.isFork) return false;
  const judged = toJudged(pullRequest, { record });
  const projects = binding.projects.map(({ connectionId, projectKey }) => {
    const truth = findTruth(record, { connectionId, projectKey });
    const state = truth ? decideVerdict(truth, judged).state : 'notAnalysed';
    return { connectionId, projectKey, state } as const;
  });
  return isStale(record, { headHash: pullRequest.headHash, projects, nowMs });
}
