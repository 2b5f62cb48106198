import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StateInUseError } from '../../host/launch/state-lock';
import { cardOf, waitForState } from '../support/app-frames';
import { startBrowser, type TestBrowser } from '../support/browser';
import { createFolder, type GitFixture } from '../support/git-repository';
import { startTestHost } from '../support/host';
import { createShopRepository } from '../support/shop-repository';

// Two real analyses and a browser, perhaps beside other tests.
jest.setTimeout(180_000);

let browser: TestBrowser;
let stateDirectory: string;
let fixture: GitFixture;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser.close());
beforeEach(() => {
  stateDirectory = mkdtempSync(join(tmpdir(), 'gatehouse-restart-'));
  fixture = createShopRepository();
});
afterEach(async () => {
  await browser.closeWindows();
  fixture.remove();
  rmSync(stateDirectory, { recursive: true });
});

describe('a host that is started again', () => {
  it('shows what it knew, and analyses nothing again', async () => {
    const first = await startTestHost([fixture.path], { stateDirectory });
    await first.settle();
    await first.stop();
    let analyses = 0;

    const second = await startTestHost([fixture.path], {
      stateDirectory,
      analyse() {
        analyses += 1;
        return Promise.reject(new Error('nothing is to be analysed'));
      },
    });
    await second.settle();
    const { page } = await browser.open();
    await page.goto(`${second.url}/workshop/shop/pull-requests/1`);

    await waitForState(cardOf(page), 'Failed');
    expect(analyses).toBe(0);
    expect(second.connectionId).toBe(first.connectionId);
    await second.stop();
  });

  it('refuses the state of a host that still runs', async () => {
    const first = await startTestHost([fixture.path], { stateDirectory });

    await expect(startTestHost([fixture.path], { stateDirectory })).rejects.toThrow(
      StateInUseError,
    );
    await first.stop();
  });

  it('starts with nothing when told to be fresh', async () => {
    const first = await startTestHost([fixture.path], { stateDirectory });
    await first.settle();
    await first.stop();

    const second = await startTestHost([fixture.path], { stateDirectory, isFresh: true });
    await second.settle();

    expect(second.bitbucket.repositories()).toHaveLength(1);
    await second.stop();
  });
});

describe('a host that was given a folder that is no repository', () => {
  it('says so on the list and shows the rest', async () => {
    const folder = createFolder();
    const lines: string[] = [];
    const host = await startTestHost([folder.path, fixture.path], {
      log: (line) => lines.push(line),
    });
    const { page } = await browser.open();

    await page.goto(host.url);

    await page.getByText(/is not a git repository/).waitFor();
    await page.getByRole('link', { name: 'shop', exact: true }).waitFor();
    expect(lines.join('\n')).toContain(`${folder.path} is left out`);
    await host.stop();
    folder.remove();
  });
});
