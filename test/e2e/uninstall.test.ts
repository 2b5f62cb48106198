import type { FrameLocator, Page } from 'playwright-core';
import * as z from 'zod';
import { startBrowser, type TestBrowser } from '../support/browser';
import { startWalk, type Walk } from '../support/walk';
import { findInFrames } from '../support/walk-axe';
import { openPath } from '../support/walk-pages';

const serverUrl = 'https://sonar.example.com/sonar';
/** More than fit into the calls of an uninstall; `GATEHOUSE_BINDINGS=500` takes a minute more. */
const bindingCount = Number(process.env.GATEHOUSE_BINDINGS ?? 60);
const answersAfterMs = 200;
const secondMs = 1_000;
/** Of the platform: what a pre-uninstall function may take and call. */
const most = { calls: 100, ms: 55_000 };

let browser: TestBrowser;
let walk: Walk;
beforeAll(async () => {
  const servers = [
    { url: serverUrl, flavour: 'server', edition: 'developer', version: '2026.3.1' },
  ] as const;
  [browser, walk] = await Promise.all([startBrowser(), startWalk({ servers })]);
});
afterEach(() => browser.closeWindows());
afterAll(async () => {
  await browser.close();
  await walk.stop();
});

const server = () => {
  const found = walk.host.servers.get(serverUrl);
  if (!found) throw new Error('There is no such server.');
  return found;
};

async function openSettings(): Promise<{ page: Page; frame: FrameLocator }> {
  const page = await openPath(browser, walk.host, '/workshop/workspace/repositories/');
  page.setDefaultTimeout(20_000);
  await page.getByRole('link', { name: /quality gate/i }).click();
  return { page, frame: page.frameLocator('iframe') };
}

/** Connects the server as an owner does, on the page; where nothing is connected yet, the form is open already. */
async function connect(page: Page, frame: FrameLocator, isFirst: boolean): Promise<void> {
  await frame.getByRole('tab', { name: 'Connections' }).click();
  if (!isFirst) await frame.getByRole('button', { name: 'Add a connection' }).click();
  await frame.getByLabel('Where is it?').selectOption('server');
  await frame.getByLabel('Name', { exact: true }).fill('Company server');
  await frame.getByLabel('Address', { exact: true }).fill(serverUrl);
  await frame.getByLabel('Token', { exact: true }).fill(server().issueToken('gatehouse'));
  await frame.getByRole('button', { name: 'Test' }).click();
  await page.getByRole('button', { name: 'Allow', exact: true }).click();
  await frame.getByText('The connection works').waitFor();
  await frame.getByRole('button', { name: 'Save' }).click();
  await frame.getByText('"Company server" is connected.').waitFor();
}

/** What the server has: a project for each of many repositories, and its own record of each. */
function fillServer(): void {
  server().platforms.add({
    key: 'bb',
    alm: 'bitbucketcloud',
    workspace: 'workshop',
    clientId: 'c',
  });
  const listed = walk.host.bitbucket.addListedRepositories(bindingCount);
  for (const [index, { slug }] of listed.entries()) {
    const projectKey = `p${index}`;
    server().projects.add({ key: projectKey, name: `Project ${index}` });
    const record = { setting: 'bb', repository: slug, slug: null, monorepo: false };
    server().bindings.set({ projectKey, ...record });
  }
}

/** Compares, and binds at once all that the comparison finds; how many the page says when it has ended. */
async function takeOver(page: Page, frame: FrameLocator): Promise<number> {
  await frame.getByRole('tab', { name: 'Health' }).click();
  await frame.getByRole('button', { name: 'Compare now' }).click();
  await walk.host.settle();
  await frame.getByText(/Comparing .* has ended/).waitFor();
  await frame.getByRole('button', { name: 'Read the list again' }).click();
  const bindAll = frame.getByRole('button', { name: /Bind all that only the servers/ });
  await bindAll.waitFor();
  expect(await findInFrames(page)).toEqual([]);
  await bindAll.click();
  const ended = frame.getByText(/has ended: \d+ projects were bound/);
  await until(ended.waitFor({ timeout: 60_000 }), 5 * secondMs);
  await frame.getByRole('button', { name: 'Read the list again' }).click();
  await frame.getByText(/Nothing is known to be wrong/).waitFor();
  return Number(/ended: (\d+)/.exec((await ended.textContent()) ?? '')?.[1]);
}

/** Lets time go by until the page shows it. */
async function until(seen: Promise<void>, stepMs: number): Promise<void> {
  const state = { isSeen: false };
  const noted = seen.finally(() => {
    state.isSeen = true;
  });
  while (!state.isSeen) {
    await walk.host.clock.advance(stepMs);
    await new Promise(setImmediate);
  }
  await noted;
}

const Stored = z.array(z.object({ entityName: z.string().optional() }));

const countStored = (entityName: string) =>
  Stored.parse(walk.host.platform.dumpStorage().values).filter(
    (each) => each.entityName === entityName,
  ).length;

const callsToServer = () =>
  walk.host.traffic.calls.filter(
    ({ kind, target }) => kind === 'egress' && target.includes('/api/'),
  );

describe('the app removed with more bindings than fit into its end, and installed again', () => {
  it('[B9] removes webhooks and tokens and what fits, and takes the rest over afterwards', async () => {
    const { host } = walk;
    fillServer();
    const { page, frame } = await openSettings();
    await connect(page, frame, false);
    const first = await takeOver(page, frame);
    const bound = countStored('binding');
    const hooks = server().webhooks().length;
    // What Bitbucket lets an app call in an hour is used up.
    await host.clock.advance(3_600 * secondMs);

    // A server that takes its time, and an owner who removes the app.
    const effect = { kind: 'delay', ms: answersAfterMs } as const;
    host.faults.add({ target: 'sonarqube', times: Infinity, effect });
    const callsBefore = callsToServer().length;
    const begunAt = host.clock.now();
    await page.getByRole('link', { name: 'Installed apps' }).click();
    const gone = page.getByText('Uninstalled', { exact: true });
    await page.getByRole('button', { name: 'Uninstall' }).click();
    await until(gone.waitFor(), answersAfterMs);
    const calls = callsToServer().slice(callsBefore);
    const left = server().bindings.list().length;
    const leftHooks = server().webhooks().length;
    host.faults.clear();

    await page.getByRole('button', { name: 'Install again' }).click();
    await page.getByText('Installed', { exact: true }).waitFor();
    await host.settle();
    const again = await openSettings();
    await connect(again.page, again.frame, true);
    const second = await takeOver(again.page, again.frame);

    // One is the binding that a host starts with.
    expect([bound, hooks]).toEqual([bindingCount + 1, 1]);
    expect(calls.length).toBeLessThanOrEqual(most.calls);
    expect(Math.max(...calls.map(({ at }) => at)) - begunAt).toBeLessThan(most.ms);
    expect(leftHooks).toBe(0);
    expect(left).toBeLessThan(bindingCount - 20);
    // On a clock that stands still storage refuses some calls of a second; a bind that is begun again counts once at most.
    for (const [said, done] of [
      [first, bindingCount],
      [second, left],
    ] as const) {
      expect(said).toBeLessThanOrEqual(done);
      expect(said).toBeGreaterThan(done - 10);
    }
    expect(countStored('binding')).toBe(left);
    expect(server().bindings.list()).toHaveLength(left);
    expect(host.cspViolations).toEqual([]);
  }, 240_000);
});
