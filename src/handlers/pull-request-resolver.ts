import { NeedsAuthenticationError } from '@forge/api';
import Resolver from '@forge/resolver';
import * as z from 'zod/mini';
import {
  pullRequestProcedures,
  type InputOf,
  type OutputOf,
  type ProcedureName,
} from '../contracts/procedures';
import type { Reply } from '../contracts/reply';
import { withoutBraces } from '../domain/identifiers';
import type { Log } from '../domain/ports/log';
import { AppError } from '../errors/app-error';
import type { Caller } from '../usecases/caller';
import type { ListIssues } from '../usecases/list-issues';
import type { RefreshPullRequest } from '../usecases/refresh-pull-request';
import type { ViewPullRequest } from '../usecases/view-pull-request';
import { toWorkspaceUuid } from './installation';
import { toErrorBody } from './to-error-body';

export interface PullRequestResolverOptions {
  readonly viewPullRequest: ViewPullRequest;
  readonly refreshPullRequest: RefreshPullRequest;
  readonly listIssues: ListIssues;
  readonly log: Log;
}

type Procedures = {
  [N in ProcedureName]: (input: InputOf<N>, caller: Caller) => Promise<OutputOf<N>>;
};

const Account = z.object({ accountId: z.string() });

/** The procedures of the pull request pages. Who calls is taken from the platform, never from the payload. */
export function createPullRequestResolver(options: PullRequestResolverOptions) {
  const { viewPullRequest, refreshPullRequest, listIssues, log } = options;
  const procedures: Procedures = {
    'pullRequest.view': (input, caller) => viewPullRequest(toIdentity(input), caller),
    'pullRequest.refresh': (input, caller) => refreshPullRequest(toIdentity(input), caller),
    'pullRequest.issues': (input, caller) =>
      listIssues({ ...toIdentity(input), projectKey: input.projectKey }, caller),
  };

  async function answer<N extends ProcedureName>(
    name: N,
    payload: unknown,
    context: unknown,
  ): Promise<Reply<OutputOf<N>>> {
    try {
      const input = parseInput(name, payload);
      const output = await procedures[name](input, toCaller(context));
      return { ok: true, data: parseOutput(name, output) };
    } catch (error) {
      // The platform answers this one by asking the user for consent.
      if (error instanceof NeedsAuthenticationError) throw error;
      return { ok: false, error: toErrorBody(error, log) };
    }
  }

  const resolver = new Resolver();
  for (const name of Object.keys(pullRequestProcedures) as ProcedureName[]) {
    resolver.define(name, ({ payload, context }: { payload: unknown; context: unknown }) =>
      answer(name, payload, context),
    );
  }
  return resolver.getDefinitions();
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

function toCaller(context: unknown): Caller {
  const account = Account.safeParse(context);
  if (!account.success) {
    throw new AppError('NOT_SIGNED_IN', 'Bitbucket does not say who you are. Sign in again.');
  }
  return { accountId: account.data.accountId, workspaceUuid: toWorkspaceUuid(context) };
}

function parseInput<N extends ProcedureName>(name: N, payload: unknown): InputOf<N> {
  const parsed = pullRequestProcedures[name].input.safeParse(payload);
  if (!parsed.success) {
    throw new AppError(
      'INVALID_INPUT',
      'The page sent something that the app does not understand. Reload the page.',
      { cause: parsed.error },
    );
  }
  return parsed.data as InputOf<N>;
}

/** Nothing leaves that the contract does not name. @throws when our own answer does not fit. */
function parseOutput<N extends ProcedureName>(name: N, output: unknown): OutputOf<N> {
  return pullRequestProcedures[name].output.parse(output) as OutputOf<N>;
}
