import type { Page } from 'playwright-core';
import { cardOf, panelOf, waitForState } from '../support/app-frames';
import { startBrowser, type TestBrowser } from '../support/browser';
import { createShopRepository } from '../support/shop-repository';
import { cleanResult, resultWithIssues, startWalk, type Walk } from '../support/walk';
import { openPath } from '../support/walk-pages';

let browser: TestBrowser;
let walk: Walk;
beforeAll(async () => {
  [browser, walk] = await Promise.all([startBrowser(), startWalk()]);
});
afterEach(() => {
  walk.host.faults.clear();
  walk.host.sonarqube.resumeTasks();
});
afterAll(async () => {
  expect(walk.host.cspViolations).toEqual([]);
  await browser.close();
  await walk.stop();
});

const open = ({ path }: { readonly path: string }) => openPath(browser, walk.host, path);

async function waitForBoth(page: Page, word: string): Promise<void> {
  await Promise.all([waitForState(cardOf(page), word), waitForState(panelOf(page), word)]);
}

const inCard = (page: Page, text: string | RegExp) =>
  cardOf(page).getByText(text).first().waitFor();

describe('the card and the panel', () => {
  it('[P1] say "Passed" with measures, commit and age', async () => {
    const pullRequest = await walk.openPullRequest({
      ...cleanResult,
      coverage: { linesToCover: 40, coveredLines: 34 },
    });
    await walk.host.clock.advance(3 * 60_000);

    const page = await open(pullRequest);

    await waitForBoth(page, 'Passed');
    await inCard(page, '85.0%');
    await inCard(page, pullRequest.head.slice(0, 7));
    await inCard(page, '3 minutes ago');
    await page.context().close();
  });

  it('[P1] say "Failed" with the conditions that failed', async () => {
    const page = await open(await walk.openPullRequest(resultWithIssues(2)));

    await waitForBoth(page, 'Failed');
    await inCard(page, '1 failed condition');
    await inCard(page, 'Fix the new issues, then push.');
    await page.context().close();
  });

  it('[P1] say "Not analysed" for a pull request that no pipeline has analysed', async () => {
    const pullRequest = await walk.openPullRequest();
    const notFound = '{"errors":[{"msg":"Pull request not found"}]}';
    walk.host.faults.add({
      target: 'sonarqube',
      match: /project_status/,
      times: Infinity,
      effect: { kind: 'answer', status: 404, body: notFound },
    });
    await walk.push(pullRequest);
    await walk.host.settle();

    const page = await open(pullRequest);

    await waitForBoth(page, 'Not analysed');
    await inCard(page, 'Run the analysis of this pull request in your pipeline.');
    await page.context().close();
  });

  it('[P1] say "Not analysed" with the reason when the only analysis failed', async () => {
    const pullRequest = await walk.openPullRequest(new Error('The report is too large.'));

    const page = await open(pullRequest);

    await waitForBoth(page, 'Not analysed');
    await inCard(page, 'The report is too large.');
    await page.context().close();
  });

  it('[P1] say "Not computed" when the server has no gate for the analysed head', async () => {
    const pullRequest = await walk.openPullRequest();
    const none = { status: 'NONE', conditions: [], ignoredConditions: false, periods: [] };
    walk.host.faults.add({
      target: 'sonarqube',
      match: /project_status/,
      times: Infinity,
      effect: { kind: 'answer', status: 200, body: JSON.stringify({ projectStatus: none }) },
    });
    const pushed = await walk.push(pullRequest);
    await walk.host.settle();

    const page = await open(pushed);

    await waitForBoth(page, 'Not computed');
    await page.context().close();
  });

  it('[P1] say "Not supported" for a pull request from a fork, without its findings', async () => {
    const pullRequest = await walk.openPullRequest(resultWithIssues(2));
    walk.host.bitbucket.setFork(walk.repositoryUuid, pullRequest.id, 'fork');

    const page = await open(pullRequest);

    await waitForBoth(page, 'Not supported');
    await inCard(page, 'This pull request comes from a fork, whose commits the app cannot see.');
    expect(await panelOf(page).getByText('Unreachable code').count()).toBe(0);
    await page.context().close();
  });

  it('[P1] keep the last verdict of a pull request that was declined', async () => {
    const { host, repositoryUuid } = walk;
    const pullRequest = await walk.openPullRequest(resultWithIssues(1));
    const page = await open(pullRequest);
    await waitForBoth(page, 'Failed');

    const [owner] = host.bitbucket.users;
    await host.bitbucket.decline(repositoryUuid, pullRequest.id, owner?.accountId ?? '');
    await host.settle();

    await inCard(page, 'This pull request is declined. This is its last verdict.');
    await waitForBoth(page, 'Failed');
    await page.context().close();
  });

  it('[P1] say "Not bound" in a repository that was never bound', async () => {
    const { host } = walk;
    const fixture = createShopRepository();
    const { slug } = await host.bitbucket.addRepository({ path: fixture.path, name: 'unbound' });

    const page = await open({ path: `/workshop/${slug}/pull-requests/1` });

    await waitForBoth(page, 'Not bound');
    await inCard(page, 'Ask a repository administrator to bind it.');
    await page.context().close();
    fixture.remove();
  });
});
