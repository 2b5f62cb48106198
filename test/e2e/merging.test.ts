import { panelOf, waitForState } from '../support/app-frames';
import { startBrowser, type TestBrowser } from '../support/browser';
import { resultWithIssues, startWalk, type Walk } from '../support/walk';
import { findInFrames } from '../support/walk-axe';
import { viewOf } from '../support/walk-calls';
import { openPath } from '../support/walk-pages';

let browser: TestBrowser;
let walk: Walk;
beforeAll(async () => {
  [browser, walk] = await Promise.all([startBrowser(), startWalk({ hasMergeChecks: true })]);
});
afterEach(() => browser.closeWindows());
afterAll(async () => {
  await browser.close();
  await walk.stop();
});

describe('merging, as people do it', () => {
  it('[G1] [G4] [R4] is stopped by the gate until an administrator lets it pass', async () => {
    const pullRequest = await walk.openPullRequest(resultWithIssues(2));
    const page = await openPath(browser, walk.host, pullRequest.path);
    page.setDefaultTimeout(8000);
    const checks = page.getByRole('region', { name: 'Checks' });
    await checks.getByText(/Quality gate/).waitFor();
    await page.getByRole('button', { name: 'Merge' }).click();
    await page
      .locator('.flag')
      .getByText(/The quality gate failed: New issues is 2/)
      .waitFor();

    const settings = await openPath(browser, walk.host, '/workshop/shop/src/');
    settings.setDefaultTimeout(8000);
    await settings.getByRole('link', { name: /quality gate/i }).click();
    const frame = settings.frameLocator('iframe');
    await frame.getByText(/last ran the merge check/).waitFor();
    await frame.getByLabel('The gate failed').selectOption('pass');
    await frame.getByRole('button', { name: 'Save settings' }).click();
    await frame.getByText(/^Saved\. Merges follow at once/).waitFor();
    const violations = await findInFrames(settings);

    await page.getByRole('button', { name: 'Merge' }).click();
    await page.locator('.lozenge').getByText('Merged', { exact: true }).first().waitFor();
    expect(violations).toEqual([]);
    expect(
      walk.host.bitbucket.pullRequests(walk.repositoryUuid).find(({ id }) => id === pullRequest.id)
        ?.state,
    ).toBe('MERGED');
  });

  it('[A1] [A2] shows the report with its annotations on the pull request', async () => {
    const pullRequest = await walk.openPullRequest(resultWithIssues(3));

    const page = await openPath(browser, walk.host, pullRequest.path);
    page.setDefaultTimeout(8000);

    // By keyboard: frames above it still grow, and a click would land where the report was.
    const report = page.locator('.report');
    await report.getByText('Failed', { exact: true }).first().waitFor();
    await report.locator('summary', { hasText: 'Quality gate of' }).press('Enter');
    await report.getByText('3 annotations').waitFor();
  });

  it('[A2] keeps an open report open, and the same element, when an issue of it is accepted', async () => {
    const pullRequest = await walk.openPullRequest(resultWithIssues(1));
    const page = await openPath(browser, walk.host, pullRequest.path);
    page.setDefaultTimeout(8000);
    const report = page.locator('.report');
    await report.locator('summary', { hasText: 'Quality gate of' }).press('Enter');
    await report.getByText('1 annotation', { exact: true }).waitFor();
    const before = await report.elementHandle();
    const [project] = (await viewOf(walk, pullRequest)).projects;
    const { host, projectKey } = walk;

    await host.sonarqube.accept(projectKey, String(pullRequest.id), project?.issues[0]?.key ?? '');
    await host.settle();

    await report.getByText('Passed', { exact: true }).first().waitFor();
    expect(await report.getAttribute('open')).not.toBeNull();
    expect(await before.evaluate((node) => node.isConnected)).toBe(true);
  });

  it('[O2] [L1] finds out in the panel why there is no verdict', async () => {
    walk.host.sonarqube.pauseTasks();
    const pullRequest = await walk.openPullRequest();
    const page = await openPath(browser, walk.host, pullRequest.path);
    page.setDefaultTimeout(8000);
    const panel = panelOf(page);
    await waitForState(panel, 'Pending');

    await panel.getByRole('button', { name: 'Find out why' }).click();

    await panel.getByText('An analysis is queued or running.').waitFor();
    const violations = await findInFrames(page);
    walk.host.sonarqube.resumeTasks();
    await walk.host.settle();
    expect(violations).toEqual([]);
  });
});
