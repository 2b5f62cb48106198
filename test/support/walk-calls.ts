import * as z from 'zod';
import type { Host } from '../../host/host';
import { ErrorBody } from '../../src/contracts/errors';
import { PullRequestView } from '../../src/contracts/verdict';
import type { Walk, WalkPullRequest } from './walk';

const Refused = z.object({ ok: z.literal(false), error: ErrorBody });
const Viewed = z.object({ ok: z.literal(true), data: PullRequestView });

/** Account id of a person of the workspace, by display name. */
export function accountOf({ bitbucket }: Host, person: string): string {
  const found = bitbucket.users.find(({ displayName }) => displayName === person);
  if (!found) throw new Error(`There is no ${person}.`);
  return found.accountId;
}

/** Who asks, and for what. */
export interface WalkCall {
  readonly repositoryUuid: string;
  readonly pullRequestId: number;
  readonly person?: string;
  readonly procedure?: string;
  readonly more?: Readonly<Record<string, unknown>>;
}

/** Calls a procedure of the app as the card does, as this person. */
export function invoke(host: Host, call: WalkCall): Promise<unknown> {
  const { repositoryUuid, pullRequestId, more } = call;
  const { person = 'Olivia Owner', procedure = 'pullRequest.view' } = call;
  return host.platform.invokeResolver({
    moduleKey: 'pull-request-card',
    accountId: accountOf(host, person),
    functionKey: procedure,
    payload: { repositoryUuid, pullRequestId, ...more },
    extension: { repository: { uuid: repositoryUuid }, pullRequest: { id: pullRequestId } },
  });
}

/** What the app shows of a pull request now. */
export async function viewOf(
  { host, repositoryUuid }: Walk,
  { id: pullRequestId }: Pick<WalkPullRequest, 'id'>,
): Promise<PullRequestView> {
  return Viewed.parse(await invoke(host, { repositoryUuid, pullRequestId })).data;
}

/** The refusal that a call gets. */
export async function refusalOf(host: Host, call: WalkCall): Promise<ErrorBody> {
  return Refused.parse(await invoke(host, call)).error;
}

/** Calls to an operation of the analysis server that went out so far, such as `qualitygates/project_status`. */
export function serverCalls({ traffic }: Host, operation = ''): number {
  return traffic.calls.filter(
    ({ kind, target }) => kind === 'egress' && target.includes(`/api/${operation}`),
  ).length;
}

const Stored = z.array(
  z.object({ entityName: z.string().optional(), key: z.string(), value: z.unknown() }),
);

/** The stored verdict of a pull request, as it is in the store. */
export function storedVerdict(
  { host, repositoryUuid }: Walk,
  { id }: Pick<WalkPullRequest, 'id'>,
): unknown {
  const key = `${repositoryUuid.slice(1, -1)}:${id}`;
  const values = Stored.parse(host.platform.dumpStorage().values);
  return values.find((each) => each.entityName === 'verdict' && each.key === key)?.value;
}
