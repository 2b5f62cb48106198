import { Hono, type Context } from 'hono';
import type { PullRequestSummary } from '../../bitbucket/types';
import type { ShellServices } from '../shell-options';
import { pullRequestContent, type PullRequestTab } from '../view/pull-request';
import { repositoryNavigation } from '../view/repository';
import { isLiveRefresh, type PageRenderer } from './page-context';
import { findPlace, type RepositoryRequest } from './repository-routes';

const commitsShown = 100;
const diffCharacters = 200_000;

/** The page of a pull request with its tabs, and what a person can do with it. */
export function pullRequestRoutes(services: ShellServices, renderer: PageRenderer): Hono {
  const { bitbucket, clock, registry, modules, mergeChecks, origin } = services;
  const { content } = bitbucket;
  const app = new Hono();
  const path = '/:workspace/:repository/pull-requests/:id{[0-9]+}';

  async function find(
    context: Context,
  ): Promise<(RepositoryRequest & { readonly pullRequest: PullRequestSummary }) | undefined> {
    const request = await findPlace(services, context);
    if (!request) return undefined;
    const id = Number(context.req.param('id'));
    await bitbucket.refresh(request.place.repository.uuid, id);
    const pullRequest = bitbucket
      .pullRequests(request.place.repository.uuid)
      .find((candidate) => candidate.id === id);
    return pullRequest && { ...request, pullRequest };
  }

  function tab(suffix: string, name: PullRequestTab): void {
    app.get(path + suffix, async (context) => {
      const found = await find(context);
      if (!found) return renderer.denied(context);
      const { place, pullRequest, user } = found;
      const { repository } = place;
      const { uuid } = repository;
      const { headCommit, id } = pullRequest;
      const [hasUnpushed, commits, files, diff] = await Promise.all([
        bitbucket.hasUnpushed(uuid),
        content.listOwnCommits(repository, pullRequest, commitsShown),
        bitbucket.changedFiles(uuid, id),
        name === 'diff' ? content.readDiff(repository, pullRequest, diffCharacters) : undefined,
      ]);
      const page = registry.addPage({ accountId: user.accountId, repositoryUuid: uuid });
      const extension = {
        location: `${origin}${place.base}/pull-requests/${id}`,
        repository: { uuid },
        pullRequest: { id },
      };
      const render = (type: string) =>
        isLiveRefresh(context) ? [] : modules.render(page, type, extension);
      const open = bitbucket.pullRequests(uuid).filter(({ state }) => state === 'OPEN').length;
      return renderer.page(
        context,
        {
          title: `${pullRequest.title} #${id} – ${place.repository.name}`,
          navigationTitle: place.repository.name,
          navigation: repositoryNavigation(place, 'pullRequests', open),
          content: pullRequestContent({
            place,
            pullRequest,
            tab: name,
            hasUnpushed,
            commits,
            files,
            insights: bitbucket.insights(uuid, headCommit),
            checks: mergeChecks.results(uuid, id),
            ...(diff ? { diff } : {}),
            actions: render('bitbucket:repoPullRequestAction'),
            cards: render('bitbucket:repoPullRequestCard'),
            panels: name === 'overview' ? render('bitbucket:repoPullRequestOverviewPanel') : [],
            now: clock.now(),
          }),
        },
        { pageId: page.pageId },
      );
    });
  }

  function action(
    name: 'merge' | 'decline' | 'checks',
    done: string,
    act: (uuid: string, id: number, accountId: string) => Promise<void>,
  ): void {
    app.post(`${path}/${name}`, async (context) => {
      const found = await find(context);
      if (!found) return context.json({ message: 'There is nothing here.' }, 404);
      const { place, pullRequest, user } = found;
      try {
        await act(place.repository.uuid, pullRequest.id, user.accountId);
        return context.json({ message: `Pull request #${pullRequest.id} was ${done}.` });
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        return context.json({ message }, 409);
      }
    });
  }

  tab('', 'overview');
  tab('/commits', 'commits');
  tab('/diff', 'diff');
  action('merge', 'merged', async (uuid, id, accountId) => {
    await mergeChecks.requireMergeable(uuid, id);
    await bitbucket.merge(uuid, id, accountId);
  });
  action('checks', 'checked', (uuid, id) => mergeChecks.rerun(uuid, id));
  action('decline', 'declined', (uuid, id, accountId) => bitbucket.decline(uuid, id, accountId));
  return app;
}
