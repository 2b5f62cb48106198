import type { settingsProcedures } from '../contracts/settings';
import { decideBranch } from '../domain/branch-rules';
import { withoutBraces } from '../domain/identifiers';
import type { BitbucketAsApp } from '../domain/ports/bitbucket';
import type { SettingsStore } from '../domain/ports/stores';
import { toAppError } from '../usecases/prove-access';
import type { SaveSettings } from '../usecases/settings/save-settings';
import { readSettings } from '../usecases/settings/view-settings';
import type { Implementations } from './procedure-resolver';

export interface SettingsProceduresOptions {
  readonly settings: SettingsStore;
  readonly saveSettings: SaveSettings;
  readonly listBitbucketProjects: BitbucketAsApp['listProjects'];
}

/** The procedures about settings of the workspace and of Bitbucket's projects. */
export function createSettingsProcedures(
  options: SettingsProceduresOptions,
): Implementations<keyof typeof settingsProcedures> {
  const { settings, saveSettings, listBitbucketProjects } = options;
  return {
    'settings.workspace': async () => (await readSettings(settings, { level: 'workspace' })).view,
    async 'settings.saveWorkspace'(input, { workspaceUuid }) {
      const { view, changes } = await saveSettings({ ...input, target: { level: 'workspace' } });
      const subject = { kind: 'workspace', id: workspaceUuid, name: 'the workspace' } as const;
      return { output: view, change: changes.length > 0 ? { subject, changes } : undefined };
    },
    async 'settings.projects'({ page }, { workspaceUuid }) {
      const { projects, hasMore } = await listBitbucketProjects(workspaceUuid, page).catch(
        (error: unknown) => {
          throw toAppError(error);
        },
      );
      return { projects: [...projects], hasMore };
    },
    'settings.project': async ({ projectUuid }) =>
      (await readSettings(settings, toTarget(projectUuid))).view,
    async 'settings.saveProject'({ projectUuid, projectName, ...input }) {
      const target = toTarget(projectUuid);
      const { view, changes } = await saveSettings({ ...input, target });
      const subject = { kind: 'bitbucketProject', id: target.uuid, name: projectName } as const;
      return { output: view, change: changes.length > 0 ? { subject, changes } : undefined };
    },
    'settings.testBranch': ({ branch, rules }) => Promise.resolve(decideBranch(rules, branch)),
  };
}

function toTarget(projectUuid: string) {
  return { level: 'project', uuid: withoutBraces(projectUuid) } as const;
}
