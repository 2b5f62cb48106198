import type { RepositoryOverview } from '../../contracts/repository';
import type { Binding, BoundProject } from '../../domain/binding';
import { toProjectUrl } from '../../domain/connection';
import type { BitbucketAsApp } from '../../domain/ports/bitbucket';
import type { BindingStore, ConnectionStore } from '../../domain/ports/stores';
import { AppError } from '../../errors/app-error';
import type { Caller } from '../caller';
import { toAppError } from '../prove-access';

export interface ViewRepositoryOptions {
  readonly bitbucket: BitbucketAsApp;
  readonly bindings: BindingStore;
  readonly connections: ConnectionStore;
}

export type ViewRepository = (
  repositoryUuid: string,
  caller: Caller,
) => Promise<RepositoryOverview>;

/**
 * A repository as its settings page shows it. Its name is Bitbucket's of this moment: bindings know only its UUID, so
 * that they survive a rename.
 * @throws {AppError} NOT_FOUND when the repository is gone, UNAVAILABLE when Bitbucket does not answer.
 */
export function createViewRepository({
  bitbucket,
  bindings,
  connections,
}: ViewRepositoryOptions): ViewRepository {
  return async (repositoryUuid, { workspaceUuid }) => {
    const [repository, binding, known] = await Promise.all([
      bitbucket.findRepository({ workspaceUuid, repositoryUuid }).catch((error: unknown) => {
        throw toAppError(error);
      }),
      bindings.find(repositoryUuid),
      connections.list(),
    ]);
    if (!repository) {
      throw new AppError('NOT_FOUND', 'This repository is gone, or has left the workspace.');
    }
    const { name: repositoryName, slug: repositorySlug } = repository;
    const choices = known
      .map(({ connectionId, name, kind, url, publicUrl, capabilities, writesBindings }) => ({
        connectionId,
        name,
        kind,
        // Where people open it.
        url: publicUrl ?? url,
        keepsBindings: capabilities.projectBindings && writesBindings !== false,
      }))
      .sort((one, other) => one.name.localeCompare(other.name));
    return withBinding(
      { repositoryName, repositorySlug, projects: [], connections: choices },
      binding,
    );
  };
}

/** The same repository with another binding, as after a change of it. */
export function withBinding(
  overview: RepositoryOverview,
  binding: Binding | undefined,
): RepositoryOverview {
  const projects = (binding?.projects ?? []).map((project) =>
    toView(project, overview.connections),
  );
  return { ...overview, projects };
}

function toView(
  { imported, serverRecord, ...project }: BoundProject,
  connections: RepositoryOverview['connections'],
): RepositoryOverview['projects'][number] {
  const { connectionId, projectKey } = project;
  const connection = connections.find((each) => each.connectionId === connectionId);
  return {
    ...project,
    ...(imported && { importedAt: imported.at }),
    ...(connection?.keepsBindings && {
      serverBinding: serverRecord?.isWritten ? ('written' as const) : ('missing' as const),
    }),
    ...(connection && {
      connectionName: connection.name,
      dashboardUrl: toProjectUrl(connection, projectKey),
    }),
  };
}
