import type { SettingValues } from '../../contracts/settings';
import type { BitbucketAsApp, RepositoryAddress } from '../../domain/ports/bitbucket';
import type { SettingsStore } from '../../domain/ports/stores';
import { nothingSaid, resolveSettings, toValues } from '../../domain/settings';

export interface ResolveSettingsInput extends RepositoryAddress {
  /** Where the caller has just learned it from Bitbucket. */
  readonly bitbucketProjectUuid?: string | undefined;
}

/** The settings of a repository as they hold now. @throws {RemoteError} when Bitbucket cannot name its project. */
export type ResolveSettings = (input: ResolveSettingsInput) => Promise<SettingValues>;

export function createResolveSettings({
  settings,
  bitbucket,
}: {
  readonly settings: SettingsStore;
  readonly bitbucket: BitbucketAsApp;
}): ResolveSettings {
  return async ({ workspaceUuid, repositoryUuid, bitbucketProjectUuid }) => {
    const [workspace, project, repository] = await Promise.all([
      settings.find({ level: 'workspace' }),
      findProjectLevel(),
      settings.find({ level: 'repository', uuid: repositoryUuid }),
    ]);
    return toValues(
      resolveSettings([
        { level: 'workspace', settings: workspace?.own ?? nothingSaid },
        { level: 'project', settings: project?.own ?? nothingSaid },
        { level: 'repository', settings: repository?.own ?? nothingSaid },
      ]),
    );

    async function findProjectLevel() {
      const uuid =
        bitbucketProjectUuid ??
        (await bitbucket.findRepository({ workspaceUuid, repositoryUuid }))?.bitbucketProjectUuid;
      return uuid === undefined ? undefined : settings.find({ level: 'project', uuid });
    }
  };
}
