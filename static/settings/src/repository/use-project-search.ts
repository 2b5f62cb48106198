import type { OutputOf } from '@contracts/procedures';
import { call } from '../../../shared/bridge/call';
import { usePagedSearch, type PagedSearch } from '../shared/use-paged-search';

type Found = OutputOf<'repository.searchProjects'>;

/** Searches the projects of one connection for a repository. */
export function useProjectSearch(input: {
  readonly repositoryUuid: string;
  readonly connectionId: string;
  readonly query: string;
}): PagedSearch<Found> {
  const { repositoryUuid, connectionId, query } = input;
  return usePagedSearch({
    place: `${repositoryUuid} ${connectionId}`,
    query,
    ask: (page) => call('repository.searchProjects', { ...input, page }),
    join: (shown, more) => ({
      ...more,
      projects: [...shown.projects, ...more.projects],
      locked: shown.locked + more.locked,
    }),
  });
}
