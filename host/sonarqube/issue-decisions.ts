import type { HostClock } from '../clock';
import { findLiveGate, type LiveGate } from './gate/live-gate';
import type { State } from './state/open-state';
import type { IssueState, Resolution, StoredIssue } from './state/issues';
import type { SendWebhooks } from './webhooks/sender';

/** What a person decided about an issue or hotspot. */
export interface Decision {
  readonly status: IssueState;
  readonly resolution: Resolution | null;
}

/** Stores a decision, lets the gate follow, and resolves when the webhooks of a flipped gate are sent. */
export type Decide = (issue: StoredIssue, decision: Decision) => Promise<void>;

export function createDecide(state: State, clock: HostClock, send: SendWebhooks): Decide {
  return async (issue, { status, resolution }) => {
    const { projectKey, pullRequestKey } = issue;
    const at = clock.now();
    const flipped = state.transaction((): LiveGate | undefined => {
      state.issues.move(issue.key, status, resolution, at);
      const pullRequest = state.pullRequests.find(projectKey, pullRequestKey);
      const live = pullRequest && findLiveGate(state, pullRequest);
      if (!live || live.gate.status === pullRequest.gateStatus) return undefined;
      const analysis = { ...live.analysis, changedAt: at };
      state.pullRequests.saveAnalysis(projectKey, pullRequestKey, analysis, live.gate.status);
      return live;
    });
    const project = state.projects.find(projectKey);
    if (!flipped || !project) return;
    await send({ project, pullRequestKey, status: 'SUCCESS', live: flipped, changedAt: at });
  };
}
