import type { RepositoryHealth } from '../../contracts/health';
import { toActive, type Binding } from '../../domain/binding';
import type { BitbucketAsApp } from '../../domain/ports/bitbucket';
import type { PublicationStore } from '../../domain/ports/publications';
import type { BindingStore, ConnectionStore, Page, VerdictStore } from '../../domain/ports/stores';
import type { VerdictRecord } from '../../domain/project-truth';
import { RemoteError } from '../../errors/remote-errors';

export interface ListRepositoriesOptions {
  readonly bindings: BindingStore;
  readonly connections: ConnectionStore;
  readonly verdicts: VerdictStore;
  readonly publications: PublicationStore;
  readonly bitbucket: BitbucketAsApp;
}

export type ListRepositories = (input: {
  readonly workspaceUuid: string;
  readonly cursor?: string | undefined;
}) => Promise<Page<RepositoryHealth>>;

/** Ten repositories cost some hundred reads of the store and ten calls to Bitbucket. */
const pageSize = 10;
/** The newest pull requests tell when something last worked. */
const pullRequestsEach = 5;

/** How each bound repository stands: what it is bound to, and when something last came of it. */
export function createListRepositories(options: ListRepositoriesOptions): ListRepositories {
  const { bindings, connections, verdicts, publications, bitbucket } = options;

  async function readNewest(repositoryUuid: string): Promise<readonly VerdictRecord[]> {
    const { items } = await verdicts.listByRepository(repositoryUuid, { limit: pullRequestsEach });
    const records = await Promise.all(items.map((identity) => verdicts.find(identity)));
    return records.flatMap((record) => record ?? []);
  }

  async function findWrittenAt(records: readonly VerdictRecord[]): Promise<string | undefined> {
    const found = await Promise.all(
      records.flatMap((record) =>
        record.projects.map((project) => publications.find(record, project)),
      ),
    );
    return newest(found.map((publication) => publication?.at));
  }

  async function view(binding: Binding, workspaceUuid: string): Promise<RepositoryHealth> {
    const { repositoryUuid } = binding;
    const [repository, records] = await Promise.all([
      bitbucket.findRepository({ workspaceUuid, repositoryUuid }).catch((error: unknown) => {
        if (error instanceof RemoteError) return undefined;
        throw error;
      }),
      readNewest(repositoryUuid),
    ]);
    const truths = records.flatMap(({ projects }) => projects);
    const projects = await Promise.all(
      binding.projects.map(async ({ connectionId, projectKey, projectName, state }) => {
        const connection = await connections.find(connectionId);
        return {
          projectKey,
          projectName,
          state,
          ...(connection && { connectionName: connection.name }),
        };
      }),
    );
    const analysedAt = newest(truths.map(({ analysis }) => analysis?.at));
    const writtenAt = await findWrittenAt(records);
    const problem = truths.find(({ failure }) => failure)?.failure?.message;
    return {
      repositoryUuid,
      ...(repository && { repositoryName: repository.name }),
      projects,
      ...(analysedAt !== undefined && { analysedAt }),
      ...(writtenAt !== undefined && { writtenAt }),
      ...(problem !== undefined && { problem }),
    };
  }

  return async ({ workspaceUuid, cursor }) => {
    const page = await bindings.list({ limit: pageSize, cursor });
    const bound = page.items.filter((binding) => toActive(binding));
    const items = await Promise.all(bound.map((binding) => view(binding, workspaceUuid)));
    return { items, nextCursor: page.nextCursor };
  };
}

/** ISO 8601 texts of one form order by time. */
function newest(times: readonly (string | undefined)[]): string | undefined {
  return times
    .flatMap((at) => at ?? [])
    .sort()
    .at(-1);
}
