import { readFileSync } from 'node:fs';
import type { FrameLocator, Page } from 'playwright-core';
import { startBrowser, type TestBrowser } from '../support/browser';
import { resultWithIssues, startWalk, type Walk, type WalkPullRequest } from '../support/walk';
import { findInFrames } from '../support/walk-axe';
import { viewOf } from '../support/walk-calls';
import { openPath } from '../support/walk-pages';

const serverUrl = 'https://sonar.example.com/sonar';

let browser: TestBrowser;
let walk: Walk;
let pullRequest: WalkPullRequest;
beforeAll(async () => {
  const servers = [
    { url: serverUrl, flavour: 'server', edition: 'developer', version: '2026.3.1' },
  ] as const;
  [browser, walk] = await Promise.all([startBrowser(), startWalk({ servers })]);
  pullRequest = await walk.openPullRequest(resultWithIssues(1));
});
afterEach(() => browser.closeWindows());
afterAll(async () => {
  await browser.close();
  await walk.stop();
});

/** The page as an owner finds it: in the navigation of the workspace settings. */
async function openSettings(person?: string): Promise<{ page: Page; frame: FrameLocator }> {
  const options = person === undefined ? {} : { person };
  const home = await openPath(browser, walk.host, '/workshop/workspace/repositories/');
  const link = home.getByRole('link', { name: /quality gate/i });
  const path = new URL((await link.getAttribute('href')) ?? '', walk.host.url).pathname;
  const page = await openPath(browser, walk.host, path, options);
  page.setDefaultTimeout(8000);
  return { page, frame: page.frameLocator('iframe') };
}

