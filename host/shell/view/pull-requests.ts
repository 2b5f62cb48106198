import { html } from 'hono/html';
import type { PullRequestSummary } from '../../bitbucket/types';
import { icon } from './icons';
import { avatar } from './layout';
import { age, commitHash, type Markup } from './markup';

const lozenges = {
  OPEN: ['lozenge-inprogress', 'Open'],
  MERGED: ['lozenge-success', 'Merged'],
  DECLINED: ['lozenge-removed', 'Declined'],
  SUPERSEDED: ['lozenge-default', 'Superseded'],
} as const;

export function stateLozenge(state: PullRequestSummary['state']): Markup {
  const [className, word] = lozenges[state];
  return html`<span class="lozenge ${className}">${word}</span>`;
}

export function branchFlow({ sourceBranch, destinationBranch }: PullRequestSummary): Markup {
  return html`<span class="branch-flow"
    ><span class="branch">${sourceBranch}</span>${icon('arrow')}<span class="visually-hidden"
      >into</span
    ><span class="branch">${destinationBranch}</span></span
  >`;
}

/** The pull requests of a repository, open ones first. */
export function pullRequestsTable(
  base: string,
  pullRequests: readonly PullRequestSummary[],
  now: number,
): Markup {
  if (pullRequests.length === 0) {
    return html`<p class="empty">
      There is no pull request: every branch is merged. Commit to a branch and push.
    </p>`;
  }
  const sorted = [...pullRequests].sort(
    (a, b) => Number(b.state === 'OPEN') - Number(a.state === 'OPEN') || b.id - a.id,
  );
  return html`<table class="list">
    <thead>
      <tr>
        <th scope="col">Pull request</th>
        <th scope="col">Head</th>
        <th scope="col">Updated</th>
        <th scope="col">State</th>
      </tr>
    </thead>
    <tbody>
      ${sorted.map(
        (pullRequest) =>
          html`<tr>
            <th scope="row" class="grow">
              <div class="with-avatar">
                ${avatar(pullRequest.author)}
                <div>
                  <a href="${base}/pull-requests/${pullRequest.id}">${pullRequest.title}</a
                  ><br /><small class="quiet"
                    >#${pullRequest.id} · ${pullRequest.author} · ${branchFlow(pullRequest)}</small
                  >
                </div>
              </div>
            </th>
            <td>${commitHash(pullRequest.headCommit)}</td>
            <td>${age(pullRequest.updatedAt, now)}</td>
            <td>${stateLozenge(pullRequest.state)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}
