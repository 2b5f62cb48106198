import type { BrowserContext, Page } from 'playwright-core';
import type { Host } from '../../host/host';
import type { TestBrowser } from './browser';
import { accountOf } from './walk-calls';

/** Makes a window act as this person from its next page on. */
async function actAs(context: BrowserContext, host: Host, person: string): Promise<void> {
  const { port } = new URL(host.url);
  const value = encodeURIComponent(accountOf(host, person));
  await context.addCookies([{ name: `gatehouse_user_${port}`, value, url: host.url }]);
}

/** Opens a page of the host in a new window, as this person. */
export async function openPath(
  browser: TestBrowser,
  host: Host,
  path: string,
  { person }: { readonly person?: string } = {},
): Promise<Page> {
  const { page, context } = await browser.open();
  if (person !== undefined) await actAs(context, host, person);
  await page.goto(host.url + path);
  return page;
}
