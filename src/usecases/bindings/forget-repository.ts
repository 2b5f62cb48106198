import { withoutBraces } from '../../domain/identifiers';
import type { BindingStore, SettingsStore } from '../../domain/ports/stores';
import type { UnbindProject } from './unbind-project';

export interface ForgetRepositoryOptions {
  readonly bindings: BindingStore;
  readonly settings: SettingsStore;
  readonly unbindProject: UnbindProject;
}

export type ForgetRepository = (repositoryUuid: string) => Promise<void>;

/** Unbinds everything of a repository that was deleted and forgets its settings. Safe to repeat. */
export function createForgetRepository({
  bindings,
  settings,
  unbindProject,
}: ForgetRepositoryOptions): ForgetRepository {
  return async (uuid) => {
    const repositoryUuid = withoutBraces(uuid);
    const binding = await bindings.find(repositoryUuid);
    for (const { connectionId, projectKey } of binding?.projects ?? []) {
      await unbindProject({ repositoryUuid, connectionId, projectKey });
    }
    await settings.remove({ level: 'repository', uuid: repositoryUuid });
  };
}
