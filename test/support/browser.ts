import { existsSync } from 'node:fs';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';

/** The browser of the tests; `npm test` names it in GATEHOUSE_CHROMIUM. */
function executablePath(): string {
  const names = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome'];
  const installed = names.map((name) => `/usr/bin/${name}`).find((path) => existsSync(path));
  const path = process.env['GATEHOUSE_CHROMIUM'] ?? installed;
  if (path === undefined) {
    throw new Error(
      'These tests need Chromium; npm test brings it, or name one in GATEHOUSE_CHROMIUM.',
    );
  }
  return path;
}

/** Long enough for a machine that is busy with other tests; a test that fails waits this long. */
const timeoutMs = 60_000;

export interface TestBrowser {
  /** A new person's window: own cookies, and every console error and page error fails the test that asks for them. */
  open(options?: { readonly colorScheme?: 'light' | 'dark' }): Promise<TestWindow>;
  /** Closes what was opened: a page whose host is gone would go on asking for it. */
  closeWindows(): Promise<void>;
  close(): Promise<void>;
}

export interface TestWindow {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What the page complained about. */
  readonly complaints: readonly string[];
}

/** Starts one Chromium for a test file. */
export async function startBrowser(): Promise<TestBrowser> {
  const browser: Browser = await chromium.launch({
    executablePath: executablePath(),
    // Tests run as root in containers, where Chromium's own sandbox cannot start.
    args: [
      '--no-sandbox',
      '--disable-dev-shm-usage',
      '--disable-gpu',
      '--force-device-scale-factor=1',
    ],
  });
  return {
    async open({ colorScheme = 'light' } = {}) {
      const context = await browser.newContext({
        colorScheme,
        reducedMotion: 'reduce',
        viewport: { width: 1360, height: 900 },
        locale: 'en-US',
        timezoneId: 'UTC',
      });
      const page = await context.newPage();
      page.setDefaultTimeout(timeoutMs);
      const complaints: string[] = [];
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(message.text());
      });
      return { page, context, complaints };
    },
    async closeWindows() {
      await Promise.all(browser.contexts().map((context) => context.close()));
    },
    close: () => browser.close(),
  };
}
