import { serveShell } from '../../host/shell/served-shell';
import { startBrowser, type TestBrowser } from '../../support/browser';
import { findInFrame } from '../../support/walk-axe';

let browser: TestBrowser;
let shell: Awaited<ReturnType<typeof serveShell>>;
beforeAll(async () => {
  browser = await startBrowser();
  shell = await serveShell();
});
afterAll(async () => {
  await browser.close();
  await shell.stop();
});

afterEach(() => browser.closeWindows());

const paths = [
  '/workshop/workspace/repositories/',
  '/workshop/repository/src/',
  '/workshop/repository/branches/',
  '/workshop/repository/commits/',
  '/workshop/repository/pull-requests/',
  '/workshop/repository/pull-requests/1',
  '/workshop/repository/pull-requests/1/diff',
  '/workshop/workspace/settings/addon-management/',
  '/control',
  '/workshop/nothing/src/',
];

describe.each(['light', 'dark'] as const)('the shell in %s', (colorScheme) => {
  it('has nothing for axe to find on any page', async () => {
    const { page } = await browser.open({ colorScheme });
    const findings: string[] = [];

    const settings = [shell.workspacePath, shell.repositoryPath];
    for (const path of [...paths, ...settings]) {
      await page.goto(shell.shellOrigin + path);
      findings.push(...(await findInFrame(page.mainFrame())).map((found) => `${path} ${found}`));
    }

    expect(findings).toEqual([]);
  });
});

describe('the shell by keyboard', () => {
  it('opens a menu, closes it with Escape and gives the focus back', async () => {
    const { page } = await browser.open();
    await page.goto(`${shell.shellOrigin}/workshop/workspace/repositories/`);
    const menu = page.locator('.user-menu');

    await menu.locator('summary').press('Enter');
    await page.getByRole('button', { name: 'Otto Outsider' }).focus();
    await page.keyboard.press('Escape');

    expect(await menu.getAttribute('open')).toBeNull();
    expect(await menu.locator('summary').evaluate((node) => node === document.activeElement)).toBe(
      true,
    );
  });

  it('leads to a settings page of the app, whose frame takes the width of the page', async () => {
    const { page } = await browser.open();
    await page.goto(`${shell.shellOrigin}/workshop/workspace/repositories/`);

    await page.getByRole('link', { name: 'Workspace page' }).press('Enter');
    await page.getByRole('heading', { name: 'Workspace page (DEVELOPMENT)' }).waitFor();

    const frame = await page.locator('.app-page iframe').boundingBox();
    const section = await page.locator('.app-page').boundingBox();
    expect(frame?.width).toBe(section?.width);
  });

  it('acts as another person from the menu on', async () => {
    const { page } = await browser.open();
    await page.goto(`${shell.shellOrigin}/workshop/repository/src/`);

    await page.locator('.user-menu summary').click();
    await page.getByRole('button', { name: 'Otto Outsider' }).click();

    await page.getByRole('heading', { name: 'Page not found' }).waitFor();
  });
});

describe('a page of the shell that is open', () => {
  it('shows a push without a reload', async () => {
    const { page } = await browser.open();
    await page.goto(shell.pullRequestUrl);
    const before = await page.locator('#head-commit').innerText();
    const loaded = await page.evaluate(() => performance.timeOrigin);
    const head = shell.fixture.commit('one');

    await page.getByRole('button', { name: 'Push' }).click();
    await page.getByText('Pushed. Pull requests that changed: #1.').waitFor();
    await page.locator('#head-commit', { hasText: head.slice(0, 7) }).waitFor();

    expect(head.slice(0, 7)).not.toBe(before);
    expect(await page.evaluate(() => performance.timeOrigin)).toBe(loaded);
  });
});
