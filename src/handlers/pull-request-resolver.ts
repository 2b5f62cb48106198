import type { pullRequestProcedures } from '../contracts/procedures';
import { withoutBraces } from '../domain/identifiers';
import type { DiagnosePullRequest } from '../usecases/diagnose-pull-request';
import type { FindOwnAuthors } from '../usecases/find-own-authors';
import type { ListIssues } from '../usecases/list-issues';
import type { RefreshPullRequest } from '../usecases/refresh-pull-request';
import type { ViewPullRequest } from '../usecases/view-pull-request';
import { createProcedureResolver, type ProcedureResolverOptions } from './procedure-resolver';

export interface PullRequestResolverOptions extends ProcedureResolverOptions {
  readonly viewPullRequest: ViewPullRequest;
  readonly refreshPullRequest: RefreshPullRequest;
  readonly listIssues: ListIssues;
  readonly diagnosePullRequest: DiagnosePullRequest;
  readonly findOwnAuthors: FindOwnAuthors;
}

/** The procedures of the pull request pages. */
export function createPullRequestResolver(options: PullRequestResolverOptions) {
  const { viewPullRequest, refreshPullRequest, listIssues, diagnosePullRequest } = options;
  return createProcedureResolver<keyof typeof pullRequestProcedures>(
    {
      'pullRequest.view': (input, caller) => viewPullRequest(toIdentity(input), caller),
      'pullRequest.refresh': (input, caller) => refreshPullRequest(toIdentity(input), caller),
      'pullRequest.doctor': async (input, caller) => ({
        traces: await diagnosePullRequest(toIdentity(input), caller),
      }),
      'pullRequest.mine': async (input, caller) => ({
        authors: [...(await options.findOwnAuthors(toIdentity(input), caller))],
      }),
      'pullRequest.issues': (input, caller) =>
        listIssues({ ...toIdentity(input), projectKey: input.projectKey }, caller),
    },
    options,
  );
}

function toIdentity({
  repositoryUuid,
  pullRequestId,
}: {
  readonly repositoryUuid: string;
  readonly pullRequestId: number;
}) {
  return { repositoryUuid: withoutBraces(repositoryUuid), pullRequestId };
}
