import { Hono, type Context } from 'hono';
import type { BitbucketUser } from '../../bitbucket/types';
import { listBranches } from '../branches';
import { currentUser } from '../session';
import { repositorySettingsItems } from '../settings-navigation';
import type { ShellPage } from '../frame/registry';
import type { ShellServices } from '../shell-options';
import { join, live, type Markup } from '../view/markup';
import { pullRequestsTable } from '../view/pull-requests';
import {
  branchesTable,
  commitsTable,
  repositoryHeading,
  repositoryNavigation,
  sourceContent,
  type RepositoryPlace,
  type RepositorySection,
} from '../view/repository';
import type { PageRenderer } from './page-context';

const readmeCharacters = 20_000;
const commitsShown = 50;

export interface RepositoryRequest {
  readonly user: BitbucketUser;
  readonly place: RepositoryPlace;
}

/** The repository of the address, if the person may see it and it could be taken in. */
export async function findPlace(
  services: ShellServices,
  context: Context,
): Promise<RepositoryRequest | undefined> {
  const { workspace, users } = services.bitbucket;
  const user = currentUser(context, users);
  const slug = context.req.param('repository') ?? '';
  if (context.req.param('workspace') !== workspace.slug) return undefined;
  const repository = await services.access.findRepository(user, slug);
  if (!repository || repository.problem !== undefined) return undefined;
  await services.bitbucket.refresh(repository.uuid);
  const base = `/${workspace.slug}/${repository.slug}`;
  const isAdmin = await services.access.isRepositoryAdmin(user, repository);
  const settings = isAdmin ? repositorySettingsItems(services, base) : [];
  return { user, place: { workspace, repository, base, settings } };
}

/** Pages of one repository: source, commits, branches, pull requests; and "push". */
export function repositoryRoutes(services: ShellServices, renderer: PageRenderer): Hono {
  const { bitbucket, clock, registry, modules, origin } = services;
  const { content } = bitbucket;
  const app = new Hono();

  async function headOf(
    user: BitbucketUser,
    { repository, base }: RepositoryPlace,
  ): Promise<string | undefined> {
    const branches = await listBranches(bitbucket, user, base);
    return (branches.find(({ name }) => name === repository.mainBranch) ?? branches[0])?.hash;
  }

  function section(
    path: string,
    name: RepositorySection,
    title: string,
    content: (request: RepositoryRequest, page: ShellPage) => Promise<Markup> | Markup,
  ): void {
    app.get(`/:workspace/:repository${path}`, async (context) => {
      const found = await findPlace(services, context);
      if (!found) return renderer.denied(context);
      const { place, user } = found;
      const { uuid } = place.repository;
      const open = bitbucket.pullRequests(uuid).filter(({ state }) => state === 'OPEN').length;
      const heading = repositoryHeading(place, title, await bitbucket.hasUnpushed(uuid));
      const page = registry.addPage({ accountId: user.accountId, repositoryUuid: uuid });
      const body = await content(found, page);
      return renderer.page(
        context,
        {
          title: `${title} – ${place.repository.name}`,
          navigationTitle: place.repository.name,
          navigation: repositoryNavigation(place, name, open),
          content: join(heading, body),
        },
        { pageId: page.pageId },
      );
    });
  }

  app.get('/:workspace/:repository', (context) =>
    context.redirect(`${new URL(context.req.url).pathname}/src/`),
  );

  section('/src/', 'source', 'Source', async ({ place, user }, page) => {
    const { repository } = place;
    const { uuid } = repository;
    const cards = modules.render(page, 'bitbucket:repoCodeOverviewCard', {
      location: `${origin}${place.base}/src/`,
      repository: { uuid },
    });
    const now = clock.now();
    const head = await headOf(user, place);
    if (head === undefined)
      return sourceContent(place, [], undefined, { readme: undefined, now, cards });
    const [tree, [latest]] = await Promise.all([
      content.listTopFolder(repository, head),
      content.listCommits(repository, head, 1),
    ]);
    const readmeName = tree.find(({ name }) => /^readme(\.(md|txt|rst))?$/i.test(name))?.name;
    const readme =
      readmeName === undefined
        ? undefined
        : await content.readTextFile(repository, head, readmeName, readmeCharacters);
    return sourceContent(place, tree, latest, { readme, now, cards });
  });

  section('/commits/', 'commits', 'Commits', async ({ place, user }) => {
    const head = await headOf(user, place);
    const commits =
      head === undefined ? [] : await content.listCommits(place.repository, head, commitsShown);
    return live('commits', commitsTable(commits, clock.now()));
  });

  section('/branches/', 'branches', 'Branches', async ({ place, user }) => {
    const branches = await listBranches(bitbucket, user, place.base);
    const pullRequests = bitbucket.pullRequests(place.repository.uuid);
    return live('branches', branchesTable(place, branches, pullRequests, clock.now()));
  });

  section('/pull-requests/', 'pullRequests', 'Pull requests', ({ place: { repository, base } }) =>
    live(
      'pull-requests',
      pullRequestsTable(base, bitbucket.pullRequests(repository.uuid), clock.now()),
    ),
  );

  app.post('/:workspace/:repository/push', async (context) => {
    const found = await findPlace(services, context);
    if (!found) return context.json({ message: 'There is nothing here.' }, 404);
    const changed = await services.push(found.place.repository.uuid);
    if (changed.length > 0) {
      const list = changed.map((id) => `#${id}`).join(', ');
      return context.json({ message: `Pushed. Pull requests that changed: ${list}.` });
    }
    return context.json({ message: 'Nothing to push: no branch moved on disk.', nothing: true });
  });
  return app;
}
