import type { FrameLocator, Page } from 'playwright-core';

/** The app's card in the sidebar of an open pull request page. */
export function cardOf(page: Page): FrameLocator {
  return page.getByRole('complementary', { name: 'Details' }).frameLocator('iframe');
}

/** The app's panel on the overview of an open pull request page. */
export function panelOf(page: Page): FrameLocator {
  return page.locator('.app-panel').frameLocator('iframe');
}

/** Waits until a frame shows this state of the verdict in words. */
export async function waitForState(frame: FrameLocator, word: string): Promise<void> {
  await frame.locator('.header').getByText(word, { exact: true }).first().waitFor();
}
