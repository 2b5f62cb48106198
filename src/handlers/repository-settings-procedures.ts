import type { repositorySettingsProcedures } from '../contracts/settings';
import { decideBranch } from '../domain/branch-rules';
import { withoutBraces } from '../domain/identifiers';
import type { BitbucketAsApp, RepositoryFacts } from '../domain/ports/bitbucket';
import type { SettingsStore } from '../domain/ports/stores';
import { AppError } from '../errors/app-error';
import type { Caller } from '../usecases/caller';
import { toAppError } from '../usecases/prove-access';
import type { SaveSettings } from '../usecases/settings/save-settings';
import { readSettings, type SettingsTarget } from '../usecases/settings/view-settings';
import type { Implementations } from './procedure-resolver';

export interface RepositorySettingsOptions {
  readonly settings: SettingsStore;
  readonly saveSettings: SaveSettings;
  readonly findRepository: BitbucketAsApp['findRepository'];
}

/** The procedures about the settings of one repository. */
export function createRepositorySettingsProcedures(
  options: RepositorySettingsOptions,
): Implementations<keyof typeof repositorySettingsProcedures> {
  const { settings, saveSettings, findRepository } = options;

  async function getRepository(braced: string, { workspaceUuid }: Caller) {
    const repositoryUuid = withoutBraces(braced);
    const found = await findRepository({ workspaceUuid, repositoryUuid }).catch(
      (error: unknown) => {
        throw toAppError(error);
      },
    );
    if (found) return found;
    throw new AppError('NOT_FOUND', 'This repository is gone, or has left the workspace.');
  }

  async function withRun<T>(repositoryUuid: string, view: T) {
    const { ranAtMs, missed } = await settings.findMergeCheck(repositoryUuid);
    const at = ranAtMs === undefined ? {} : { at: new Date(ranAtMs).toISOString() };
    return { ...view, mergeCheckRun: { ...at, missed } };
  }

  return {
    async 'repository.settings'({ repositoryUuid }, caller) {
      const repository = await getRepository(repositoryUuid, caller);
      const { view } = await readSettings(settings, toTarget(repository));
      return withRun(repository.repositoryUuid, view);
    },
    async 'repository.saveSettings'({ repositoryUuid, sequence, own }, caller) {
      const repository = await getRepository(repositoryUuid, caller);
      const target = toTarget(repository);
      const { view, changes } = await saveSettings({ target, sequence, own });
      const { repositoryUuid: id, name } = repository;
      const subject = { kind: 'repository', id, name } as const;
      return {
        output: await withRun(id, view),
        change: changes.length > 0 ? { subject, changes } : undefined,
      };
    },
    'repository.testBranch': ({ branch, rules }) => Promise.resolve(decideBranch(rules, branch)),
  };
}

function toTarget({ repositoryUuid, bitbucketProjectUuid }: RepositoryFacts): SettingsTarget {
  return { level: 'repository', uuid: repositoryUuid, projectUuid: bitbucketProjectUuid };
}
