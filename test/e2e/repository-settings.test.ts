import { type FrameLocator, type Page } from 'playwright-core';
import { cardOf, waitForState } from '../support/app-frames';
import { startBrowser, type TestBrowser } from '../support/browser';
import { resultWithIssues, startWalk, type Walk, type WalkPullRequest } from '../support/walk';
import { findInFrames } from '../support/walk-axe';
import { viewOf } from '../support/walk-calls';
import { openPath } from '../support/walk-pages';

let browser: TestBrowser;
let walk: Walk;
let pullRequest: WalkPullRequest;
beforeAll(async () => {
  [browser, walk] = await Promise.all([startBrowser(), startWalk()]);
  pullRequest = await walk.openPullRequest(resultWithIssues(1));
});
afterEach(() => browser.closeWindows());
afterAll(async () => {
  await browser.close();
  await walk.stop();
});

interface OpenSettings {
  readonly page: Page;
  readonly frame: FrameLocator;
}

/** The settings page of the repository, found as a person finds it: in the navigation. */
async function openSettings(person?: string): Promise<OpenSettings> {
  const options = person === undefined ? {} : { person };
  const page = await openPath(browser, walk.host, '/workshop/shop/src/', options);
  await page.getByRole('link', { name: /quality gate/i }).click();
  await page.waitForURL(/\/admin\/forge\//);
  return { page, frame: page.frameLocator('iframe') };
}

async function unbind(frame: FrameLocator, name: string): Promise<void> {
  await frame.getByRole('button', { name: `Unbind ${name}` }).click();
  await frame.getByRole('button', { name: 'Unbind the project' }).click();
  await frame.getByText(`"${name}" is unbound.`).waitFor();
}

async function bindFound(frame: FrameLocator, key: string): Promise<void> {
  await frame.getByLabel('Name or key').fill(key);
  await frame.getByRole('radio', { name: new RegExp(key) }).check();
  await frame.getByRole('button', { name: /^Bind / }).click();
  await frame.getByText(/is bound\.$/).waitFor();
}

describe('the settings page of a repository', () => {
  it('[R1] unbinds and binds: the pull request follows, and each change is listed', async () => {
    const { page, frame } = await openSettings('Ada Admin');
    const { host, projectKey } = walk;
    const before = await viewOf(walk, pullRequest);

    await unbind(frame, 'shop');
    const unbound = await viewOf(walk, pullRequest);
    await frame.getByText(/No project is bound to shop/).waitFor();
    await bindFound(frame, projectKey);
    await frame.getByRole('cell', { name: /bound → not bound/ }).waitFor();
    await frame.getByRole('cell', { name: /not bound → bound/ }).waitFor();
    await page.close();
    const shown = await openPath(browser, host, pullRequest.path);
    await waitForState(cardOf(shown), 'Failed');

    expect([before.state, unbound.state]).toEqual(['failed', 'unbound']);
    expect(host.cspViolations).toEqual([]);
  });

  it('[L1] has no axe violation, in light and dark, also while it asks', async () => {
    const { page, frame } = await openSettings('Ada Admin');
    await frame.getByRole('radio', { name: new RegExp(walk.projectKey) }).waitFor();
    const plain = await findInFrames(page);
    await frame.getByRole('button', { name: 'Unbind shop' }).click();
    await frame.getByRole('button', { name: 'Unbind the project' }).waitFor();
    const asking = await findInFrames(page);
    await frame.getByRole('button', { name: 'Keep it' }).click();
    await frame.locator('html').evaluate((html) => (html.dataset['colorMode'] = 'dark'));
    const dark = await findInFrames(page);

    expect([plain, asking, dark]).toEqual([[], [], []]);
  });

  it('[R3] says which part is wrong of what is entered by hand, and fills it from an address', async () => {
    const { frame } = await openSettings('Ada Admin');
    await frame.getByRole('radio', { name: 'Enter it by hand' }).check();
    await frame.getByLabel('Project key').fill('https://git.example.com/projects/NOPE/repos/api');
    await frame.getByRole('button', { name: 'Check' }).click();

    await frame.getByText(/The server has no project "NOPE"/).waitFor();
    await frame.getByText(/The slug of this repository is "shop"/).waitFor();
    expect(await frame.getByLabel('Project key').inputValue()).toBe('NOPE');
    expect(await frame.getByLabel('Repository slug').inputValue()).toBe('api');

    await frame.getByLabel('Project key').fill(walk.projectKey);
    await frame.getByLabel('Repository slug').fill('shop');
    await frame.getByLabel('Repository slug').press('Enter');
    await frame.getByText('The project was found. It can be bound.').waitFor();
    await frame.getByRole('button', { name: `Bind ${walk.projectKey}` }).waitFor();
  });

  it('[B9] goes on after a crash in the middle of unbinding: again, or bound anew', async () => {
    const { host, projectKey } = walk;
    const { frame } = await openSettings('Ada Admin');
    // Every part of the page has its answer: reading costs a write too, where Bitbucket or a server was called.
    await frame.getByLabel('The gate failed').waitFor();
    await frame.getByLabel('Project to analyse').waitFor();
    for (const skip of [1, 2, 3]) {
      // Jobs write as well, and the crash is to hit the unbinding.
      await host.settle();
      host.platform.queue.pause();
      host.faults.add({
        target: 'write',
        skip,
        times: 1,
        effect: { kind: 'crash', when: 'before' },
      });
      await frame.getByRole('button', { name: /^Unbind / }).click();
      await frame.getByRole('button', { name: 'Unbind the project' }).click();
      await frame.getByText('Gatehouse did not answer').waitFor();
      host.faults.clear();
      host.platform.queue.resume();

      await bindFound(frame, projectKey);
      await host.settle();
      expect((await viewOf(walk, pullRequest)).state).not.toBe('unbound');
      await frame.getByRole('button', { name: 'Keep it' }).click();
    }
  });

  it('[K6] is not for who is no administrator of the repository', async () => {
    const page = await openPath(browser, walk.host, '/workshop/shop/src/', {
      person: 'Wren Writer',
    });

    expect(await page.getByRole('link', { name: /quality gate/i }).count()).toBe(0);
  });
});
