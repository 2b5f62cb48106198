import type { CommitPlace, StatusRecord } from '../code-insights-store';
import { toShortHash } from '../commit-hash';
import type { RepositoryRecord } from '../records';
import { restTimestamp } from '../timestamps';
import type { ApiContext, Call, Handlers } from './call';
import { StatusInput } from './code-insights-input';
import { ApiError, notFound } from './errors';
import { apiLink } from './links';
import type { Lookup } from './lookup';
import { pageLimits, pageOf } from './pagination';
import { select } from './query-filter';
import { bodyOf, problemOf, requireWriter } from './report-operations';

const REPOSITORY = '/repositories/{workspace}/{repo_slug}';
const COMMIT = `${REPOSITORY}/commit/{commit}`;
type StatusHandlers = Pick<
  Handlers,
  | `GET ${typeof REPOSITORY}/commit/{commit}/statuses`
  | `POST ${typeof REPOSITORY}/commit/{commit}/statuses/build`
  | `GET ${typeof REPOSITORY}/commit/{commit}/statuses/build/{key}`
  | `GET ${typeof REPOSITORY}/pullrequests/{pull_request_id}/statuses`
>;
type CommitCall = Pick<Call, 'viewer' | 'request' | 'url'> & {
  readonly params: { readonly workspace: string; readonly repo_slug: string; commit: string };
};

/** Build statuses. There is no call that deletes one. */
export function createStatusOperations(context: ApiContext, lookup: Lookup): StatusHandlers {
  const { codeInsights, clock, workspace, store } = context;

  async function placeOf(call: CommitCall) {
    const repository = lookup.repository(call);
    const commit = await lookup.commit(repository, call.params.commit);
    return { repository, place: { repositoryUuid: repository.uuid, commit } };
  }

  function toStatus({ slug }: RepositoryRecord, { commit }: CommitPlace, record: StatusRecord) {
    const path = ['repositories', workspace.slug, slug, 'commit', commit];
    const { key, state, name, description, url, refname, createdAt, updatedAt } = record;
    return {
      // The live word, not the name of the schema.
      type: 'build',
      key,
      state,
      name,
      description,
      url,
      ...(refname !== null && { refname }),
      created_on: restTimestamp(createdAt),
      updated_on: restTimestamp(updatedAt),
      links: { self: apiLink(...path, 'statuses', 'build', key), commit: apiLink(...path) },
    };
  }

  function list(url: URL, repository: RepositoryRecord, place: CommitPlace, refname?: string) {
    const listed = codeInsights
      .statuses(place)
      .filter((status) => refname === undefined || [null, refname].includes(status.refname))
      .map((status) => toStatus(repository, place, status));
    return pageOf(url, pageLimits.standard, select(url, listed));
  }

  return {
    [`GET ${COMMIT}/statuses` as const]: async (call: CommitCall) => {
      const { repository, place } = await placeOf(call);
      return list(call.url, repository, place, call.url.searchParams.get('refname') ?? undefined);
    },

    [`POST ${COMMIT}/statuses/build` as const]: async (call: CommitCall) => {
      const { repository, place } = await placeOf(call);
      requireWriter(call);
      const input = StatusInput.safeParse(await bodyOf(call.request));
      if (!input.success) throw new ApiError(400, problemOf(input.error));
      const { refname = null, ...rest } = input.data;
      const known = codeInsights
        .statuses(place)
        .find((status) => status.key === rest.key && status.refname === refname);
      const now = clock.now();
      const record = { ...rest, refname, createdAt: known?.createdAt ?? now, updatedAt: now };
      codeInsights.saveStatus(place, record);
      return Response.json(toStatus(repository, place, record), { status: known ? 200 : 201 });
    },

    [`GET ${COMMIT}/statuses/build/{key}` as const]: async (
      call: CommitCall & { readonly params: { readonly key: string } },
    ) => {
      const { repository, place } = await placeOf(call);
      const found = codeInsights.statuses(place).find(({ key }) => key === call.params.key);
      if (!found) throw notFound(`Status ${call.params.key} not found`);
      return toStatus(repository, place, found);
    },

    [`GET ${REPOSITORY}/pullrequests/{pull_request_id}/statuses` as const]: (
      call: CommitCall & { readonly params: { readonly pull_request_id: string } },
    ) => {
      const repository = lookup.repository(call);
      const { headCommit, sourceBranch } = lookup.pullRequest(
        repository,
        call.params.pull_request_id,
      );
      const [commit = headCommit] = store
        .knownTips(repository.uuid)
        .filter((tip) => toShortHash(tip) === toShortHash(headCommit));
      return list(call.url, repository, { repositoryUuid: repository.uuid, commit }, sourceBranch);
    },
  } as StatusHandlers;
}
