import type { Page } from 'playwright-core';
import { cardOf, panelOf, waitForState } from '../support/app-frames';
import { startBrowser, type TestBrowser } from '../support/browser';
import { resultWithIssues, startWalk, type Walk } from '../support/walk';
import { serverCalls } from '../support/walk-calls';
import { openPath } from '../support/walk-pages';

let browser: TestBrowser;
let walk: Walk;
beforeAll(async () => {
  [browser, walk] = await Promise.all([startBrowser(), startWalk()]);
});
afterEach(() => walk.host.sonarqube.resumeTasks());
afterAll(async () => {
  expect(walk.host.cspViolations).toEqual([]);
  await browser.close();
  await walk.stop();
});

async function open({ path }: { readonly path: string }, word: string): Promise<Page> {
  const page = await openPath(browser, walk.host, path);
  await waitForState(cardOf(page), word);
  return page;
}

const refresh = (page: Page) => cardOf(page).getByRole('button', { name: 'Refresh' }).click();
const gateReads = () => serverCalls(walk.host, 'qualitygates/project_status');

describe('the refresh button', () => {
  it('[F5] reads the server once each time, and says that nothing changed', async () => {
    const page = await open(await walk.openPullRequest(), 'Passed');
    await walk.host.clock.advance(30_000);
    const before = gateReads();

    await refresh(page);
    await cardOf(page).locator('.note', { hasText: 'Nothing changed' }).waitFor();

    expect(gateReads() - before).toBe(1);
    await cardOf(page).getByText('a refresh by hand').waitFor();
    await page.context().close();
  });

  it('[F5] asks the server at most once in ten seconds, whoever presses it', async () => {
    const { host } = walk;
    const pullRequest = await walk.openPullRequest();
    // What the push left in the queue is over by then.
    await host.clock.advance(30_000);
    const [one, other] = [await open(pullRequest, 'Passed'), await open(pullRequest, 'Passed')];
    await refresh(one);
    await cardOf(one).locator('.note', { hasText: 'Nothing changed' }).waitFor();
    const before = gateReads();

    await refresh(other);
    await cardOf(other).locator('.note', { hasText: 'Try again in 10 s' }).waitFor();
    const within = gateReads() - before;
    await host.clock.advance(10_000);
    await refresh(other);
    await cardOf(other).locator('.note', { hasText: 'Nothing changed' }).waitFor();

    expect(within).toBe(0);
    expect(gateReads() - before).toBe(1);
    await one.context().close();
    await other.context().close();
  });

  it('[F5] finds what no webhook told, and shows commit, time and source', async () => {
    const { host } = walk;
    const pullRequest = await walk.openPullRequest(resultWithIssues(1));
    const page = await open(pullRequest, 'Failed');
    host.platform.queue.pause();
    const pushed = await walk.push(pullRequest);
    await host.sonarqube.idle();
    await waitForState(cardOf(page), 'Outdated');

    await refresh(page);

    await waitForState(cardOf(page), 'Passed');
    await cardOf(page).locator('.note', { hasText: 'Updated' }).waitFor();
    await cardOf(page).getByText(pushed.head.slice(0, 7)).first().waitFor();
    await cardOf(page).getByText('a refresh by hand').waitFor();
    host.platform.queue.resume();
    await page.context().close();
  });
});

describe('an analysis in progress', () => {
  it('[F6] is shown as queued since its time', async () => {
    const { host } = walk;
    const pullRequest = await walk.openPullRequest();
    host.sonarqube.pauseTasks();
    await walk.push(pullRequest);
    await host.settle();
    await host.clock.advance(2 * 60_000);

    const page = await open(pullRequest, 'Pending');

    const task = cardOf(page).locator('.facts', { hasText: 'Analysis queued' });
    await task.getByText('2 minutes ago').waitFor();
    await page.context().close();
  });

  it('[F6] is shown as failed with its times and its message', async () => {
    const { host } = walk;
    const pullRequest = await walk.openPullRequest(resultWithIssues(1));
    const reason = new Error('The report of "src/<b>prices</b>.js" cannot be read.');
    await walk.push(pullRequest, reason);
    await host.settle();
    await host.clock.advance(60_000);

    const page = await open(pullRequest, 'Outdated');

    const facts = panelOf(page).locator('.facts', { hasText: 'Analysis failed' });
    await facts.getByText('Ended').getByText('1 minute ago').waitFor();
    await panelOf(page).locator('.quote').getByText(reason.message, { exact: true }).waitFor();
    await page.context().close();
  });
});
