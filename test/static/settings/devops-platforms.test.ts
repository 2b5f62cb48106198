import { screen } from '@testing-library/dom';
import { bridge } from '../support/bridge-stand-in';
import { findViolations } from '../support/find-violations';
import { closePages } from '../support/open-page';
import { openSettings, type SettingsAnswers } from '../support/open-settings';
import { buildOverview, connection, workspaceContext } from '../support/workspace-data';

const records = [
  { kind: 'bitbucket-cloud', key: 'our-cloud', workspace: 'acme', clientId: 'client' },
  { kind: 'bitbucket-data-center', key: 'dc', url: 'https://bitbucket.example.com' },
] as const;

async function open(answers: SettingsAnswers = {}, connections = [connection]) {
  const user = await openSettings(workspaceContext, {
    'workspace.overview': () => buildOverview({ connections }),
    'devOpsPlatform.list': () => ({ records: [...records] }),
    ...answers,
  });
  await user.click(await screen.findByRole('tab', { name: 'DevOps platforms' }));
  return user;
}

beforeEach(() => bridge.reset());
afterEach(closePages);

describe('the DevOps platform records of a Server', () => {
  it.each<[string, SettingsAnswers]>([
    ['some', {}],
    ['none', { 'devOpsPlatform.list': () => ({ records: [] }) }],
    [
      'a full list',
      { 'devOpsPlatform.list': () => ({ records: [records[0]], addingRule: 'One only.' }) },
    ],
    ['no right', { 'devOpsPlatform.list': () => ({ code: 'FORBIDDEN', message: 'Rotate it.' }) }],
  ])('[L1] have no axe violation with %s', async (...row) => {
    await open(row[1]);
    await screen.findByText(/OAuth key client|no record for Bitbucket|Rotate it/);

    expect(await findViolations()).toEqual([]);
  });

  it('are for Servers: without one, the way leads to the connections', async () => {
    const cloud = { ...connection.capabilities, devOpsPlatforms: false };
    const user = await open({}, [{ ...connection, kind: 'sonarqube-cloud', capabilities: cloud }]);

    await user.click(await screen.findByRole('button', { name: 'Go to the connections' }));

    expect(screen.getByRole('tab', { name: 'Connections', selected: true })).toBeDefined();
  });

  it('[K1] are made with credentials that are forgotten once they are sent', async () => {
    const inputs: unknown[] = [];
    const user = await open({
      'devOpsPlatform.create': (input) => {
        inputs.push(input);
        return {};
      },
    });
    await user.click(await screen.findByRole('button', { name: 'Add a record' }));
    await user.type(screen.getByLabelText('Configuration name'), 'new');
    await user.type(screen.getByLabelText('Workspace ID'), 'acme');
    await user.type(screen.getByLabelText('OAuth key'), 'client');
    await user.type(screen.getByLabelText('OAuth secret'), '{{aes-gcm}x==');
    expect(await findViolations()).toEqual([]);
    await user.click(screen.getByRole('button', { name: 'Save on the server' }));

    await screen.findByText('"new" is saved on the server.');
    await screen.findByText(/OAuth key client/);
    expect(inputs).toMatchObject([{ record: { clientSecret: '{aes-gcm}x==' } }]);
    expect(document.body.innerHTML).not.toContain('x==');
  });

  it('[K2] say that the token is needed again once the address changes, and keep what was typed', async () => {
    const user = await open({
      'devOpsPlatform.update': () => ({
        code: 'INVALID_INPUT',
        message: 'Please provide the Personal Access Token to update the URL.',
      }),
    });
    await user.click(await screen.findByRole('button', { name: 'Edit dc' }));
    const address = screen.getByLabelText<HTMLInputElement>('Address of Bitbucket Data Center');
    await user.type(address, '/git');
    expect(screen.getByText(/token is needed again/)).toBeDefined();
    await user.click(screen.getByRole('button', { name: 'Save on the server' }));

    expect((await screen.findByRole('alert')).textContent).toContain('Please provide');
    expect(address.value).toBe('https://bitbucket.example.com/git');
  });

  it('say what the server found wrong', async () => {
    const user = await open({
      'devOpsPlatform.validate': () => ({ problems: ['The consumer is not private.'] }),
    });

    await user.click(await screen.findByRole('button', { name: 'Validate our-cloud' }));

    expect(await screen.findByText('The consumer is not private.')).toBeDefined();
  });

  it('say how many projects lose their binding before they are deleted', async () => {
    const deleted: unknown[] = [];
    const user = await open({
      'devOpsPlatform.countProjects': () => ({ projects: 12 }),
      'devOpsPlatform.delete': (input) => {
        deleted.push(input);
        return {};
      },
    });
    await user.click(await screen.findByRole('button', { name: 'Delete our-cloud' }));
    await screen.findByText('12 projects use it and lose their binding on the server.');
    await user.click(screen.getByRole('button', { name: 'Delete the record' }));

    await screen.findByText('"our-cloud" is deleted on the server.');
    expect(deleted).toEqual([{ connectionId: 'c1', key: 'our-cloud' }]);
  });
});
