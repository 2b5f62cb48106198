import type { FrameLocator, Page } from 'playwright-core';
import * as z from 'zod';
import { startBrowser, type TestBrowser } from '../support/browser';
import { startWalk, type Walk } from '../support/walk';
import { findInFrames } from '../support/walk-axe';
import { accountOf } from '../support/walk-calls';
import { openPath } from '../support/walk-pages';

const serverUrl = 'https://sonar.example.com/sonar';
const bindingCount = 500;
const answersAfterMs = 200;
/** Of the platform: what a pre-uninstall function may take and call. */
const most = { calls: 100, ms: 55_000 };

const Answered = z.object({ ok: z.literal(true), data: z.unknown() });
const Connections = z.object({
  connections: z.array(z.object({ connectionId: z.string(), name: z.string() })),
});

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

/** Connects the server as an owner does, on the page. */
async function connect(page: Page, frame: FrameLocator): Promise<void> {
  await frame.getByRole('tab', { name: 'Connections' }).click();
  await frame.getByRole('button', { name: 'Add a connection' }).click();
  await frame.getByLabel('Where is it?').selectOption('server');
  await frame.getByLabel('Name', { exact: true }).fill('Company server');
  await frame.getByLabel('Address', { exact: true }).fill(serverUrl);
  await frame.getByLabel('Token', { exact: true }).fill(server().issueToken('gatehouse'));
  await frame.getByRole('button', { name: 'Test' }).click();
  await page.getByRole('button', { name: 'Allow', exact: true }).click();
  await frame.getByText(/^It works/).waitFor();
  await frame.getByRole('button', { name: 'Save' }).click();
  await frame.getByText('"Company server" is connected.').waitFor();
}

async function ask(
  moduleKey: string,
  functionKey: string,
  payload: Readonly<Record<string, unknown>>,
  extension: Readonly<Record<string, unknown>> = {},
): Promise<unknown> {
  const accountId = accountOf(walk.host, 'Olivia Owner');
  const call = { moduleKey, functionKey, accountId, payload, extension };
  return Answered.parse(await walk.host.platform.invokeResolver(call)).data;
}

/** A project of the server for each of many repositories, each bound here and by the server's own record. */
async function bindMany(): Promise<void> {
  server().platforms.add({
    key: 'bb',
    alm: 'bitbucketcloud',
    workspace: 'workshop',
    clientId: 'c',
  });
  const { connections } = Connections.parse(await ask('workspace-settings', 'connection.list', {}));
  const connectionId = connections.find(({ name }) => name === 'Company server')?.connectionId;
  const uuids = walk.host.bitbucket.addListedRepositories(bindingCount);
  for (const [index, repositoryUuid] of uuids.entries()) {
    const projectKey = `p${index}`;
    server().projects.add({ key: projectKey, name: `Project ${index}` });
    const payload = { repositoryUuid, connectionId, projectKey };
    const repository = { uuid: repositoryUuid };
    await ask('repository-settings', 'repository.bind', payload, { repository });
  }
}

const callsToServer = () =>
  walk.host.traffic.calls.filter(
    ({ kind, target }) => kind === 'egress' && target.includes('/api/'),
  ).length;

describe('the app removed with 500 bindings, and installed again', () => {
  it('[B9] removes webhooks and tokens and what fits, and takes the rest over afterwards', async () => {
    const { host } = walk;
    const { page, frame } = await openSettings();
    await connect(page, frame);
    await bindMany();
    const bound = server().bindings.list().length;
    const hooks = server().webhooks().length;

    // A server that takes its time, and an owner who removes the app.
    host.faults.add({
      target: 'sonarqube',
      times: Infinity,
      effect: { kind: 'delay', ms: answersAfterMs },
    });
    const callsBefore = callsToServer();
    const begunAt = host.clock.now();
    await page.getByRole('link', { name: 'Installed apps' }).click();
    let isGone = false;
    const gone = page
      .getByText('Uninstalled', { exact: true })
      .waitFor()
      .then(() => void (isGone = true));
    await page.getByRole('button', { name: 'Uninstall' }).click();
    while (!isGone) {
      await host.clock.advance(answersAfterMs);
      await page.evaluate(() => undefined);
    }
    await gone;
    const took = { calls: callsToServer() - callsBefore, ms: host.clock.now() - begunAt };
    const left = server().bindings.list().length;
    host.faults.clear();

    await page.getByRole('button', { name: 'Install again' }).click();
    await page.getByText('Installed', { exact: true }).waitFor();
    await host.settle();
    const again = await openSettings();
    await connect(again.page, again.frame);
    await again.frame.getByRole('tab', { name: 'Health' }).click();
    await again.frame.getByRole('button', { name: 'Compare now' }).click();
    await host.settle();
    await again.frame.getByText(/Comparing .* has ended/).waitFor();
    await again.frame.getByRole('button', { name: 'Read the list again' }).click();
    const takeOver = again.frame.getByRole('button', { name: /Bind all that only the servers/ });
    await takeOver.waitFor();
    expect(await findInFrames(again.page)).toEqual([]);
    await takeOver.click();
    await again.frame.getByText(/so far/).waitFor();
    await host.settle();
    await again.frame.getByText(new RegExp(`has ended: ${left} projects were bound`)).waitFor();
    await again.frame.getByRole('button', { name: 'Read the list again' }).click();
    await again.frame.getByText(/Nothing is known to be wrong/).waitFor();

    expect([bound, hooks]).toEqual([bindingCount, 1]);
    expect(took.calls).toBeLessThanOrEqual(most.calls);
    expect(took.ms).toBeLessThan(most.ms);
    expect(left).toBeLessThan(bindingCount - 20);
    expect(server().bindings.list()).toHaveLength(left);
  });
});
