import type { Page } from 'playwright-core';
import { cardOf, panelOf, waitForState } from '../support/app-frames';
import { startBrowser, type TestBrowser } from '../support/browser';
import { resultWithIssues, startWalk, type Walk } from '../support/walk';
import { viewOf } from '../support/walk-calls';
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

/** Marks the page as it is; a reload would lose the mark. */
async function mark(page: Page): Promise<() => Promise<boolean>> {
  await page.evaluate(() => document.documentElement.setAttribute('data-walk', 'same'));
  return () => page.evaluate(() => document.documentElement.getAttribute('data-walk') === 'same');
}

describe('an open page', () => {
  it('[P1] goes from passed to pending to the verdict of the new head by realtime alone', async () => {
    const { host } = walk;
    const pullRequest = await walk.openPullRequest();
    const page = await openPath(browser, host, pullRequest.path);
    await waitForState(cardOf(page), 'Passed');
    const isSamePage = await mark(page);
    // The page's own timers stand still, so that only a message can move it.
    await page.clock.install();
    await page.clock.pauseAt(Date.now() + 60_000);

    host.sonarqube.pauseTasks();
    await walk.push(pullRequest, resultWithIssues(1));
    await host.settle();
    await waitForState(cardOf(page), 'Pending');
    host.sonarqube.resumeTasks();
    await host.settle();

    await waitForState(cardOf(page), 'Failed');
    await waitForState(panelOf(page), 'Failed');
    expect(await isSamePage()).toBe(true);
    await page.context().close();
  });

  it('[P1] polls when realtime is out of order', async () => {
    const { host } = walk;
    const effect = { kind: 'answer', status: 500 } as const;
    const since = host.traffic.calls.length;
    host.faults.add({ target: 'realtime', times: Infinity, effect });
    host.sonarqube.pauseTasks();
    const pullRequest = await walk.openPullRequest(resultWithIssues(1));
    const page = await openPath(browser, host, pullRequest.path);
    await waitForState(cardOf(page), 'Pending');

    host.sonarqube.resumeTasks();
    await host.settle();

    await waitForState(cardOf(page), 'Failed');
    const messages = host.traffic.calls.slice(since).filter(({ kind }) => kind === 'realtime');
    expect(new Set(messages.map(({ status }) => status))).toEqual(new Set([500]));
    await page.context().close();
  });

  it('[P1] turns green when the issue is accepted on the server, with no new analysis', async () => {
    const { host, projectKey } = walk;
    const pullRequest = await walk.openPullRequest(resultWithIssues(1));
    const page = await openPath(browser, host, pullRequest.path);
    await waitForState(cardOf(page), 'Failed');
    const isSamePage = await mark(page);
    const [project] = (await viewOf(walk, pullRequest)).projects;
    const submitted = project?.analysedAt;

    await host.sonarqube.accept(projectKey, String(pullRequest.id), project?.issues[0]?.key ?? '');
    await host.settle();

    await waitForState(cardOf(page), 'Passed');
    await waitForState(panelOf(page), 'Passed');
    await cardOf(page).getByText('a webhook of the server').waitFor();
    expect((await viewOf(walk, pullRequest)).projects[0]?.analysedAt).toBe(submitted);
    expect(await isSamePage()).toBe(true);
    await page.context().close();
  });
});
