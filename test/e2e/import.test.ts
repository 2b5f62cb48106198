import type { FrameLocator, Page } from 'playwright-core';
import { startBrowser, type TestBrowser } from '../support/browser';
import { startWalk, type Walk } from '../support/walk';
import { findInFrames } from '../support/walk-axe';
import { openPath } from '../support/walk-pages';

const serverUrl = 'https://sonar.example.com/sonar';
/** More than one stretch of work. */
const count = 33;

let browser: TestBrowser;
let walk: Walk;
beforeAll(async () => {
  const servers = [
    { url: serverUrl, flavour: 'server', edition: 'developer', version: '2026.3.1' },
  ] as const;
  [browser, walk] = await Promise.all([startBrowser(), startWalk({ servers })]);
  walk.host.bitbucket.addListedRepositories(count);
  await connect();
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

/** What projects were asked to be made with. */
const created = () =>
  server()
    .writes()
    .filter(({ path }) => path.endsWith('/api/projects/create'))
    .map(({ parameters }) => parameters);

async function openSettings(): Promise<{ page: Page; frame: FrameLocator }> {
  const home = await openPath(browser, walk.host, '/workshop/workspace/repositories/');
  const link = home.getByRole('link', { name: /quality gate/i });
  const path = new URL((await link.getAttribute('href')) ?? '', walk.host.url).pathname;
  const page = await openPath(browser, walk.host, path);
  page.setDefaultTimeout(8000);
  return { page, frame: page.frameLocator('iframe') };
}

async function openImport() {
  const opened = await openSettings();
  await opened.frame.getByRole('tab', { name: 'Import' }).click();
  await opened.frame.getByRole('heading', { name: 'Import repositories' }).waitFor();
  return opened;
}

/** A server with a record of the workspace, whose plan is nearly used up. */
async function connect(): Promise<void> {
  server().platforms.add({
    ...{ key: 'bb', alm: 'bitbucketcloud', workspace: 'workshop', clientId: 'c' },
  });
  server().projects.add({ key: 'used', name: 'Used' });
  await server().submitMainBranch({
    ...{ projectKey: 'used', repositoryPath: walk.fixture.path, branch: 'main' },
    headCommit: walk.fixture.hash('main'),
  });
  await walk.host.settle();
  const { page, frame } = await openSettings();
  await frame.getByRole('tab', { name: 'Connections' }).click();
  await frame.getByRole('button', { name: 'Add a connection' }).click();
  await frame.getByLabel('Where is it?').selectOption('server');
  await frame.getByLabel('Name', { exact: true }).fill('Company server');
  await frame.getByLabel('Address', { exact: true }).fill(serverUrl);
  await frame.getByLabel('Token', { exact: true }).fill(server().issueToken('gatehouse'));
  await frame.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('button', { name: 'Allow', exact: true }).click();
  await frame.getByText('"Company server" is connected.').waitFor();
}

describe('importing repositories, as people do it', () => {
  it('[I6] [M1] [M2] [M10] chooses by a filter, plans, and asks before the limit of the plan is passed', async () => {
    // A key that somebody on the server has already.
    server().projects.add({ key: 'workshop_listed-00003', name: 'Theirs' });
    const { page, frame } = await openImport();
    await frame
      .getByLabel('Import into', { exact: true })
      .selectOption({ label: 'Company server' });
    await frame.getByText(`${count + 1} repositories`).waitFor();
    await frame.getByText('Bound to workshop_shop').waitFor();
    const choosing = await findInFrames(page);

    await frame.getByLabel('Repositories with this in their name').fill('listed');
    await frame.getByRole('button', { name: `All ${count}` }).click();
    await frame.getByRole('checkbox', { name: /listed-00001/ }).uncheck();
    await frame
      .getByRole('button', { name: `Plan the import of ${count - 1} repositories` })
      .press('Enter');
    await walk.host.settle();
    await frame.getByText('Plan of an import into Company server').waitFor();
    const madeByPlan = created();
    await frame.getByText('The limit of the plan would be passed').waitFor();
    await frame.getByText('about 124,000', { exact: true }).waitFor();
    await frame.getByRole('button', { name: 'Use the project: listed-00003' }).press('Enter');
    await frame.getByText('Use the project workshop_listed-00003').waitFor();
    // What is decided is to be imported now, and counts.
    await frame.getByText('about 128,000', { exact: true }).waitFor();
    const planned = await findInFrames(page);

    await frame
      .getByRole('button', { name: `Import all ${count - 1} repositories` })
      .press('Enter');
    await frame.getByText(/and its plan allows 100,000/).waitFor();
    await frame.getByRole('button', { name: /over the limit$/ }).press('Enter');
    await frame.getByText('Importing into Company server', { exact: true }).waitFor();

    expect([...choosing, ...planned]).toEqual([]);
    expect(madeByPlan).toEqual([]);
  });

  it('[M6] [M8] [M14] goes on with the page closed, and shows what came of it afterwards', async () => {
    await walk.host.settle();
    // The store of the platform allows 1,000 requests in a second, and the clock stood still.
    await walk.host.clock.advance(1_000);

    const { page, frame } = await openImport();
    await frame.getByText('Import into Company server: complete').waitFor();
    await frame.getByText(`All (${count - 1})`).waitFor({ state: 'attached' });
    const ended = await findInFrames(page);
    const saving = page.waitForEvent('download');
    await frame.getByRole('button', { name: 'Export as CSV' }).press('Enter');
    await saving;
    await frame.getByRole('button', { name: 'Import other repositories' }).press('Enter');
    await frame.getByText('Bound to workshop_listed-00002', { exact: true }).waitFor();

    expect(ended).toEqual([]);
    expect(walk.host.cspViolations).toEqual([]);
    expect(created()).toHaveLength(count - 2);
    expect(created()[0]).toMatchObject({ visibility: 'private', mainBranch: 'main' });
    expect(server().projects.has('workshop_listed-00001')).toBe(false);
    expect(server().bindings.find('workshop_listed-00033')).toMatchObject({
      ...{ setting: 'bb', repository: 'listed-00033', monorepo: false },
    });
    expect(server().bindings.find('workshop_listed-00003')).toMatchObject({
      repository: 'listed-00003',
    });
  });
});

describe('importing into SonarQube Cloud', () => {
  it('[M2] [M13] makes the project in the organization, with the main branch of the repository', async () => {
    const { page, frame } = await openImport();
    await frame.getByRole('button', { name: 'Import other repositories' }).press('Enter');
    await frame
      .getByLabel('Import into', { exact: true })
      .selectOption({ label: 'SonarQube Cloud' });
    await frame.getByLabel('Beginning of the project keys').fill('cloud_');
    await frame.getByRole('checkbox', { name: /listed-00001/ }).check();

    await frame.getByRole('button', { name: 'Plan the import of 1 repository' }).press('Enter');
    await walk.host.settle();
    await frame.getByText('Plan of an import into SonarQube Cloud').waitFor();
    // Cloud tells no plan and no lines, which is not 0.
    await frame.getByText('Lines of code used').waitFor();
    const facts = await frame.getByText('not reported').count();
    await frame.getByRole('button', { name: 'Import all 1 repository' }).press('Enter');
    await walk.host.settle();
    await walk.host.clock.advance(1_000);
    await frame.getByText('Import into SonarQube Cloud: complete').waitFor();

    expect(facts).toBeGreaterThanOrEqual(3);
    expect(await findInFrames(page)).toEqual([]);
    const { sonarqube } = walk.host;
    const written = sonarqube.writes().filter(({ path }) => /create$|rename$/.test(path));
    expect(written.slice(-2)).toMatchObject([
      {
        path: '/api/projects/create',
        parameters: { project: 'cloud_listed-00001', visibility: 'private' },
      },
      {
        path: '/api/project_branches/rename',
        parameters: { project: 'cloud_listed-00001', name: 'main' },
      },
    ]);
    expect(written.at(-2)?.parameters.organization).toMatch(/./);
  });
});
