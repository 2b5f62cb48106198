import { DoctorStep, type DoctorCheck } from '../contracts/doctor';
import type { BranchTreatment } from '../contracts/settings';
import type { BoundProject } from './binding';
import type { Connection } from './connection';
import { decideVerdict, type Judged } from './decide-verdict';
import type { ProjectTruth } from './project-truth';
import type { PullRequest } from './pull-request';

/** What was found out, as far as it was looked at; members that are absent were not reached. */
export interface DoctorFacts {
  readonly pullRequest: PullRequest;
  readonly treatment: BranchTreatment;
  /** Absent when no project is bound. */
  readonly project?: BoundProject | undefined;
  readonly connection?: Pick<Connection, 'name' | 'state'> | undefined;
  /** Why the server cannot be asked, in a sentence. */
  readonly serverProblem?: string | undefined;
  readonly token?: 'good' | 'missing' | 'refused' | undefined;
  readonly truth?: ProjectTruth | undefined;
  readonly judged?: Judged | undefined;
  /** Keys of the pull requests that the server has of this project. */
  readonly knownKeys?: readonly string[] | undefined;
  /** `unknown`: the token may not see webhooks. */
  readonly webhook?: 'there' | 'missing' | 'unknown' | undefined;
}

type Finding = Omit<DoctorCheck, 'step'>;
const ok = (message: string): Finding => ({ outcome: 'ok', message });
const problem = (message: string, nextStep: string): Finding => ({
  outcome: 'problem',
  message,
  nextStep,
});

const checks: Readonly<Record<DoctorStep, (facts: DoctorFacts) => Finding>> = {
  pullRequest({ pullRequest: { state, isFork } }) {
    if (state !== 'OPEN') {
      return problem(
        'The pull request is closed, so nothing is read for it any more.',
        'Open it again to have it read.',
      );
    }
    return isFork
      ? problem(
          'The pull request comes from a fork, whose commits the app cannot see.',
          'Push the branch to this repository and open the pull request from there.',
        )
      : ok('The pull request is open and comes from this repository.');
  },
  binding: ({ project }) =>
    project
      ? ok(`The repository is bound to "${project.projectKey}".`)
      : problem(
          'The repository is not bound to an analysis project.',
          'Ask a repository administrator to bind it under Repository settings.',
        ),
  branchRule: ({ treatment, pullRequest: { targetBranch = 'its target' } }) =>
    treatment === 'ignored'
      ? problem(
          `Pull requests into "${targetBranch}" are ignored by a branch rule: nothing is written to them.`,
          'Ask an administrator to change the branch rules if that is not meant.',
        )
      : ok(
          treatment === 'gated'
            ? `Pull requests into "${targetBranch}" are gated.`
            : `Pull requests into "${targetBranch}" are shown and never blocked, by a branch rule.`,
        ),
  connection({ connection, token }) {
    if (connection && token === 'missing') {
      return problem(
        `No token is stored for the connection "${connection.name}".`,
        'Ask a workspace administrator to enter one under Connections.',
      );
    }
    if (!connection) {
      return problem(
        'The connection to the analysis server is gone.',
        'Ask a repository administrator to unbind the project and bind it anew.',
      );
    }
    return connection.state === 'active'
      ? ok(`The connection "${connection.name}" is there.`)
      : problem(
          `The connection "${connection.name}" is being removed.`,
          'Ask a workspace administrator which connection to use.',
        );
  },
  server: ({ serverProblem }) =>
    serverProblem === undefined
      ? ok('The server answers.')
      : problem(
          `The server cannot be asked. ${serverProblem}`,
          'Try again in a few minutes. If it stays, ask a workspace administrator to test the connection.',
        ),
  token: ({ token }) =>
    token === 'good'
      ? ok('The server takes the token of the connection.')
      : problem(
          'The server refuses the token of the connection: it was revoked or has expired.',
          'Ask a workspace administrator to enter a new token under Connections.',
        ),
  edition: ({ truth }) =>
    truth?.presence === 'noPullRequestAnalysis'
      ? problem(
          'This edition of the server does not analyse pull requests.',
          'Use SonarQube Cloud, or Developer Edition or higher of SonarQube Server.',
        )
      : ok('The server analyses pull requests.'),
  project: ({ truth, project }) =>
    truth?.presence === 'noProject'
      ? problem(
          `The server has no project "${project?.projectKey ?? ''}", or the token may not see it.`,
          'Ask a repository administrator to bind a project that exists, or a server administrator to let the token see it.',
        )
      : ok('The server has the project.'),
  analysis: ({ truth, knownKeys = [], pullRequest: { pullRequestId } }) => {
    const status = truth?.task?.status;
    if (status === 'PENDING' || status === 'IN_PROGRESS') {
      return problem('An analysis is queued or running.', 'Wait for it to end.');
    }
    if (status === 'FAILED' || status === 'CANCELED') {
      return problem(
        `The newest analysis ${status === 'FAILED' ? 'failed' : 'was cancelled'} on the server. ${truth?.task?.errorMessage ?? ''}`.trim(),
        'Repair what the message says, then run the analysis again.',
      );
    }
    if (truth?.presence === 'analysed')
      return ok('The server has an analysis of this pull request.');
    return knownKeys.length > 0
      ? problem(
          `The server knows other pull requests of this project (${knownKeys.slice(0, 3).join(', ')}) and not "${pullRequestId}".`,
          `Give the scanner sonar.pullrequest.key=${pullRequestId}, or let it find the pull request by itself in Bitbucket Pipelines.`,
        )
      : problem(
          'The server has no analysis of any pull request of this project.',
          'Run the scanner in the pull-requests section of bitbucket-pipelines.yml; the repository settings have a snippet.',
        );
  },
  commit(facts) {
    const decision = decide(facts);
    if (decision?.state !== 'outdated') return ok('The analysis is of the newest commit.');
    const hasCommit = facts.truth?.analysis?.commit !== undefined;
    return problem(
      decision.reason,
      hasCommit
        ? 'Run the analysis for the newest commit. A pipeline that merges first must analyse a merge whose parent is the newest commit.'
        : 'Run the analysis again after the push, or let the server tell the commit by its webhook.',
    );
  },
  gate(facts) {
    const decision = decide(facts);
    return decision?.state === 'notComputed'
      ? problem(
          'The server computed no quality gate for the analysis.',
          'Assign a quality gate with conditions on new code to the project, then analyse again.',
        )
      : ok('The server computed the quality gate.');
  },
  webhook: ({ webhook }) =>
    webhook === 'missing'
      ? {
          outcome: 'warning',
          message:
            'The server has no webhook of this app, so changes are seen up to half an hour later.',
          nextStep:
            'Ask a workspace administrator to test the connection, which puts the webhook back where the plan and the token allow it.',
        }
      : ok(
          webhook === 'there'
            ? 'The server tells the app when an analysis ends.'
            : 'The token may not see webhooks; changes are also found by asking.',
        ),
};

/** The checks in order; after the first problem nothing is looked at, as everything behind it depends on it. */
export function examine(facts: DoctorFacts): DoctorCheck[] {
  let isBroken = false;
  return DoctorStep.options.map((step) => {
    if (isBroken) return { step, outcome: 'notReached', message: 'Not looked at.' };
    const finding = checks[step](facts);
    isBroken = finding.outcome === 'problem';
    return { step, ...finding };
  });
}

function decide({ truth, judged }: DoctorFacts) {
  return truth && judged ? decideVerdict({ ...truth, failure: undefined }, judged) : undefined;
}
