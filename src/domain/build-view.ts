import type { Issue, ProjectVerdict, PullRequestView } from '../contracts/verdict';
import type { Binding, BoundProject } from './binding';
import { changesOf, isConcerned, isOutside, type ChangedPaths } from './changed-paths';
import { isSameCommit } from './commit-hash';
import { toCondition } from './condition-text';
import { decideVerdict, type Decision, type Judged } from './decide-verdict';
import { toChannel } from './identifiers';
import type { ProjectTruth, VerdictRecord } from './project-truth';
import type { PullRequest } from './pull-request';
import { worstOf } from './verdict-order';

export interface ViewInput {
  readonly repositoryUuid: string;
  readonly pullRequest: PullRequest;
  readonly binding: Binding | undefined;
  readonly record: VerdictRecord | undefined;
  readonly nowMs: number;
}

/** What the pages show of a pull request, decided from stored facts and the head that Bitbucket just gave. */
export function buildView(input: ViewInput): PullRequestView {
  const { repositoryUuid, pullRequest, binding, record, nowMs } = input;
  const { pullRequestId, state: pullRequestState, headHash } = pullRequest;
  const projects = (binding?.projects ?? []).map((project) => toProjectVerdict(project, input));
  const bound = boundTruths(binding, record);
  const checkedAt = bound
    .map((truth) => truth.checkedAt)
    .toSorted()
    .at(0);
  return {
    pullRequestId,
    pullRequestState,
    ...(headHash !== undefined && { headCommit: headHash }),
    ...summarize(projects),
    projects,
    ...(checkedAt !== undefined && { checkedAt }),
    ...(record && bound.length > 0 && { knownFrom: record.knownFrom }),
    hides: [...(record?.hides ?? [])],
    sequence: record?.sequence ?? 0,
    refreshing: false,
    now: new Date(nowMs).toISOString(),
    channel: toChannel({ repositoryUuid, pullRequestId }),
  };
}

function boundTruths(
  binding: Binding | undefined,
  record: VerdictRecord | undefined,
): ProjectTruth[] {
  return (binding?.projects ?? []).flatMap((project) => findTruth(record, project) ?? []);
}

/** The stored facts about a bound project; those of an earlier binding do not count. */
export function findTruth(
  record: VerdictRecord | undefined,
  { connectionId, projectKey }: Pick<BoundProject, 'connectionId' | 'projectKey'>,
): ProjectTruth | undefined {
  return record?.projects.find(
    (truth) => truth.connectionId === connectionId && truth.projectKey === projectKey,
  );
}

/** What a truth has to be judged against: the head of now, with what is stored about it. */
export function toJudged({ headHash }: PullRequest, { record }: Pick<ViewInput, 'record'>): Judged {
  const stored = isSameCommit(record?.head?.hash, headHash) ? record?.head : undefined;
  return {
    // The stored hash is the full one; a short one counts for it only by its first 12 characters or more.
    headHash: stored && stored.hash.length > (headHash?.length ?? 0) ? stored.hash : headHash,
    headSince: stored?.since,
    insistOnCommit: record?.insistOnCommit ?? false,
  };
}

function toProjectVerdict(project: BoundProject, input: ViewInput): ProjectVerdict {
  const { pullRequest, record } = input;
  const truth = findTruth(record, project) ?? unread(project);
  const decision = decide(truth, input);
  const { analysis, gate, task, failure, dashboardUrl } = truth;
  const { nextStep, commitSource, lastKnown } = decision;
  const isHidden = pullRequest.isFork;
  const changes = changesOf(record?.changes, pullRequest.headHash);
  const counts = isConcerned(project, changes);
  return {
    projectKey: project.projectKey,
    projectName: project.projectName,
    state: decision.state,
    isConcerned: counts,
    reason: counts ? decision.reason : toNotConcerned(project),
    ...(counts && nextStep !== undefined && { nextStep }),
    conditions:
      gate && !isHidden ? gate.conditions.map((condition) => toCondition(condition, gate)) : [],
    smallChange: gate?.ignoredConditions ?? false,
    measures: isHidden ? {} : truth.measures,
    issues: isHidden ? [] : markOutside(truth.issues, changes),
    issueCount: isHidden ? 0 : truth.issueCount,
    issueCountCapped: truth.issueCountCapped,
    ...(analysis?.commit !== undefined && { analysedCommit: analysis.commit }),
    ...(commitSource !== undefined && { commitSource }),
    ...(analysis?.at !== undefined && { analysedAt: analysis.at }),
    ...(task && { task }),
    ...(failure && { unreachable: { since: failure.since, message: failure.message } }),
    ...(lastKnown && { lastKnown }),
    ...(dashboardUrl !== undefined && { dashboardUrl }),
  };
}

function decide(truth: ProjectTruth, input: ViewInput): Decision {
  const { pullRequest, record } = input;
  if (pullRequest.isFork) {
    return {
      state: 'notSupported',
      reason: 'This pull request comes from a fork, whose commits the app cannot see.',
      nextStep: 'Push the branch to this repository and open the pull request from there.',
    };
  }
  if (pullRequest.state !== 'OPEN' && !findTruth(record, truth)) {
    return {
      state: 'notAnalysed',
      reason: 'The pull request was closed before its verdict was read.',
    };
  }
  const decision = decideVerdict(truth, toJudged(pullRequest, input));
  return pullRequest.state === 'OPEN' ? decision : toLast(decision);
}

/** Nothing is read of a closed pull request any more, so there is nothing to wait for and nothing to do. */
function toLast(decision: Decision): Decision {
  const reason =
    decision.state === 'pending'
      ? 'The pull request was closed before its last analysis had ended.'
      : decision.reason;
  return { ...decision, reason, nextStep: undefined };
}

function unread({ connectionId, projectKey }: BoundProject): ProjectTruth {
  return {
    connectionId,
    projectKey,
    measures: {},
    issues: [],
    issueCount: 0,
    issueCountCapped: false,
    checkedAt: new Date(0).toISOString(),
  };
}

/** The issues, with those in files that the change does not touch told apart. */
export function markOutside(issues: readonly Issue[], changes: ChangedPaths | undefined): Issue[] {
  return issues.map((issue) =>
    isOutside(issue.path, changes) ? { ...issue, isOutside: true } : issue,
  );
}

function toNotConcerned({ pathScope }: BoundProject): string {
  return `Not concerned: the pull request changes nothing in ${pathScope ?? 'the repository'}.`;
}

function summarize(
  all: readonly ProjectVerdict[],
): Pick<PullRequestView, 'state' | 'reason' | 'nextStep'> {
  const projects = all.filter((project) => project.isConcerned);
  if (all.length > 0 && projects.length === 0) {
    return {
      state: 'notAnalysed',
      reason: 'The pull request changes nothing in the folders of the bound projects.',
    };
  }
  const state = worstOf(projects.map((project) => project.state));
  const decisive = projects.find((project) => project.state === state);
  if (!decisive) {
    return {
      state: 'unbound',
      reason: 'This repository is not bound to an analysis project.',
      nextStep: 'Ask a repository administrator to bind it.',
    };
  }
  const { reason, nextStep, projectName } = decisive;
  return {
    state,
    reason: all.length === 1 ? reason : `${projectName}: ${reason}`,
    ...(nextStep !== undefined && { nextStep }),
  };
}
