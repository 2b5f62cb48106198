import type { BitbucketUser } from '../bitbucket/types';
import type { FrameModule } from './manifest';
import type { ShellServices } from './shell-options';
import type { NavigationItem } from './view/layout';

type Places = Pick<ShellServices, 'manifest' | 'platform' | 'bitbucket'>;

/** Kinds of module with a page of their own in the workspace, by where Bitbucket puts them. */
const workspacePlaces: Readonly<Record<string, string>> = {
  'bitbucket:workspaceSettingsMenuPage': 'settings/forge',
  'bitbucket:workspaceGlobalPage': 'forge',
};
const repositorySettings = 'bitbucket:repoSettingsMenuPage';

/** Part of a page's path that names the app, its environment and the module. */
function moduleSuffix({ manifest, platform }: Places, moduleKey: string): string {
  const appId = manifest.appId.slice(manifest.appId.lastIndexOf('/') + 1);
  return `${appId}/${platform.installation.environmentId}/${moduleKey}`;
}

/**
 * Path of the page of a module, in the form that Bitbucket gives it; `undefined` for a module without one.
 * @param repositoryBase `/{workspace}/{repository}`, for pages of a repository
 */
export function modulePath(
  places: Places,
  moduleKey: string,
  repositoryBase?: string,
): string | undefined {
  const module = places.manifest.frameModules.find(({ key }) => key === moduleKey);
  if (!module) return undefined;
  const suffix = moduleSuffix(places, moduleKey);
  if (module.type === repositorySettings)
    return repositoryBase === undefined ? undefined : `${repositoryBase}/admin/forge/${suffix}`;
  const place = workspacePlaces[module.type];
  if (place === undefined) return undefined;
  return `/${places.bitbucket.workspace.slug}/workspace/${place}/${suffix}`;
}

/** The workspace's navigation beyond its repositories: pages of apps for all members, settings for owners. */
export function workspaceItems(places: Places, user: BitbucketUser, currentPath?: string) {
  const items: NavigationItem[] = [];
  if (user.workspaceRole !== 'outsider')
    items.push(...moduleItems(places, 'bitbucket:workspaceGlobalPage', 'Apps', { currentPath }));
  if (user.workspaceRole === 'owner') {
    const href = installedAppsPath(places);
    items.push(
      {
        label: 'Installed apps',
        href,
        icon: 'settings',
        isCurrent: href === currentPath,
        partTitle: 'Workspace settings',
      },
      ...moduleItems(places, 'bitbucket:workspaceSettingsMenuPage', 'Forge apps', { currentPath }),
    );
  }
  return items;
}

/** "Forge apps" in the settings of a repository. */
export function repositorySettingsItems(
  places: Places,
  repositoryBase: string,
  currentPath?: string,
): NavigationItem[] {
  return moduleItems(places, repositorySettings, 'Forge apps', { currentPath, repositoryBase });
}

export function installedAppsPath({ bitbucket }: Places): string {
  return `/${bitbucket.workspace.slug}/workspace/settings/addon-management/`;
}

function moduleItems(
  places: Places,
  type: string,
  partTitle: string,
  at: { readonly currentPath?: string | undefined; readonly repositoryBase?: string },
): NavigationItem[] {
  const toItem = ({ key, title }: FrameModule, index: number): NavigationItem => {
    const href = modulePath(places, key, at.repositoryBase) ?? '';
    return {
      label: title,
      href,
      icon: 'app',
      isCurrent: href === at.currentPath,
      ...(index === 0 ? { partTitle } : {}),
    };
  };
  return places.manifest.frameModules.filter((module) => module.type === type).map(toItem);
}