async function openRepositorySettings(): Promise<{ page: Page; frame: FrameLocator }> {
  const page = await openPath(browser, walk.host, '/workshop/shop/src/');
  page.setDefaultTimeout(8000);
  await page.getByRole('link', { name: /quality gate/i }).click();
  await page.waitForURL(/\/admin\/forge\//);
  return { page, frame: page.frameLocator('iframe') };
}

const server = () => {
  const found = walk.host.servers.get(serverUrl);
  if (!found) throw new Error('There is no such server.');
  return found;
};

async function fillServer(frame: FrameLocator, token: string): Promise<void> {
  await frame.getByRole('tab', { name: 'Connections' }).click();
  await frame.getByRole('button', { name: 'Add a connection' }).click();
  await frame.getByLabel('Where is it?').selectOption('server');
  await frame.getByLabel('Name', { exact: true }).fill('Company server');
  await frame.getByLabel('Address', { exact: true }).fill(serverUrl);
  await frame.getByLabel('Token', { exact: true }).fill(token);
}

describe('the settings page of the workspace', () => {
  it('[I5] [K3] connects a Server: refused host, wrong token, then right, and each step is listed', async () => {
    const { page, frame } = await openSettings();
    const token = server().issueToken('gatehouse');
    await fillServer(frame, 'squ_wrong');

    await frame.getByRole('button', { name: 'Test' }).click();
    await page.getByRole('button', { name: 'Refuse' }).click();
    await frame.getByText(/may not call sonar\.example\.com/).waitFor();
    await frame.getByRole('button', { name: 'Test' }).click();
    await page.getByRole('button', { name: 'Allow', exact: true }).click();
    await frame.getByText('The server does not accept the token.').waitFor();
    await frame.getByLabel('Token', { exact: true }).fill(token);
    await frame.getByRole('button', { name: 'Save' }).click();
    await frame.getByText('"Company server" is connected.').waitFor();

    const card = frame.getByRole('article', { name: 'Company server' });
    await card.getByText('Works').waitFor();
    await frame.getByRole('tab', { name: 'Audit log' }).click();
    await frame.getByRole('cell', { name: /connection\.add/ }).waitFor();
    const saving = page.waitForEvent('download');
    await frame.getByRole('button', { name: 'Export as CSV' }).click();
    const file = readFileSync(await (await saving).path(), 'utf8');
    expect(file).toMatch(/^time,actor[^]*connection\.add/);
    expect([file, await frame.locator('body').textContent()].join(' ')).not.toContain(token);
    expect(walk.host.cspViolations).toEqual([]);
  });

  it('[K1] [K2] keeps the DevOps platform records of the Server, in the words of the server', async () => {
    const { frame } = await openSettings();
    await frame.getByRole('tab', { name: 'DevOps platforms' }).click();
    await frame.getByText('The server has no record for Bitbucket yet.').waitFor();
    await frame.getByRole('button', { name: 'Add a record' }).click();
    await frame.getByLabel('Which Bitbucket?').selectOption('bitbucket-data-center');
    await frame.getByLabel('Configuration name').fill('dc');
    await frame.getByLabel('Address of Bitbucket Data Center').fill('https://git.example.com');
    await frame.getByLabel('Personal access token').fill('{aes-gcm}AbC==');
    await frame.getByRole('button', { name: 'Save on the server' }).click();
    await frame.getByText('"dc" is saved on the server.').waitFor();
    const kept = server().platforms.find('dc');
    await frame.getByText(/This edition keeps one record/).waitFor();

    await frame.getByRole('button', { name: 'Edit dc' }).click();
    await frame.getByLabel('Address of Bitbucket Data Center').fill('https://new.example.com');
    await frame.getByRole('button', { name: 'Save on the server' }).click();
    await frame.getByText(/Please provide the Personal Access Token/).waitFor();
    await frame.getByRole('button', { name: 'Close' }).click();
    server().platforms.setProblems('dc', ['The token has ended.']);
    await frame.getByRole('button', { name: 'Validate dc' }).click();
    await frame.getByText('The token has ended.').waitFor();
    await frame.getByRole('button', { name: 'Delete dc' }).click();
    await frame.getByText('No project uses it.').waitFor();
    await frame.getByRole('button', { name: 'Delete the record' }).click();
    await frame.getByText('The server has no record for Bitbucket yet.').waitFor();

    expect(kept).toMatchObject({ secret: '{aes-gcm}AbC==', url: 'https://git.example.com' });
    expect(JSON.stringify(walk.host.traffic.logs)).not.toContain('AbC==');
  });

  it('[B12] [B11] [B9] keeps the record of the Server beside ours: written, followed, found and repaired', async () => {
    const { host } = walk;
    const [repository] = host.bitbucket.repositories();
    if (!repository) throw new Error('There is no repository.');
    server().platforms.add({
      key: 'bb',
      alm: 'bitbucketcloud',
      workspace: 'workshop',
      clientId: 'c',
    });
    server().projects.add({ key: 'api', name: 'API' });
    const { frame } = await openRepositorySettings();
    await frame.getByLabel('Connection').selectOption({ label: 'Company server' });
    await frame.getByLabel('Name or key').fill('api');
    await frame.getByRole('radio', { name: /API/ }).check();
    await frame.getByLabel('Folder (optional)').fill('api');
    await frame.getByRole('button', { name: /^Bind / }).click();
    await frame.getByText('The server has a record of it too.').waitFor();
    const bound = server().bindings.find('api');

    host.bitbucket.rename(repository.uuid, 'shop-2');
    await host.settle();
    const followed = server().bindings.find('api');
    // Somebody on the server points the project elsewhere.
    if (followed) server().bindings.set({ ...followed, repository: 'elsewhere' });
    const health = await openSettings();
    await health.frame.getByRole('tab', { name: 'Health' }).click();
    await health.frame.getByRole('button', { name: 'Compare now' }).click();
    await host.settle();
    await health.frame.getByText(/has ended/).waitFor();
    await health.frame.getByText(/bound to another repository on the server/).waitFor();
    expect(await findInFrames(health.page)).toEqual([]);
    await health.frame.getByRole('button', { name: /Write ours on the server/ }).click();
    await health.frame.getByText(/is repaired/).waitFor();
    const repaired = server().bindings.find('api');
    host.bitbucket.rename(repository.uuid, 'shop');

    expect(bound).toMatchObject({ setting: 'bb', repository: 'shop', monorepo: false });
    expect(followed).toMatchObject({ repository: 'shop-2' });
    expect(repaired).toMatchObject({ repository: 'shop-2' });
  });

  it('[L1] has no axe violation on its tabs and questions, in light and dark', async () => {
    const { page, frame } = await openSettings();
    const found: string[][] = [];
    for (const mode of ['light', 'dark']) {
      await frame.locator('html').evaluate((html, value) => {
        html.dataset['colorMode'] = value;
      }, mode);
      for (const tab of [
        'Overview',
        'Connections',
        'Organization',
        'DevOps platforms',
        'Merge and publishing',
        'Health',
        'Audit log',
      ]) {
        await frame.getByRole('tab', { name: tab }).click();
        await frame.getByRole('heading', { level: 2 }).first().waitFor();
        found.push(await findInFrames(page));
      }
      await frame.getByRole('tab', { name: 'Connections' }).click();
      await frame
        .getByRole('button', { name: /^Disconnect / })
        .first()
        .click();
      await frame.getByText('The token and the connection are deleted.').waitFor();
      found.push(await findInFrames(page));
      await frame.getByRole('button', { name: 'Keep it' }).click();
    }

    expect(found.flat()).toEqual([]);
  });

  it('[I3] is read-only for a member, also by its address', async () => {
    const { frame } = await openSettings('Wren Writer');

    await frame.getByText(/Administer workspace/).waitFor();
    expect(await frame.getByRole('button').count()).toBe(0);
  });

  it('[B9] [I2] disconnects: the pull request follows, and the first steps are open again', async () => {
    const { frame } = await openSettings();
    const before = await viewOf(walk, pullRequest);
    await frame.getByRole('tab', { name: 'Connections' }).click();
    const names = await frame.getByRole('article').getByRole('heading').allTextContents();

    for (const name of names) {
      await frame.getByRole('button', { name: `Disconnect ${name}` }).click();
      await frame.getByLabel(`Type “${name}” to confirm`).fill(name);
      await frame.getByRole('button', { name: 'Disconnect', exact: true }).click();
      await frame.getByRole('progressbar').waitFor();
      await walk.host.settle();
      await walk.host.clock.advance(5_000);
      await walk.host.settle();
      await frame.getByText(/has ended/).waitFor();
      await frame.getByRole('button', { name: 'Close' }).click();
    }

    expect(before.state).toBe('failed');
    expect((await viewOf(walk, pullRequest)).state).toBe('unbound');
    expect(walk.host.sonarqube.webhooks()).toEqual([]);
    expect(server().webhooks()).toEqual([]);
    await frame.getByText('No analysis server is connected yet').waitFor();
  });
});
