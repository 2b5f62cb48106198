import type { FrameLocator, Page } from 'playwright-core';
import { startBrowser, type TestBrowser } from '../support/browser';
import { startWalk, type Walk } from '../support/walk';
import { findInFrames } from '../support/walk-axe';
import { openPath } from '../support/walk-pages';

const cloudUrl = 'https://sonarqube.us';

let browser: TestBrowser;
let walk: Walk;
beforeAll(async () => {
  const organizations = [
    { key: 'free-one', name: 'Free one' },
    { key: 'at-github', name: 'At GitHub', binding: { platform: 'github', workspace: 'acme' } },
    { key: 'at-gitlab', name: 'At GitLab', binding: { platform: 'gitlab', workspace: 'acme' } },
    { key: 'other', name: 'Other', binding: { platform: 'bitbucket', workspace: 'other' } },
    { key: 'not-ours', name: 'Not ours' },
  ] as const;
  const servers = [{ url: cloudUrl, flavour: 'cloud', organizations }] as const;
  [browser, walk] = await Promise.all([startBrowser(), startWalk({ servers })]);
});
afterEach(() => browser.closeWindows());
afterAll(async () => {
  await browser.close();
  await walk.stop();
});

const cloud = () => {
  const found = walk.host.servers.get(cloudUrl);
  if (!found) throw new Error('There is no such server.');
  return found;
};

async function openTab(tab: string): Promise<{ page: Page; frame: FrameLocator }> {
  const home = await openPath(browser, walk.host, '/workshop/workspace/repositories/');
  const link = home.getByRole('link', { name: /quality gate/i });
  const path = new URL((await link.getAttribute('href')) ?? '', walk.host.url).pathname;
  const page = await openPath(browser, walk.host, path);
  page.setDefaultTimeout(10_000);
  const frame = page.frameLocator('iframe');
  await frame.getByRole('tab', { name: tab }).click();
  return { page, frame };
}

/** Connects the second Cloud with a token of somebody who administers all organizations but one. */
async function connect(frame: FrameLocator): Promise<void> {
  const administers = ['admin', 'provisioning', 'scan'] as const;
  cloud().users.add({
    login: 'sam-sso',
    name: 'Sam SSO',
    organizations: {
      'free-one': administers,
      'at-github': administers,
      'at-gitlab': administers,
      other: administers,
      'not-ours': [],
    },
  });
  await frame.getByRole('button', { name: 'Add a connection' }).click();
  await frame.getByLabel('Where is it?').selectOption('cloud-us');
  await frame.getByLabel('Name', { exact: true }).fill('Cloud US');
  await frame
    .getByLabel('Token', { exact: true })
    .fill(cloud().issueToken('t', { user: 'sam-sso' }));
  await frame.getByRole('button', { name: 'Save' }).click();
  await frame.getByText('"Cloud US" is connected.').waitFor();
}

describe('the organization of the workspace', () => {
  it('[B6] [B13] refuses organizations of other platforms and workspaces, and writes nothing', async () => {
    const { page, frame } = await openTab('Connections');
    await connect(frame);
    cloud().clearWrites();

    await frame.getByRole('tab', { name: 'Organization' }).click();
    await frame.getByLabel('Connection').selectOption('Cloud US');
    await frame.getByText(/^On SonarQube Cloud the app acts as Sam SSO/).waitFor();
    const words = async (key: string) =>
      (await frame.getByRole('article', { name: key, exact: true }).textContent()) ?? '';
    await frame.getByRole('article', { name: 'not-ours' }).waitFor();

    expect(await words('at-github')).toMatch(/bound to GitHub.*second organization/);
    expect(await words('at-gitlab')).toMatch(/bound to GitLab.*second organization/);
    expect(await words('other')).toMatch(/another Bitbucket workspace/);
    expect(await words('not-ours')).toMatch(/does not administer/);
    expect(await findInFrames(page)).toEqual([]);
    expect(cloud().writes()).toEqual([]);
  });

  it('[B10] helps who lost administrator access, in the page', async () => {
    const { frame } = await openTab('Organization');
    await frame.getByLabel('Connection').selectOption('Cloud US');
    const row = frame.getByRole('article', { name: 'not-ours' });
    await row.getByRole('button', { name: 'How to get access' }).click();

    await row.getByText(/These people belong to it: .*Sam SSO/).waitFor();
    const message = row.getByRole('textbox');
    expect(await message.inputValue()).toMatch(/organization "not-ours".*Administer Organization/);
  });

  it('[B2] makes an organization: the key is suggested, checked while typing, and a taken one refused', async () => {
    const { frame } = await openTab('Organization');
    await frame.getByLabel('Connection').selectOption('Cloud US');
    await frame.getByRole('button', { name: 'Create an organization' }).click();
    await frame.getByText('"workshop" is free.').waitFor();
    await frame.getByLabel('Key', { exact: true }).fill('free-one');
    await frame.getByText(/The key "free-one" is taken/).waitFor();
    expect(await frame.getByRole('button', { name: 'Create it' }).count()).toBe(0);
    await frame.getByLabel('Key', { exact: true }).fill('brand-new');
    await frame.getByLabel('Description (optional)').fill('<img src=x onerror=alert(1)>');
    await frame.getByRole('button', { name: 'Create it' }).click();
    await frame.getByText('"brand-new" is created. Bind it now.').waitFor();

    expect(cloud().organizations.find('brand-new')?.description).toBe(
      '<img src=x onerror=alert(1)>',
    );
    expect(walk.host.cspViolations).toEqual([]);
  });

  it('[B1] [B4] binds one that is there as it is, once, and takes one over only when asked', async () => {
    const { frame } = await openTab('Organization');
    await frame.getByLabel('Connection').selectOption('Cloud US');
    cloud().projects.add({ key: 'kept', name: 'Kept', organization: 'free-one' });
    const before = cloud().organizations.find('free-one');
    cloud().clearWrites();

    await frame.getByRole('button', { name: 'Bind free-one' }).click();
    await frame.getByText('The workspace is bound to "free-one".').waitFor();
    await frame
      .getByRole('article', { name: 'free-one' })
      .getByText('Bound', { exact: true })
      .waitFor();

    expect(cloud().projects.has('kept')).toBe(true);
    expect(cloud().organizations.find('free-one')).toEqual(before);
    expect(
      cloud()
        .writes()
        .map(({ path }) => path),
    ).toEqual(['/api/webhooks/create']);
  });

  it('[B5] is changed after a look at what that touches, with the key typed', async () => {
    const { frame } = await openTab('Organization');
    await frame.getByLabel('Connection').selectOption('Cloud US');
    await frame.getByRole('button', { name: 'Change or unbind' }).click();
    await frame.getByText('0 projects are unbound').waitFor();
    await frame.getByLabel('Type “free-one” to confirm').fill('free-one');
    await frame.getByRole('button', { name: 'Unbind', exact: true }).click();
    await frame.getByRole('progressbar').waitFor();
    await walk.host.settle();
    await walk.host.clock.advance(5_000);
    await walk.host.settle();
    await frame.getByText(/has ended/).waitFor();
    await frame.getByRole('button', { name: 'Bind free-one' }).waitFor();

    expect(cloud().webhooks()).toEqual([]);
    expect(cloud().organizations.find('free-one')).toBeDefined();
  });
});
