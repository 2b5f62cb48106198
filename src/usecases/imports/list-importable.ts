import type { ImportableRepository } from '../../contracts/imports';
import { toActive } from '../../domain/binding';
import { toImportable } from '../../domain/import/plan-item';
import type { BitbucketAsApp } from '../../domain/ports/bitbucket';
import type { Log } from '../../domain/ports/log';
import type { BindingStore } from '../../domain/ports/stores';
import { RemoteError } from '../../errors/remote-errors';
import { toAppError } from '../prove-access';

export interface ListImportableOptions {
  readonly bitbucket: BitbucketAsApp;
  readonly bindings: BindingStore;
}

export type ListImportable = (input: {
  readonly workspaceUuid: string;
  readonly query: string;
  readonly page: number;
}) => Promise<{
  readonly repositories: readonly ImportableRepository[];
  readonly total?: number | undefined;
  readonly hasMore: boolean;
}>;

const pageSize = 50;

/** One page of the repositories of the workspace, each with what it is bound to. @throws {AppError} UNAVAILABLE */
export function createListImportable(options: ListImportableOptions): ListImportable {
  const { bitbucket, bindings } = options;
  return async ({ workspaceUuid, query, page }) => {
    const search = { query: query.trim(), page, pageSize };
    const listed = await bitbucket
      .listRepositories(workspaceUuid, search)
      .catch((error: unknown) => {
        throw toAppError(error);
      });
    const repositories = await Promise.all(
      listed.repositories.map(async (repository) => {
        const binding = toActive(await bindings.find(repository.repositoryUuid));
        return toImportable(
          repository,
          (binding?.projects ?? []).map(({ projectKey }) => projectKey),
        );
      }),
    );
    return { ...listed, repositories };
  };
}

export type SuggestPrefix = (workspaceUuid: string) => Promise<string | undefined>;

/** The usual beginning of project keys: the slug of the workspace (sonarqube.md 5). `undefined` while nobody tells it. */
export function createSuggestPrefix({
  bitbucket,
  log,
}: Pick<ListImportableOptions, 'bitbucket'> & { readonly log: Log }): SuggestPrefix {
  return async (workspaceUuid) => {
    try {
      return `${(await bitbucket.readWorkspace(workspaceUuid)).slug}_`;
    } catch (error) {
      if (!(error instanceof RemoteError)) throw error;
      log.warn('the workspace was not read', { status: error.status });
      return undefined;
    }
  };
}
