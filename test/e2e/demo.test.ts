import { cardOf, panelOf, waitForState } from '../support/app-frames';
import { startBrowser, type TestBrowser } from '../support/browser';
import { startWalk, type Walk } from '../support/walk';
import { findInFrames } from '../support/walk-axe';
import { openPath } from '../support/walk-pages';

let browser: TestBrowser;
let walk: Walk;
beforeAll(async () => {
  [browser, walk] = await Promise.all([startBrowser(), startWalk({ hasMergeChecks: true })]);
});
afterEach(() => browser.closeWindows());
afterAll(async () => {
  await browser.close();
  await walk.stop();
});

async function openConnections() {
  const home = await openPath(browser, walk.host, '/workshop/workspace/repositories/');
  home.setDefaultTimeout(8000);
  await home.getByRole('link', { name: /quality gate/i }).click();
  const frame = home.frameLocator('iframe');
  await frame.getByRole('tab', { name: 'Connections' }).click();
  return { page: home, frame };
}

const egress = () => walk.host.traffic.calls.filter(({ kind }) => kind === 'egress').length;

/** What is stored but for the log of changes, which is kept. */
function stored(): string {
  const { values, ...rest } = walk.host.platform.dumpStorage() as {
    readonly values: readonly { readonly entityName?: string }[];
  };
  return JSON.stringify([values.filter(({ entityName }) => entityName !== 'audit'), rest]);
}

describe('the demo, as people try it', () => {
  it('[I4] fills pages, card, panel, report and merge check, calls nobody, and leaves nothing', async () => {
    const { host, repositoryUuid } = walk;
    const { page, frame } = await openConnections();
    await frame.getByRole('button', { name: 'Try it with sample data' }).click();
    await frame.getByText(/The demo is connected/).waitFor();
    await frame.getByText(/made-up verdicts/).waitFor();
    const onSettings = await findInFrames(page);

    const settings = await openPath(browser, host, '/workshop/shop/src/');
    settings.setDefaultTimeout(8000);
    await settings.getByRole('link', { name: /quality gate/i }).click();
    const repository = settings.frameLocator('iframe');
    await repository.getByRole('button', { name: 'Unbind shop' }).click();
    await repository.getByRole('button', { name: 'Unbind the project' }).click();
    await repository.getByText('"shop" is unbound.').waitFor();
    await repository.getByLabel('Connection', { exact: true }).selectOption('Demo');
    await repository.getByRole('radio', { name: /a gate that fails/ }).check();
    await repository.getByRole('button', { name: /^Bind / }).click();
    await repository.getByText(/is bound\.$/).waitFor();
    // The analysis of a push is the other server's business.
    const pullRequest = await walk.openPullRequest();
    const calls = egress();

    const shown = await openPath(browser, host, pullRequest.path);
    shown.setDefaultTimeout(8000);
    await waitForState(cardOf(shown), 'Failed');
    await panelOf(shown)
      .getByText(/This condition is always true/)
      .waitFor();
    const check = await host.platform.runMergeCheck({
      moduleKey: 'quality-gate',
      repositoryUuid,
      pullRequestId: pullRequest.id,
      trigger: 'on-merge',
    });
    await host.settle();
    const reports = host.bitbucket.insights(repositoryUuid, pullRequest.head).reports;

    expect(onSettings).toEqual([]);
    expect(check).toMatchObject({ success: false });
    expect(reports).toMatchObject([
      { result: 'FAILED', title: expect.stringContaining('Demo') as string },
    ]);
    expect(egress()).toBe(calls);

    const leaving = await openConnections();
    await leaving.frame.getByRole('button', { name: 'Leave the demo' }).click();
    await leaving.frame.getByLabel(/Type/).fill('Demo');
    await leaving.frame.getByRole('button', { name: 'Disconnect', exact: true }).click();
    await leaving.frame
      .getByText(/Disconnecting|disconnected/)
      .first()
      .waitFor();
    await host.settle();
    // A disconnection looks once more for what was listed too late.
    await host.clock.advance(2 * 60_000);
    await host.settle();

    expect(host.bitbucket.insights(repositoryUuid, pullRequest.head).reports).toEqual([]);
    expect(stored()).not.toMatch(/demo-failing|demo\.invalid/);
  });
});
