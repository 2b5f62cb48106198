import type { repositoryProcedures } from '../contracts/procedures';
import type { RepositoryOverview } from '../contracts/repository';
import type { Binding } from '../domain/binding';
import { toFieldChanges, type Written } from '../domain/change';
import { withoutBraces } from '../domain/identifiers';
import type { BindEverywhere } from '../usecases/bindings/bind-everywhere';
import type { BindingChange } from '../usecases/bindings/bind-project';
import type { UnbindProject } from '../usecases/bindings/unbind-project';
import type { CheckManual } from '../usecases/repository/check-manual';
import type { ListChanges } from '../usecases/repository/list-changes';
import type { MakeSnippet } from '../usecases/repository/make-snippet';
import type { PreviewUnbind } from '../usecases/repository/preview-unbind';
import type { SearchProjects } from '../usecases/repository/search-projects';
import { withBinding, type ViewRepository } from '../usecases/repository/view-repository';
import { createProcedureResolver, type ProcedureResolverOptions } from './procedure-resolver';
import {
  createRepositoryCardProcedures,
  type RepositoryCardOptions,
} from './repository-card-procedures';
import {
  createRepositorySettingsProcedures,
  type RepositorySettingsOptions,
} from './repository-settings-procedures';

export interface RepositoryResolverOptions
  extends ProcedureResolverOptions, RepositoryCardOptions, RepositorySettingsOptions {
  readonly viewRepository: ViewRepository;
  readonly searchProjects: SearchProjects;
  readonly checkManual: CheckManual;
  readonly bindEverywhere: BindEverywhere;
  readonly previewUnbind: PreviewUnbind;
  readonly unbindEverywhere: UnbindProject;
  readonly listChanges: ListChanges;
  readonly makeSnippet: MakeSnippet;
}

/** The procedures of the pages of a repository. */
export function createRepositoryResolver(options: RepositoryResolverOptions) {
  const { viewRepository, searchProjects, checkManual, bindEverywhere } = options;
  const { previewUnbind, unbindEverywhere, listChanges, makeSnippet } = options;
  return createProcedureResolver<keyof typeof repositoryProcedures>(
    {
      'repository.overview': ({ repositoryUuid }, caller) =>
        viewRepository(withoutBraces(repositoryUuid), caller),
      'repository.searchProjects': (input, { workspaceUuid }) =>
        searchProjects({ ...withBareUuid(input), workspaceUuid }),
      'repository.checkManual': (input, caller) => checkManual(withBareUuid(input), caller),
      async 'repository.bind'(input, caller) {
        const claim = withBareUuid(input);
        const overview = await viewRepository(claim.repositoryUuid, caller);
        const { workspaceUuid } = caller;
        const bound = await bindEverywhere({ ...claim, workspaceUuid });
        return toWritten(bound, overview, claim.repositoryUuid);
      },
      'repository.previewUnbind': (input) => previewUnbind(withBareUuid(input)),
      async 'repository.unbind'(input, caller) {
        const claim = withBareUuid(input);
        const overview = await viewRepository(claim.repositoryUuid, caller);
        return toWritten(await unbindEverywhere(claim), overview, claim.repositoryUuid);
      },
      'repository.snippet': (input, caller) => makeSnippet(withBareUuid(input), caller),
      'repository.changes': (input) => listChanges(withBareUuid(input)),
      ...createRepositoryCardProcedures(options),
      ...createRepositorySettingsProcedures(options),
    },
    options,
  );
}

function withBareUuid<T extends { readonly repositoryUuid: string }>(input: T): T {
  return { ...input, repositoryUuid: withoutBraces(input.repositoryUuid) };
}

/** The page as it is after the change, and which projects were bound before and are bound now. */
function toWritten(
  { before, after }: BindingChange,
  overview: RepositoryOverview,
  repositoryUuid: string,
): Written<RepositoryOverview> {
  const changes = toFieldChanges(toFields(before), toFields(after));
  const subject = {
    kind: 'repository',
    id: repositoryUuid,
    name: overview.repositoryName,
  } as const;
  return {
    output: withBinding(overview, after),
    change: changes.length === 0 ? undefined : { subject, changes },
  };
}

function toFields(binding: Binding | undefined): Record<string, string> {
  return Object.fromEntries(
    (binding?.projects ?? []).map(({ projectKey, pathScope, state }) => [
      `project ${projectKey}`,
      [state, ...(pathScope === undefined ? [] : [`folder ${pathScope}`])].join(', '),
    ]),
  );
}
