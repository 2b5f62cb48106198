import { cardOf, panelOf, waitForState } from '../support/app-frames';
import { startBrowser, type TestBrowser } from '../support/browser';
import {
  cleanResult,
  resultWithIssues,
  startWalk,
  type Walk,
  type WalkPullRequest,
} from '../support/walk';
import { findInFrames } from '../support/walk-axe';
import { openPath } from '../support/walk-pages';

let browser: TestBrowser;
let walk: Walk;
const pages: (readonly [word: string, pullRequest: WalkPullRequest])[] = [];
beforeAll(async () => {
  [browser, walk] = await Promise.all([startBrowser(), startWalk()]);
  const { host } = walk;
  const coverage = { linesToCover: 40, coveredLines: 30 };
  const outdated = await walk.openPullRequest();
  await walk.push(outdated, new Error('The report is too large.'));
  const pending = await walk.openPullRequest(resultWithIssues(1));
  pages.push(
    ['Failed', await walk.openPullRequest({ ...resultWithIssues(12), coverage })],
    ['Passed', await walk.openPullRequest({ ...cleanResult, coverage, newLines: 19 })],
    ['Outdated', outdated],
  );
  await host.settle();
  host.sonarqube.pauseTasks();
  pages.push(['Pending', await walk.push(pending)]);
  await host.settle();
});
afterAll(async () => {
  expect(walk.host.cspViolations).toEqual([]);
  await browser.close();
  await walk.stop();
});

describe('the frames of the app', () => {
  it('[L1] have nothing for axe to find in any main state, in light and in dark', async () => {
    const findings: string[] = [];

    for (const [word, { path }] of pages) {
      const page = await openPath(browser, walk.host, path);
      await waitForState(cardOf(page), word);
      await waitForState(panelOf(page), word);
      await panelOf(page).getByRole('heading', { name: 'Conditions' }).waitFor();
      await cardOf(page).getByRole('button', { name: 'Refresh' }).waitFor();
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        for (const frame of [cardOf(page), panelOf(page)]) {
          await frame.locator(`html[data-color-mode="${colorScheme}"]`).waitFor();
        }
        const found = await findInFrames(page);
        findings.push(...found.map((finding) => `${word} in ${colorScheme}: ${finding}`));
      }
      await page.context().close();
    }

    expect(findings).toEqual([]);
  });
});

describe('the frames of the app by keyboard', () => {
  it('[L1] let a person refresh and show all issues, with the focus to be seen', async () => {
    const [, failed] = pages[0] ?? [];
    const page = await openPath(browser, walk.host, failed?.path ?? '');
    await waitForState(panelOf(page), 'Failed');
    const panel = panelOf(page);
    const showAll = panel.getByRole('button', { name: 'Show all 12 issues' });
    await showAll.waitFor();
    expect(await panel.locator('.issue').count()).toBe(10);

    const reached: string[] = [];
    for (let presses = 0; presses < 80 && !reached.includes('Show all 12 issues'); presses += 1) {
      await page.keyboard.press('Tab');
      const focused = panel.locator('button:focus');
      const text = (await focused.count()) > 0 ? await focused.innerText() : '';
      if (text === '' || reached.includes(text)) continue;
      const outline = await focused.evaluate((node) => getComputedStyle(node).outlineStyle);
      expect(`${text}: ${outline}`).not.toMatch(/none$/);
      if (text === 'Refresh') await page.keyboard.press('Enter');
      reached.push(text);
    }
    await page.keyboard.press('Enter');

    expect(reached).toContain('Refresh');
    await panel.getByRole('button', { name: 'Show fewer issues' }).waitFor();
    await panel.locator('.issue').nth(11).waitFor();
    // What the button came to was said to screen readers, and the focus was not lost.
    await panel.getByRole('status').filter({ hasText: 'Nothing changed.' }).waitFor();
    await page.context().close();
  });

  it('[L1] stay whole at 200 % zoom', async () => {
    const [, failed] = pages[0] ?? [];
    const page = await openPath(browser, walk.host, failed?.path ?? '');
    await page.setViewportSize({ width: 680, height: 450 });

    for (const frame of [cardOf(page), panelOf(page)]) {
      await waitForState(frame, 'Failed');
      const root = frame.locator('html');
      const overflow = await root.evaluate((node) => node.scrollWidth - node.clientWidth);
      expect(overflow).toBeLessThanOrEqual(0);
    }
    await page.context().close();
  });
});
