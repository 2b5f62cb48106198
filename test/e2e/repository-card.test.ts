import type { FrameLocator, Page } from 'playwright-core';
import { startBrowser, type TestBrowser } from '../support/browser';
import { cleanResult, resultWithIssues, startWalk, type Walk } from '../support/walk';
import { findInFrames } from '../support/walk-axe';
import { serverCalls } from '../support/walk-calls';
import { openPath } from '../support/walk-pages';

let browser: TestBrowser;
let walk: Walk;
beforeAll(async () => {
  [browser, walk] = await Promise.all([
    startBrowser(),
    startWalk({
      hasMainBranchAnalysis: true,
      analyse: ({ baseCommit }) =>
        Promise.resolve(
          isWhole(baseCommit) ? { ...cleanResult, newLines: 1_234 } : resultWithIssues(1),
        ),
    }),
  ]);
});
afterEach(() => browser.closeWindows());
afterAll(async () => {
  await browser.close();
  await walk.stop();
});

const isWhole = (baseCommit: string) => baseCommit.startsWith('4b825dc');

async function openSource(person?: string): Promise<{ page: Page; card: FrameLocator }> {
  const options = person === undefined ? {} : { person };
  const page = await openPath(browser, walk.host, '/workshop/shop/src/', options);
  page.setDefaultTimeout(8000);
  const sidebar = page.getByRole('complementary', { name: 'Repository details' });
  return { page, card: sidebar.frameLocator('iframe') };
}

describe('the card on the source page', () => {
  it('[R9] shows the gate of the main branch and what the viewer chose, also after a reload', async () => {
    const { page, card } = await openSource('Ada Admin');
    await card.getByText('Passed', { exact: true }).waitFor();
    await card.getByRole('button', { name: 'Choose measures' }).click();
    await card.getByRole('checkbox', { name: 'Lines of code' }).check();
    const violations = await findInFrames(page);
    await card.getByRole('button', { name: 'Save' }).click();
    await card.getByText('1234').waitFor();
    await page.reload();
    await card.getByText('1234').waitFor();
    const other = await openSource('Olivia Owner');
    await other.card.getByText('Passed', { exact: true }).waitFor();

    expect(violations).toEqual([]);
    expect(await other.card.getByText('1234').count()).toBe(0);
    expect(walk.host.cspViolations).toEqual([]);
  });

  it('[R9] asks the server once for all viewers, and anew when the main branch was analysed', async () => {
    const { host, fixture } = walk;
    const { card } = await openSource();
    await card.getByText('Passed', { exact: true }).waitFor();
    const before = serverCalls(host, 'measures/component');
    const again = await openSource('Ada Admin');
    await again.card.getByText('Passed', { exact: true }).waitFor();
    expect(serverCalls(host, 'measures/component')).toBe(before);

    fixture.git('checkout', '--quiet', 'main', '--');
    fixture.commit('main');
    await host.bitbucket.push(walk.repositoryUuid);
    await host.settle();
    const after = serverCalls(host, 'measures/component');
    const later = await openSource();
    await later.card.getByText('Passed', { exact: true }).waitFor();

    expect(serverCalls(host, 'measures/component')).toBe(after + 1);
  });

  it('[R9] is not shown to who may not read the repository', async () => {
    const page = await openPath(browser, walk.host, '/workshop/shop/src/', {
      person: 'Otto Outsider',
    });

    expect(await page.locator('iframe').count()).toBe(0);
  });
});

describe('the action of a pull request', () => {
  it('[F5] [O2] re-reads now and finds out why, in a dialog of its own', async () => {
    const { host } = walk;
    const pullRequest = await walk.openPullRequest();
    const page = await openPath(browser, host, pullRequest.path);
    page.setDefaultTimeout(8000);
    await page.getByLabel('More actions').click();
    await page.getByRole('button', { name: /^Quality gate/ }).click();
    const frame = page.locator('dialog').frameLocator('iframe');
    await frame.locator('.header').getByText('Failed', { exact: true }).waitFor();
    const before = serverCalls(host, 'qualitygates/project_status');

    await frame.getByRole('button', { name: 'Refresh' }).click();
    await frame
      .getByText(/Nothing changed|unchanged/i)
      .first()
      .waitFor();
    await frame.getByRole('button', { name: 'Find out why' }).click();
    await frame
      .getByText(/analysed/i)
      .first()
      .waitFor();
    const violations = await findInFrames(page);

    expect(serverCalls(host, 'qualitygates/project_status')).toBeGreaterThan(before);
    expect(violations).toEqual([]);
  });
});
