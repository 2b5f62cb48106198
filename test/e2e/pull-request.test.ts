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

async function openPullRequest(person?: string): Promise<Page> {
  const { page } = await browser.open();
  if (person !== undefined) {
    await page.goto(host.url);
    await page.locator('.user-menu summary').click();
    await page.getByRole('button', { name: person }).click();
  }
  await page.goto(host.url + path);
  return page;
}

/** Resolves when the app asks the analysis server. */
function nextCallToServer(): Promise<void> {
  return new Promise((resolve) => {
    const stop = host.traffic.onCall(({ kind }) => {
      if (kind !== 'egress') return;
      stop();
      resolve();
    });
  });
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

  it('[F5] says when a refresh by hand found nothing new', async () => {
    await host.settle();
    const card = cardOf(await openPullRequest());
    await waitForState(card, 'Failed');

    await card.getByRole('button', { name: 'Refresh' }).click();

    await card.getByText('Nothing changed').first().waitFor();
  });

  it.each([
    ['a page of HTML', { kind: 'answer', status: 200, body: '<!doctype html><p>Sign in' }],
    ['nothing', { kind: 'answer', status: 200, body: '' }],
    ['half an answer', { kind: 'truncate', characters: 20 }],
    ['10 MB', { kind: 'answer', status: 200, body: ' '.repeat(10_000_000) }],
    ['a broken connection', { kind: 'break' }],
  ] as const)(
    'shows the last known verdict when the server answers with %s',
    async (_words, effect) => {
      await host.settle();
      const card = cardOf(await openPullRequest());
      await waitForState(card, 'Failed');
      host.faults.add({ target: 'sonarqube', times: Infinity, effect });

      await host.clock.advance(60_000);
      const asked = nextCallToServer();
      await card.getByRole('button', { name: 'Refresh' }).click();
      await asked;
      // A call that may be repeated is repeated after a pause of host time.
      await host.clock.advance(20_000);
      await waitForState(card, 'Unreachable');
      await card.getByText('Failed', { exact: true }).first().waitFor();
      host.faults.clear();
      await host.clock.advance(60_000);
      await card.getByRole('button', { name: 'Refresh' }).click();

      await waitForState(card, 'Failed');
    },
  );

  it('is not there for a person without access', async () => {
    await host.settle();

    const page = await openPullRequest('Milo Member');

    await page.getByRole('heading', { name: 'Page not found' }).waitFor();
    expect(await page.locator('iframe').count()).toBe(0);
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
