import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chromium, type Browser, type Locator, type Page } from 'playwright-core';
import { cardOf } from '../test/support/app-frames';
import { median } from './table';

const runs = 7;

/** Fast 3G as in the DevTools of Chromium, and a CPU four times slower. */
const slowDevice = {
  network: {
    offline: false,
    latency: 562.5,
    downloadThroughput: (1.44 * 1024 * 1024) / 8,
    uploadThroughput: (675 * 1024) / 8,
  },
  cpuSlowdown: 4,
} as const;

/** The least that shows a verdict: 1.7 KB in one round trip, without a script and without a bridge. */
const staticPage = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Floor</title><style>${'body{font:14px sans-serif;margin:16px}'.repeat(
  40,
)}</style></head><body><h1>Quality gate</h1><span class="lozenge">Failed</span></body></html>`;

const markName = 'gatehouse-verdict';

/** Runs in every document before anything else: marks when its first verdict was painted. */
function markFirstVerdict(name: string): void {
  function look(): boolean {
    if (!document.querySelector('.lozenge')) return false;
    // Two frames later the browser has painted it.
    requestAnimationFrame(() => requestAnimationFrame(() => performance.mark(name)));
    return true;
  }
  if (look()) return;
  const observer = new MutationObserver(() => {
    if (look()) observer.disconnect();
  });
  observer.observe(document, { childList: true, subtree: true });
}

/** Milliseconds from the navigation of the document that holds this element until its verdict was painted. */
async function readMark(root: Locator): Promise<number> {
  // A frame is empty before it shows the app's document.
  await root.locator('.lozenge').first().waitFor();
  return root.evaluate(async (_element, name) => {
    for (;;) {
      const [mark] = performance.getEntriesByName(name);
      if (mark) return mark.startTime;
      await new Promise(requestAnimationFrame);
    }
  }, markName);
}

/** How long the page waited for the answer of the card's first invocation. */
async function readResolverMs(page: Page): Promise<number> {
  const card = page.getByRole('complementary', { name: 'Details' }).locator('iframe');
  return card.evaluate((iframe) => {
    const { frameId } = JSON.parse(iframe.dataset['frame'] ?? '{}') as { frameId?: string };
    const [call] = performance
      .getEntriesByType('resource')
      .filter(({ name }) => name.endsWith(`/${frameId ?? ''}/invoke`));
    if (!call) throw new Error('The card invoked nothing.');
    return call.duration;
  });
}

/** Opens a page on the slow device with a cold cache. */
async function withSlowPage<T>(
  browser: Browser,
  url: string,
  measure: (page: Page) => Promise<T>,
): Promise<T> {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.addInitScript(markFirstVerdict, markName);
    const devtools = await context.newCDPSession(page);
    await devtools.send('Network.enable');
    await devtools.send('Network.emulateNetworkConditions', slowDevice.network);
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: slowDevice.cpuSlowdown });
    await page.goto(url, { waitUntil: 'commit' });
    return await measure(page);
  } finally {
    await context.close();
  }
}

/** Medians of seven loads of one page, in milliseconds. */
export interface CardTimings {
  /** From the navigation of the card's frame to its verdict on screen. */
  readonly verdictMs: number;
  /** How much of it was waiting for the resolver: the network to it, and the function. */
  readonly resolverMs: number;
  /** The rest, load by load. */
  readonly ownMs: number;
}

export interface PageTimings {
  /** The card alone in a page. */
  readonly alone: CardTimings;
  /** The card with the panel beside it: both share a thread, as frames of one site do. */
  readonly besidePanel: CardTimings;
  /** A static page on the same device. */
  readonly floorMs: number;
}

/** Times the card of a pull request in Chromium on a slow device, with a cold cache each time. */
export async function measurePages(
  browserFile: string,
  pullRequestUrl: string,
): Promise<PageTimings> {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html').end(staticPage);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    // Chromium's own sandbox cannot start as root in a container.
    const browser = await chromium.launch({ executablePath: browserFile, args: ['--no-sandbox'] });
    try {
      return await timeLoads(browser, pullRequestUrl, urlOf(server));
    } finally {
      await browser.close();
    }
  } finally {
    server.close();
  }
}

function urlOf(server: Server): string {
  const { port } = server.address() as AddressInfo;
  return `http://127.0.0.1:${port}/`;
}

/** By turns, so that a slow moment of the machine does not fall on one kind of load only. */
async function timeLoads(
  browser: Browser,
  pullRequestUrl: string,
  floorUrl: string,
): Promise<PageTimings> {
  const alone: Load[] = [];
  const besidePanel: Load[] = [];
  const floors: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    floors.push(await withSlowPage(browser, floorUrl, (page) => readMark(page.locator('html'))));
    // The panel is on the overview only.
    alone.push(await withSlowPage(browser, `${pullRequestUrl}/commits`, readLoad));
    besidePanel.push(await withSlowPage(browser, pullRequestUrl, readLoad));
  }
  return {
    alone: toTimings(alone),
    besidePanel: toTimings(besidePanel),
    floorMs: median(floors),
  };
}

type Load = Pick<CardTimings, 'verdictMs' | 'resolverMs'>;

async function readLoad(page: Page): Promise<Load> {
  return {
    verdictMs: await readMark(cardOf(page).locator('html')),
    resolverMs: await readResolverMs(page),
  };
}

function toTimings(loads: readonly Load[]): CardTimings {
  return {
    verdictMs: median(loads.map(({ verdictMs }) => verdictMs)),
    resolverMs: median(loads.map(({ resolverMs }) => resolverMs)),
    ownMs: median(loads.map(({ verdictMs, resolverMs }) => verdictMs - resolverMs)),
  };
}
