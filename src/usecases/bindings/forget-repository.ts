import { withoutBraces } from '../../domain/identifiers';
import type { BindingStore } from '../../domain/ports/stores';
import type { UnbindProject } from './unbind-project';

export interface ForgetRepositoryOptions {
  readonly bindings: BindingStore;
  readonly unbindProject: UnbindProject;
}

export type ForgetRepository = (repositoryUuid: string) => Promise<void>;

/** Unbinds everything of a repository that was deleted. Safe to repeat. */
export function createForgetRepository({
  bindings,
  unbindProject,
}: ForgetRepositoryOptions): ForgetRepository {
  return async (uuid) => {
    const repositoryUuid = withoutBraces(uuid);
    const binding = await bindings.find(repositoryUuid);
    for (const { connectionId, projectKey } of binding?.projects ?? []) {
      await unbindProject({ repositoryUuid, connectionId, projectKey });
    }
  };
}
