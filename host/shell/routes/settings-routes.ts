import { Hono, type Context } from 'hono';
import { withBraces } from '../../bitbucket/uuids';
import { currentUser } from '../session';
import {
  installedAppsPath,
  modulePath,
  repositorySettingsItems,
  workspaceItems,
} from '../settings-navigation';
import type { ShellServices } from '../shell-options';
import { workspaceNavigation } from '../view/repositories';
import { repositoryNavigation } from '../view/repository';
import { installedAppsPage, modulePage } from '../view/settings';
import { isLiveRefresh, type PageRenderer } from './page-context';
import { findPlace } from './repository-routes';

/** Pages of apps outside pull requests, at Bitbucket's addresses, and the list of installed apps. */
export function settingsRoutes(services: ShellServices, renderer: PageRenderer): Hono {
  const { bitbucket, registry, modules, manifest, platform, origin } = services;
  const { workspace, users } = bitbucket;
  const app = new Hono();
  const workspaceHome = {
    label: workspace.name,
    href: `/${workspace.slug}/workspace/repositories/`,
  };

  /** The module that the address names, if the address is exactly that of its page. */
  function findModule(context: Context, repositoryBase?: string) {
    const { pathname } = new URL(context.req.url);
    return manifest.frameModules.find(
      ({ key }) => modulePath(services, key, repositoryBase) === pathname.replace(/\/$/, ''),
    );
  }

  // Only owners find these pages in the navigation, yet any member may open one by its address: on Forge a resolver
  // can be called from every module that names it, so a member's call must be possible here and be refused by the app.
  for (const place of ['settings/forge', 'forge']) {
    app.get(`/${workspace.slug}/workspace/${place}/:app/:environment/:module`, (context) => {
      const user = currentUser(context, users);
      const module = findModule(context);
      if (!module || user.workspaceRole === 'outsider') return renderer.denied(context);
      const path = modulePath(services, module.key) ?? '';
      const page = registry.addPage({ accountId: user.accountId });
      const [frame] = isLiveRefresh(context)
        ? []
        : modules.render(
            page,
            module.type,
            { location: origin + path, workspace: { uuid: withBraces(workspace.uuid) } },
            module.key,
          );
      return renderer.page(
        context,
        {
          title: `${module.title} – ${workspace.name}`,
          navigationTitle: workspace.name,
          navigation: workspaceNavigation(
            workspace.slug,
            undefined,
            workspaceItems(services, user, path),
          ),
          content: modulePage([workspaceHome], frame),
        },
        { pageId: page.pageId },
      );
    });
  }

  app.get('/:workspace/:repository/admin/forge/:app/:environment/:module', async (context) => {
    const found = await findPlace(services, context);
    const module = found && findModule(context, found.place.base);
    if (!module || found.place.settings.length === 0) return renderer.denied(context);
    const { place, user } = found;
    const { uuid, name } = place.repository;
    const path = modulePath(services, module.key, place.base) ?? '';
    const page = registry.addPage({ accountId: user.accountId, repositoryUuid: uuid });
    const [frame] = isLiveRefresh(context)
      ? []
      : modules.render(
          page,
          module.type,
          { location: origin + path, repository: { uuid } },
          module.key,
        );
    const open = bitbucket.pullRequests(uuid).filter(({ state }) => state === 'OPEN').length;
    const settings = repositorySettingsItems(services, place.base, path);
    return renderer.page(
      context,
      {
        title: `${module.title} – ${name}`,
        navigationTitle: name,
        navigation: repositoryNavigation({ ...place, settings }, undefined, open),
        content: modulePage([workspaceHome, { label: name, href: `${place.base}/src/` }], frame),
      },
      { pageId: page.pageId },
    );
  });

  const apps = installedAppsPath(services);
  app.get(apps, (context) => {
    const user = currentUser(context, users);
    if (user.workspaceRole !== 'owner') return renderer.denied(context);
    const configure = manifest.frameModules.find(
      ({ type }) => type === 'bitbucket:workspaceSettingsMenuPage',
    );
    const configureHref = configure && modulePath(services, configure.key);
    return renderer.page(
      context,
      {
        title: `Installed apps – ${workspace.name}`,
        navigationTitle: workspace.name,
        navigation: workspaceNavigation(
          workspace.slug,
          undefined,
          workspaceItems(services, user, apps),
        ),
        content: installedAppsPage([workspaceHome], {
          name: 'Gatehouse',
          installationId: platform.installation.installationId,
          isInstalled: platform.isInstalled,
          ...(configureHref === undefined ? {} : { configureHref }),
        }),
      },
      { pageId: registry.addPage({ accountId: user.accountId }).pageId },
    );
  });
  for (const action of ['uninstall', 'install'] as const) {
    app.post(apps + action, async (context) => {
      const user = currentUser(context, users);
      if (user.workspaceRole !== 'owner')
        return context.json({ message: 'Only an owner of the workspace may do this.' }, 403);
      if (action === 'uninstall') await platform.uninstall();
      else await platform.install(user.accountId);
      services.live.changed();
      const done = action === 'uninstall' ? 'uninstalled' : 'installed with empty storage';
      return context.json({ message: `The app was ${done}.` });
    });
  }
  return app;
}
