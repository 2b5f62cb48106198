import type { Page } from 'playwright-core';
import type { Host } from '../../host/host';
import { cardOf, panelOf, waitForState } from '../support/app-frames';
import { startBrowser, type TestBrowser } from '../support/browser';
import type { GitFixture } from '../support/git-repository';
import { startTestHost } from '../support/host';
import { createShopRepository, goodCode } from '../support/shop-repository';

// Two real analyses and a browser, perhaps beside other tests.
jest.setTimeout(180_000);

let browser: TestBrowser;
let fixture: GitFixture;
let host: Host;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser.close());
beforeEach(async () => {
  fixture = createShopRepository();
  host = await startTestHost([fixture.path]);
});
afterEach(async () => {
  await browser.closeWindows();
  await host.stop();
  fixture.remove();
});

const path = '/workshop/shop/pull-requests/1';

async function openPullRequest(): Promise<Page> {
  const { page } = await browser.open();
  await page.goto(host.url + path);
  return page;
}

describe('a pull request of a real repository', () => {
  it('[P1] shows the verdict of its head commit in the card, from a real analysis', async () => {
    await host.settle();

    const card = cardOf(await openPullRequest());

    await waitForState(card, 'Failed');
    await card.getByText(fixture.hash('feature/prices').slice(0, 7)).first().waitFor();
    expect(host.cspViolations).toEqual([]);
  });

  it('[P2] shows the conditions of the gate and the new issues with file and line in the panel', async () => {
    await host.settle();

    const panel = panelOf(await openPullRequest());

    await waitForState(panel, 'Failed');
    await panel.getByRole('row', { name: /new issues/i }).waitFor();
    await panel
      .getByText(/^src\/prices\.js:\d+$/)
      .first()
      .waitFor();
  });

  it('[F6] shows that an analysis is queued, and its verdict when it ends, without a reload', async () => {
    await host.settle();
    const page = await openPullRequest();
    await waitForState(cardOf(page), 'Failed');
    const loadedAt = await page.evaluate(() => performance.timeOrigin);
    host.sonarqube.pauseTasks();

    fixture.commit('feature/prices', { files: { 'src/prices.js': goodCode } });
    await page.getByRole('button', { name: 'Push' }).click();
    await waitForState(cardOf(page), 'Pending');
    host.sonarqube.resumeTasks();
    await host.settle();

    await waitForState(cardOf(page), 'Passed');
    await waitForState(panelOf(page), 'Passed');
    expect(await page.evaluate(() => performance.timeOrigin)).toBe(loadedAt);
    expect(host.cspViolations).toEqual([]);
  });

  it('follows the theme of the page in both frames', async () => {
    await host.settle();
    const page = await openPullRequest();
    await waitForState(cardOf(page), 'Failed');

    await page.locator('summary', { hasText: 'Theme' }).click();
    await page.getByLabel('Dark').check();

    await cardOf(page).locator('html[data-color-mode="dark"]').waitFor();
    await panelOf(page).locator('html[data-color-mode="dark"]').waitFor();
  });
});
