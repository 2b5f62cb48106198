import { cardOf, panelOf, waitForState } from '../support/app-frames';
import { startBrowser, type TestBrowser } from '../support/browser';
import { createGitRepository } from '../support/git-repository';
import { buildAnalysedIssue, cleanResult, startWalk, type Walk } from '../support/walk';
import { openPath } from '../support/walk-pages';

let browser: TestBrowser;
let walk: Walk;
beforeAll(async () => {
  [browser, walk] = await Promise.all([startBrowser(), startWalk()]);
});
afterAll(async () => {
  await browser.close();
  await walk.stop();
});

const attack = '<img src=x onerror="document.title=`taken`">';

describe('names and texts that other people chose', () => {
  it('[P1] are text on the page, whatever is in them', async () => {
    const { host } = walk;
    const path = 'src/it\'s "quoted"\n<b>ünï→code</b>.js';
    const message = `Unreachable ${attack} code\nin "quotes" – ünïcode`;
    const branch = `ünï/"it's"<img/src=x/onerror=alert(1)>`;
    const issues = [buildAnalysedIssue(1, { path, message })];
    const pullRequest = await walk.openPullRequest({ ...cleanResult, issues }, branch);

    const page = await openPath(browser, host, pullRequest.path);
    const panel = panelOf(page);
    await waitForState(panel, 'Failed');

    const item = panel.locator('.issue');
    expect(await item.locator('p').first().textContent()).toBe(message);
    expect(await item.locator('code').textContent()).toBe(`${path}:1`);
    await page.getByText(branch).first().waitFor();
    for (const place of [page, panel, cardOf(page)]) {
      expect(await place.locator('img[src="x"], main b').count()).toBe(0);
    }
    expect(await page.title()).not.toBe('taken');
    expect(host.cspViolations).toEqual([]);
    await page.context().close();
  });

  it('[P1] may name a repository, which works like any other', async () => {
    const { host } = walk;
    const fixture = createGitRepository(
      { main: [{}], 'feature/x': { from: 'main', commits: [{}] } },
      { folderName: `it's a "shop" <b>ünï</b>\nof 商店` },
    );
    const repository = await host.bitbucket.addRepository({ path: fixture.path, isPrivate: true });

    const list = await openPath(browser, host, '/');
    await list.getByText('"shop"').first().waitFor();
    expect(await list.locator('main b').count()).toBe(0);
    const page = await openPath(browser, host, `/workshop/${repository.slug}/pull-requests/1`);

    expect(repository.problem).toBeUndefined();
    await waitForState(cardOf(page), 'Not bound');
    fixture.remove();
    await list.context().close();
    await page.context().close();
  });
});
