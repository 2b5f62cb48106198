import type { OutputOf } from '../contracts/procedures';
import { findTruth, markOutside } from '../domain/build-view';
import { changesOf } from '../domain/changed-paths';
import type { PullRequestIdentity } from '../domain/identifiers';
import type { BitbucketAsUser } from '../domain/ports/bitbucket';
import type { BindingStore, IssueStore, VerdictStore } from '../domain/ports/stores';
import { AppError } from '../errors/app-error';
import type { Caller } from './caller';
import { readKnown } from './view-pull-request';

export interface ListIssuesOptions {
  readonly bitbucket: BitbucketAsUser;
  readonly bindings: BindingStore;
  readonly verdicts: VerdictStore;
  readonly issues: IssueStore;
}

export type ListIssues = (
  input: PullRequestIdentity & { readonly projectKey: string },
  caller: Caller,
) => Promise<OutputOf<'pullRequest.issues'>>;

/**
 * All stored issues of one project, worst first.
 * @throws {AppError} as `proveAccess`; NOT_FOUND for a project that is not bound; UNAVAILABLE while the list is rewritten.
 */
export function createListIssues(options: ListIssuesOptions): ListIssues {
  return async ({ projectKey, ...identity }, caller) => {
    const { pullRequest, binding, record } = await readKnown(options, identity, caller);
    const project = binding?.projects.find((each) => each.projectKey === projectKey);
    if (!project) {
      throw new AppError(
        'NOT_FOUND',
        'This repository is not bound to that project. Reload the page.',
      );
    }
    const truth = findTruth(record, project);
    const sequence = record?.sequence ?? 0;
    // Findings of a fork's commits are not shown, as they belong to another repository.
    if (!truth || pullRequest.isFork) return { issues: [], total: 0, sequence };
    const { storedIssues, issueCount: total } = truth;
    const changes = changesOf(record?.changes, pullRequest.headHash);
    if (!storedIssues) return { issues: markOutside(truth.issues, changes), total, sequence };
    const { connectionId } = project;
    const issues = await options.issues.find(
      { ...identity, connectionId, projectKey },
      storedIssues,
    );
    if (!issues) {
      throw new AppError(
        'UNAVAILABLE',
        'The list is being updated at this moment. Try again in a few seconds.',
        { retryAfterSeconds: 2 },
      );
    }
    return { issues: markOutside(issues, changes), total, sequence };
  };
}
