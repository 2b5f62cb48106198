import type { FoundProject } from '../../contracts/repository';
import type { BindingStore } from '../../domain/ports/stores';
import {
  openConnection,
  toServerError,
  type OpenConnectionOptions,
} from '../bindings/require-project';

export interface SearchProjectsOptions extends OpenConnectionOptions {
  readonly bindings: BindingStore;
}

export interface SearchProjectsInput {
  readonly repositoryUuid: string;
  readonly connectionId: string;
  readonly query: string;
  readonly page: number;
}

export type SearchProjects = (input: SearchProjectsInput) => Promise<{
  readonly projects: FoundProject[];
  readonly total: number;
  readonly hasMore: boolean;
}>;

/** What fits on the screen at once. */
const pageSize = 20;

/**
 * Projects of a connection by name and key, as far as its token sees them, with what stands in the way of binding each.
 * @throws {AppError} NOT_FOUND without the connection, UNAVAILABLE when the server does not answer.
 */
export function createSearchProjects(options: SearchProjectsOptions): SearchProjects {
  const { bindings } = options;
  return async ({ repositoryUuid, connectionId, query, page }) => {
    const server = await openConnection(options, connectionId);
    const { projects, total } = await server
      .searchProjects({ query: query.trim(), page, pageSize })
      .catch((error: unknown) => {
        throw toServerError(error);
      });
    const claims = await Promise.all(
      projects.map(({ projectKey }) => bindings.findClaim({ connectionId, projectKey })),
    );
    return {
      projects: projects.map((project, index) => {
        const owner = claims[index]?.repositoryUuid;
        if (owner === undefined) return project;
        return { ...project, boundTo: owner === repositoryUuid ? 'this' : 'other' };
      }),
      total,
      hasMore: page * pageSize < total,
    };
  };
}
