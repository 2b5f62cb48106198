import { Hono } from 'hono';
import { currentUser } from '../shell/session';
import type { PageRenderer } from '../shell/routes/page-context';
import type { ShellServices } from '../shell/shell-options';
import { workspaceNavigation } from '../shell/view/repositories';
import { runAction } from './actions';
import { controlContent } from './view';

/** The control panel's page and its one door for changes; the shell's origin check stands before it. */
export function controlRoutes(services: ShellServices, renderer: PageRenderer): Hono {
  const { control, clock, traffic, registry, live } = services;
  const { workspace, users } = services.bitbucket;
  const app = new Hono();

  app.get('/control', async (context) => {
    const { accountId } = currentUser(context, users);
    return renderer.page(
      context,
      {
        title: 'Control panel',
        navigationTitle: workspace.name,
        navigation: workspaceNavigation(workspace.slug, 'control'),
        content: controlContent({
          control,
          now: clock.now(),
          issues: await services.openIssues?.(),
          repositories: services.bitbucket.repositories(),
          users,
          isInstalled: services.platform.isInstalled,
          traffic,
          violations: services.violations,
        }),
      },
      { pageId: registry.addPage({ accountId, followsTraffic: true }).pageId },
    );
  });

  app.post('/control', async (context) => {
    const form = Object.fromEntries(await context.req.formData());
    const { ok, message } = await runAction(control, form);
    live.changed();
    return context.json({ message }, ok ? 200 : 400);
  });
  return app;
}
