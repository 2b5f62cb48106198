import type { FoundProject } from '../../contracts/repository';
import type { BitbucketAsUser } from '../../domain/ports/bitbucket';
import type { BindingStore } from '../../domain/ports/stores';
import { toAppError } from '../prove-access';
import {
  openConnection,
  toServerError,
  type OpenConnectionOptions,
} from '../bindings/require-project';

export interface SearchProjectsOptions extends OpenConnectionOptions {
  readonly bindings: BindingStore;
  readonly bitbucket: BitbucketAsUser;
}

export interface SearchProjectsInput {
  readonly workspaceUuid: string;
  readonly repositoryUuid: string;
  readonly connectionId: string;
  readonly query: string;
  readonly page: number;
}

export type SearchProjects = (input: SearchProjectsInput) => Promise<{
  readonly projects: FoundProject[];
  readonly locked: number;
  readonly total: number;
  readonly hasMore: boolean;
}>;

/** What fits on the screen at once. */
const pageSize = 20;

/**
 * Projects of a connection by name and key, as far as its token sees them, with what stands in the way of binding each.
 * A private project of a repository that the caller may not read is counted and not named.
 * @throws {AppError} NOT_FOUND without the connection, UNAVAILABLE when the server does not answer.
 */
export function createSearchProjects(options: SearchProjectsOptions): SearchProjects {
  const { bindings, bitbucket } = options;

  /** Which of these repositories the caller may read; each is asked about once. */
  async function findReadable(
    owners: ReadonlySet<string>,
    workspaceUuid: string,
  ): Promise<ReadonlySet<string>> {
    const roles = await Promise.all(
      [...owners].map(async (repositoryUuid) => {
        const role = await bitbucket.findRepositoryRole({ workspaceUuid, repositoryUuid });
        return role === undefined ? [] : [repositoryUuid];
      }),
    ).catch((error: unknown) => {
      throw toAppError(error);
    });
    return new Set(roles.flat());
  }

  return async ({ workspaceUuid, repositoryUuid, connectionId, query, page }) => {
    const server = await openConnection(options, connectionId);
    const { projects, total } = await server
      .searchProjects({ query: query.trim(), page, pageSize })
      .catch((error: unknown) => {
        throw toServerError(error);
      });
    const claims = await Promise.all(
      projects.map(({ projectKey }) => bindings.findClaim({ connectionId, projectKey })),
    );
    const owned = projects.map((project, index) => ({
      project,
      owner: claims[index]?.repositoryUuid,
    }));
    const isHidden = ({ project, owner }: (typeof owned)[number]) =>
      owner !== undefined && owner !== repositoryUuid && project.visibility !== 'public';
    const owners = owned.filter(isHidden).flatMap(({ owner }) => owner ?? []);
    const readable = await findReadable(new Set(owners), workspaceUuid);
    const shown = owned.filter((each) => !isHidden(each) || readable.has(each.owner ?? ''));
    return {
      projects: shown.map(({ project, owner }) => {
        if (owner === undefined) return project;
        return { ...project, boundTo: owner === repositoryUuid ? 'this' : 'other' };
      }),
      locked: owned.length - shown.length,
      total,
      hasMore: page * pageSize < total,
    };
  };
}
