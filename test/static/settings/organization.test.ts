import { screen, waitFor } from '@testing-library/dom';
import { bridge } from '../support/bridge-stand-in';
import { findViolations } from '../support/find-violations';
import { closePages } from '../support/open-page';
import { openSettings, type SettingsAnswers } from '../support/open-settings';
import { buildOverview, connection, workspaceContext } from '../support/workspace-data';

const cloud = {
  ...connection,
  name: 'Cloud',
  kind: 'sonarqube-cloud',
  url: 'https://sonarcloud.io',
  actsAs: 'Ada',
} as const;
const savedAt = '2026-03-01T12:00:00.000Z';
const create = {
  kind: 'create',
  organizationKey: 'acme',
  name: 'Acme',
  description: 'We make anvils.',
} as const;

async function open(answers: SettingsAnswers = {}) {
  const user = await openSettings(workspaceContext, {
    'workspace.overview': () => buildOverview({ connections: [cloud] }),
    'organization.view': () => ({}),
    'organization.list': () => ({ organizations: [], hasMore: false }),
    'organization.draft': () => ({}),
    'organization.suggest': () => ({ name: 'Workshop', key: 'workshop' }),
    'organization.checkKey': () => ({ isFree: true, isTaken: false, message: 'It is free.' }),
    'organization.keepDraft': () => ({}),
    'organization.lostAdministrator': () => ({ people: ['Ben'], message: 'Hello, please …' }),
    ...answers,
  });
  await user.click(await screen.findByRole('tab', { name: 'Organization' }));
  return user;
}
/** What was sent to a procedure, in order. */
const sent = (name: string) =>
  bridge
    .calls('invoke')
    .map((call) => call['payload'] as { functionKey: string; payload: { draft?: unknown } })
    .filter(({ functionKey }) => functionKey === name)
    .map(({ payload }) => payload);
const kept = () => sent('organization.keepDraft').map(({ draft }) => draft);

beforeEach(() => bridge.reset());
afterEach(closePages);

describe('the organization tab', () => {
  it('[B10] keeps what is entered, and goes on with it on another visit', async () => {
    const user = await open();
    await user.click(await screen.findByRole('button', { name: 'Create an organization' }));
    await waitFor(() => expect(screen.getByLabelText<HTMLInputElement>('Key').value).not.toBe(''));
    await user.type(screen.getByLabelText('Description (optional)'), 'We make anvils.');
    await user.tab();
    await waitFor(() =>
      expect(kept().at(-1)).toEqual({
        kind: 'create',
        organizationKey: 'workshop',
        name: 'Workshop',
        description: 'We make anvils.',
      }),
    );
    closePages();

    const again = await open({ 'organization.draft': () => ({ draft: create, savedAt }) });
    await again.click(await screen.findByRole('button', { name: 'Go on creating it' }));

    expect(screen.getByLabelText<HTMLInputElement>('Key').value).toBe('acme');
    expect(screen.getByLabelText<HTMLInputElement>('Description (optional)').value).toBe(
      'We make anvils.',
    );
    await waitFor(() => expect(sent('organization.checkKey').length).toBeGreaterThan(0));
    await screen.findByText('It is free.');
  });

  it('[B10] helps who finds the key taken: people, a message, a token, and a place to come back to', async () => {
    const user = await open({
      'organization.checkKey': () => ({ isFree: false, isTaken: true, message: 'It is taken.' }),
    });
    await user.click(await screen.findByRole('button', { name: 'Create an organization' }));

    await user.click(await screen.findByRole('button', { name: 'How to get access' }));

    await screen.findByText(/These people belong to it: Ben\./);
    screen.getByLabelText('A message to send to an administrator');
    await waitFor(() =>
      expect(kept().at(-1)).toEqual({ kind: 'access', organizationKey: 'workshop' }),
    );
    await user.click(screen.getByRole('button', { name: 'Enter the token of an administrator' }));
    await screen.findByRole('heading', { name: 'Connections' });
  });

  it('[B10] [L1] shows where the person was, and forgets it', async () => {
    const draft = { kind: 'access', organizationKey: 'globex' } as const;
    const user = await open({ 'organization.draft': () => ({ draft, savedAt }) });
    await screen.findByText(/You looked for access to "globex".*2026/);
    expect(await findViolations()).toEqual([]);

    await user.click(screen.getByRole('button', { name: 'Forget it' }));

    await waitFor(() => expect(screen.queryByText(/globex/)).toBeNull());
    expect(kept()).toEqual([undefined]);
  });
});

describe('who acts', () => {
  it('[M20] is always shown, on both sides, and what was begun can be forgotten', async () => {
    const user = await open({ 'workspace.forgetDrafts': () => ({}) });

    await screen.findByText(
      /You act as Olivia Owner in the workspace Workshop\. On “Cloud” the app acts as Ada\./,
    );
    const opener = screen.getByRole('button', { name: 'Not you?', expanded: false });
    await user.click(opener);
    expect(opener.getAttribute('aria-expanded')).toBe('true');
    expect(await findViolations()).toEqual([]);
    await user.click(screen.getByRole('button', { name: 'Forget what I began' }));

    await screen.findByText('What you had begun is forgotten.');
    expect(sent('workspace.forgetDrafts')).toEqual([{}]);
  });
});

describe('an address of the other product', () => {
  it('[M20] that is entered as an organization of Cloud goes to the form of a Server', async () => {
    const user = await open();
    await user.click(screen.getByRole('tab', { name: 'Connections' }));
    await user.click(await screen.findByRole('button', { name: 'Add a connection' }));

    await user.type(
      screen.getByLabelText('Organization key (optional)'),
      'https://sonar.acme.example/sonar',
    );
    await user.click(
      await screen.findByRole('button', { name: 'Connect it as a SonarQube Server' }),
    );

    expect(screen.getByLabelText<HTMLInputElement>('Address').value).toBe(
      'https://sonar.acme.example/sonar',
    );
  });

  it('[M20] that is entered as a workspace of Bitbucket Cloud goes to the record of a Data Center', async () => {
    const user = await open({
      'workspace.overview': () => buildOverview(),
      'devOpsPlatform.list': () => ({ records: [] }),
    });
    await user.click(screen.getByRole('tab', { name: 'DevOps platforms' }));
    await user.click(await screen.findByRole('button', { name: 'Add a record' }));
    const workspace = screen.getByLabelText<HTMLInputElement>('Workspace ID');
    await user.click(workspace);
    await user.paste('https://bitbucket.org/acme/shop');
    expect(workspace.value).toBe('acme');
    await user.clear(workspace);

    await user.paste('https://git.acme.example/bitbucket/projects/SHOP/repos/web');
    await user.click(
      await screen.findByRole('button', { name: 'Make it one of Bitbucket Data Center' }),
    );

    expect(screen.getByLabelText<HTMLInputElement>('Address of Bitbucket Data Center').value).toBe(
      'https://git.acme.example/bitbucket',
    );
  });
});
