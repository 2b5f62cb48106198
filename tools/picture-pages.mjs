// Pictures of every page of the app, in light and in dark, for a look at all of them at once.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

const width = 1280;
const tabs = [
  'Overview',
  'Connections',
  'Organization',
  'Import',
  'DevOps platforms',
  'Merge and publishing',
  'Health',
  'Audit log',
];

/** The colour mode of the host's pages and, through them, of the frames. */
async function setMode(context, host, mode) {
  await context.addCookies([{ name: 'gatehouse_theme', value: mode, url: host.url }]);
}

async function picture(page, file) {
  await page.waitForLoadState('networkidle');
  // A page is never lower than its window, so the one before would show in its height.
  await page.setViewportSize({ width, height: 600 });
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width, height: Math.max(600, Math.min(height, 2_400)) });
  await page.screenshot({ path: file, animations: 'disabled', caret: 'hide' });
}

/**
 * @param {import('playwright-core').Browser} browser
 * @param {{ url: string, bitbucket: { repositories(): readonly { slug: string }[], workspace: { slug: string } } }} host
 * @param {string} folder
 */
export async function picturePages(browser, host, folder) {
  mkdirSync(folder, { recursive: true });
  const [repository] = host.bitbucket.repositories();
  const base = `${host.url}/${host.bitbucket.workspace.slug}`;
  const files = [];
  for (const mode of ['light', 'dark']) {
    const context = await browser.newContext({
      viewport: { width, height: 900 },
      colorScheme: mode,
      reducedMotion: 'reduce',
      locale: 'en-US',
      timezoneId: 'UTC',
    });
    await setMode(context, host, mode);
    const page = await context.newPage();
    const take = async (name) => {
      const file = join(folder, `${name}-${mode}.png`);
      await picture(page, file);
      files.push(file);
    };
    await page.goto(`${base}/${repository.slug}/pull-requests/1`);
    await page.locator('.app-panel').frameLocator('iframe').getByRole('table').first().waitFor();
    await take('pull-request');
    await page.goto(`${base}/${repository.slug}/src/`);
    await page.locator('aside').frameLocator('iframe').locator('.header').first().waitFor();
    await take('repository-card');
    await page.getByRole('link', { name: /quality gate/i }).click();
    await page.frameLocator('iframe').getByLabel('The gate failed').waitFor();
    await take('repository-settings');
    await page.goto(`${base}/workspace/repositories/`);
    await page.getByRole('link', { name: /quality gate/i }).click();
    const frame = page.frameLocator('iframe');
    for (const tab of tabs) {
      await frame.getByRole('tab', { name: tab }).click();
      await frame.getByRole('tabpanel').getByRole('heading').first().waitFor();
      await take(`workspace-${tab.toLowerCase().replaceAll(' ', '-')}`);
    }
    await context.close();
  }
  return files;
}
