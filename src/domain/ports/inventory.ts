import type { StoredKind } from '../../contracts/health';
import type { ProjectAddress } from '../binding';
import type { PullRequestIdentity } from '../identifiers';
import type { Page, PageRequest } from './stores';

/** Everything that is stored, to be counted and to find what nobody needs; what was written in the last seconds may miss. */
export interface Inventory {
  /** How many there are, counted up to `most`. */
  count(
    kind: StoredKind,
    most: number,
  ): Promise<{ readonly count: number; readonly isMore: boolean }>;
  listVerdicts(page: PageRequest): Promise<Page<PullRequestIdentity>>;
  /** Pull requests with issues of their own records; one may come again on the next page. */
  listIssueOwners(page: PageRequest): Promise<Page<PullRequestIdentity>>;
  listPublications(page: PageRequest): Promise<Page<PullRequestIdentity & ProjectAddress>>;
}
