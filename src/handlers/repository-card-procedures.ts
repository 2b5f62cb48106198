import type { repositoryCardProcedures } from '../contracts/repository-card';
import { withoutBraces } from '../domain/identifiers';
import type { BranchStore } from '../domain/ports/branches';
import type { ViewRepositoryCard } from '../usecases/repository-card/view-repository-card';
import type { Implementations } from './procedure-resolver';

export interface RepositoryCardOptions {
  readonly viewRepositoryCard: ViewRepositoryCard;
  readonly branches: BranchStore;
}

/** The procedures of the card on the source page. */
export function createRepositoryCardProcedures({
  viewRepositoryCard,
  branches,
}: RepositoryCardOptions): Implementations<keyof typeof repositoryCardProcedures> {
  return {
    'repositoryCard.view': ({ repositoryUuid }, caller) =>
      viewRepositoryCard(withoutBraces(repositoryUuid), caller),
    async 'repositoryCard.chooseMetrics'({ metrics }, { accountId }) {
      await branches.saveChosenMetrics(accountId, [...new Set(metrics)]);
      return {};
    },
  };
}
