import { Hono } from 'hono';
import { currentUser, rememberUser } from '../session';
import { workspaceItems } from '../settings-navigation';
import type { ShellServices } from '../shell-options';
import { repositoriesPage, workspaceNavigation } from '../view/repositories';
import type { PageRenderer } from './page-context';

/** The workspace: its list of repositories, and who the pages act as. */
export function workspaceRoutes(services: ShellServices, renderer: PageRenderer): Hono {
  const { bitbucket, access, registry } = services;
  const { workspace, users } = bitbucket;
  const app = new Hono();
  const home = `/${workspace.slug}/workspace/repositories/`;

  app.get('/', (context) => context.redirect(home));
  app.get(`/${workspace.slug}`, (context) => context.redirect(home));
  app.get(`/${workspace.slug}/`, (context) => context.redirect(home));

  app.get(home, async (context) => {
    const user = currentUser(context, users);
    const repositories = await access.visibleRepositories(user);
    const rows = await Promise.all(
      repositories.map(async (repository) => ({
        repository,
        openPullRequests: bitbucket
          .pullRequests(repository.uuid)
          .filter(({ state }) => state === 'OPEN').length,
        hasUnpushed:
          repository.problem === undefined && (await bitbucket.hasUnpushed(repository.uuid)),
      })),
    );
    const { accountId } = user;
    return renderer.page(
      context,
      {
        title: `Repositories – ${workspace.name}`,
        navigationTitle: workspace.name,
        navigation: workspaceNavigation(
          workspace.slug,
          'repositories',
          workspaceItems(services, user),
        ),
        content: repositoriesPage(workspace, rows),
      },
      { pageId: registry.addPage({ accountId }).pageId },
    );
  });

  app.post('/-/session', async (context) => {
    const form = await context.req.formData();
    const user = users.find(({ accountId }) => accountId === form.get('accountId'));
    if (!user) return context.text('There is no such person in the workspace.', 400);
    rememberUser(context, user);
    return context.redirect(safePath(form.get('returnTo')), 303);
  });
  return app;
}

/** Only a path of this server: `//host` and `/\host` would lead elsewhere. */
function safePath(value: FormDataEntryValue | null): string {
  return typeof value === 'string' && /^\/(?![/\\])/.test(value) ? value : '/';
}
