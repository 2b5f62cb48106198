import { screen, waitFor, within } from '@testing-library/dom';
import type { ConnectionView, Diagnosis } from '../../../src/contracts/connections';
import { bridge } from '../support/bridge-stand-in';
import { findViolations } from '../support/find-violations';
import { closePages, invoked } from '../support/open-page';
import { openSettings, type SettingsAnswers } from '../support/open-settings';
import {
  buildOverview,
  connection,
  operation,
  usable,
  workspaceContext,
} from '../support/workspace-data';

const diagnosis: Diagnosis = {
  code: 'tls',
  message: 'The certificate is not accepted.',
  nextStep: 'Give the server another one.',
};

async function open(
  answers: SettingsAnswers = {},
  connections: readonly ConnectionView[] = [connection],
) {
  const user = await openSettings(workspaceContext, {
    'workspace.overview': () => buildOverview({ connections: [...connections] }),
    ...answers,
  });
  await user.click(await screen.findByRole('tab', { name: 'Connections' }));
  return user;
}

/** Bitbucket's dialog about hosts: what was allowed, and whether an owner says yes. */
function setUpEgress(isAllowed: boolean) {
  const groups: unknown[] = [];
  bridge.on('__permission__egressGet', () => ({ results: groups }));
  bridge.on('__permission__egressSet', (payload) => {
    if (!isAllowed) throw new Error('Not allowed (403)');
    const { egresses } = payload as { readonly egresses: readonly unknown[] };
    groups.splice(0, groups.length, ...egresses);
    return { results: groups };
  });
}

beforeEach(() => bridge.reset());
afterEach(closePages);

describe('plan and usage of a connection', () => {
  it.each([
    [{}, ['not reported', 'not reported'], false],
    [{ plan: 'developer edition', lines: 0 }, ['developer edition', '0'], false],
    [
      { plan: 'developer edition', lines: 99_000, limit: 100_000 },
      ['developer edition', '99,000 of 100,000'],
      false,
    ],
    [
      { plan: 'developer edition', lines: 100_000, limit: 100_000 },
      ['developer edition', '100,000 of 100,000'],
      true,
    ],
  ] as const)('[I6] are shown with what is not reported (%j)', async (usage, words, isOver) => {
    await open({ 'connection.usage': () => usage });

    const plan = await screen.findByText('Plan');
    const lines = screen.getByText('Lines of code');
    expect([plan, lines].map((term) => term.nextElementSibling?.textContent)).toEqual(words);
    expect(screen.queryByText(/limit of the plan is reached/) !== null).toBe(isOver);
    expect(await findViolations()).toEqual([]);
  });

  it('[I6] say when the server does not answer, and are asked for again', async () => {
    const answers = [{ code: 'UNAVAILABLE', message: 'Away.' } as const, { lines: 5 }];
    const user = await open({ 'connection.usage': () => answers.shift() ?? {} });

    await screen.findByText('Away.');
    await user.click(screen.getByRole('button', { name: 'Try again' }));

    await screen.findByText('5');
  });
});

describe('how changes are noticed', () => {
  it.each([
    [{ webhook: 'there' }, /No message has come yet/],
    [
      { webhook: 'there', lastMessageAt: '2026-03-04T12:00:00.000Z' },
      /last message came .*Mar 4, 2026/,
    ],
    [{ webhook: 'unavailable' }, /found by asking every few minutes/],
  ] as const)('[F1] is said for each connection (%j)', async (messages, words) => {
    await open({ 'connection.messages': () => messages });

    expect(await screen.findByText(words)).toBeDefined();
  });
});

describe('the connections of the workspace', () => {
  it('[B8] are listed by name with what is known of each', async () => {
    await open({}, [
      connection,
      {
        ...connection,
        connectionId: 'c2',
        name: 'Cloud',
        kind: 'sonarqube-cloud',
        url: 'https://sonarcloud.io',
      },
    ]);

    const server = within(await screen.findByRole('article', { name: 'Server A' }));
    expect(server.getByText('SonarQube Server developer edition, 2026.3.1')).toBeDefined();
    expect(screen.getByRole('article', { name: 'Cloud' }).textContent).toContain('none chosen yet');
  });

  it('[I5] [K5] say what is wrong, what to do, and when the token ends', async () => {
    await open({}, [
      {
        ...connection,
        health: { state: 'failing', diagnosis },
        token: {
          lastCharacters: 'w1x2',
          savedAt: '2026-03-01T12:00:00.000Z',
          warning: { level: 'week', message: 'The token ends in 7 days.' },
        },
      },
    ]);

    const card = (await screen.findByRole('article', { name: 'Server A' })).textContent;
    expect(card).toMatch(/Fails.*certificate is not accepted.*another one.*ends in 7 days/);
    expect(card).toContain('ends with w1x2');
  });

  it('[I5] are tested step by step before they are saved', async () => {
    const inputs: unknown[] = [];
    setUpEgress(true);
    const user = await open(
      {
        'connection.test': (input) => {
          inputs.push(input);
          return {
            isUsable: false,
            checks: [
              { step: 'address', outcome: 'passed' },
              { step: 'reach', outcome: 'failed', diagnosis },
            ],
          };
        },
      },
      [],
    );
    await user.selectOptions(screen.getByLabelText('Where is it?'), 'server');
    await user.type(screen.getByLabelText('Address'), 'https://sonar.example.com/sonar');
    await user.type(screen.getByLabelText('Token'), 'squ_1');
    await user.click(screen.getByRole('button', { name: 'Test' }));

    const result = await screen.findByText('The connection does not work yet.');
    expect(result.parentElement?.textContent).toMatch(
      /Passed.*Failed.*The certificate.*another one/,
    );
    expect(inputs).toEqual([
      {
        kind: 'sonarqube-server',
        url: 'https://sonar.example.com/sonar',
        writesBindings: true,
        token: 'squ_1',
      },
    ]);
    expect(await findViolations()).toEqual([]);
  });

  it('[K3] of a host that was not allowed are not tried, and keep what was typed', async () => {
    setUpEgress(false);
    const user = await open({}, []);
    await user.selectOptions(screen.getByLabelText('Where is it?'), 'server');
    await user.type(screen.getByLabelText('Name'), 'Server B');
    await user.type(screen.getByLabelText('Address'), 'https://b.example.com');
    await user.type(screen.getByLabelText('Token'), 'squ_1');
    await user.click(screen.getByRole('button', { name: 'Save' }));

    expect((await screen.findByRole('alert')).textContent).toMatch(
      /may not call b\.example\.com.*ask an owner/,
    );
    expect(screen.getByLabelText<HTMLInputElement>('Name').value).toBe('Server B');
    expect(invoked()).toEqual(['workspace.overview']);
  });

  it('[K3] ask for a host once, beside those that were allowed before', async () => {
    setUpEgress(true);
    const user = await open({ 'connection.test': () => usable }, []);
    await user.selectOptions(screen.getByLabelText('Where is it?'), 'server');
    for (const url of [
      'https://b.example.com/x',
      'https://c.example.com',
      'https://c.example.com',
    ]) {
      await user.clear(screen.getByLabelText('Address'));
      await user.type(screen.getByLabelText('Address'), url);
      await user.click(screen.getByRole('button', { name: 'Test' }));
      await screen.findByText(/The connection works: acts as Ada/);
    }

    const asked = bridge.calls('__permission__egressSet').map(({ payload }) => payload);
    expect(asked).toMatchObject([
      {
        egresses: [
          { key: 'analysis-servers-1', configured: [{ domain: 'https://b.example.com' }] },
        ],
      },
      {
        egresses: [
          {
            key: 'analysis-servers-1',
            configured: [{ domain: 'https://b.example.com' }, { domain: 'https://c.example.com' }],
          },
        ],
      },
    ]);
  });

  it('[K1] forget the token that was typed once it is saved, and never fill it in', async () => {
    const inputs: unknown[] = [];
    const user = await open({
      'connection.add': (input) => {
        inputs.push(input);
        return { connection: { ...connection, connectionId: 'c2', name: 'EU' }, test: usable };
      },
    });
    await user.click(screen.getByRole('button', { name: 'Add a connection' }));
    await user.type(screen.getByLabelText('Name'), 'EU');
    await user.type(screen.getByLabelText('Organization key (optional)'), 'acme');
    await user.type(screen.getByLabelText('Token'), 'squ_secret');
    await user.click(screen.getByRole('button', { name: 'Save' }));

    await screen.findByText('"EU" is connected.');
    expect(inputs).toEqual([
      {
        kind: 'sonarqube-cloud',
        name: 'EU',
        url: 'https://sonarcloud.io',
        organizationKey: 'acme',
        token: 'squ_secret',
      },
    ]);
    expect(document.body.innerHTML).not.toContain('squ_secret');
    await user.click(screen.getByRole('button', { name: 'Edit Server A' }));
    expect(screen.getByLabelText<HTMLInputElement>('Token').value).toBe('');
    expect(screen.getByText(/keep the one that ends with w1x2/)).toBeDefined();
  });

  it('[K2] ask for the token again when the address changes', async () => {
    setUpEgress(true);
    const user = await open();
    await user.click(await screen.findByRole('button', { name: 'Edit Server A' }));
    expect(screen.getByRole('button', { name: 'Save' })).toBeDefined();

    await user.type(screen.getByLabelText('Address'), '2');

    expect(screen.getByText(/the token is needed again/)).toBeDefined();
    expect(screen.queryByRole('button', { name: 'Save' })).toBeNull();
  });

  it('keep what was typed when somebody else was first', async () => {
    setUpEgress(true);
    const user = await open({
      'connection.update': () => ({ code: 'CONFLICT', message: 'Reload it and look.' }),
    });
    await user.click(await screen.findByRole('button', { name: 'Edit Server A' }));
    await user.type(screen.getByLabelText('Name'), ' 2');
    await user.click(screen.getByRole('button', { name: 'Save' }));

    expect((await screen.findByRole('alert')).textContent).toContain('Somebody else was first');
    expect(screen.getByLabelText<HTMLInputElement>('Name').value).toBe('Server A 2');
  });

  it('[K5] keep the old token when the new one does not work', async () => {
    const user = await open({
      'connection.rotateToken': () => ({ code: 'INVALID_INPUT', message: 'Nothing was saved.' }),
    });
    await user.click(await screen.findByRole('button', { name: 'Rotate token of Server A' }));
    const question = await screen.findByRole('heading', { name: /New token/ });
    await waitFor(() => expect(document.activeElement).toBe(question));
    await user.type(screen.getByLabelText('Token'), 'squ_2');
    await user.click(screen.getByRole('button', { name: 'Try it and save it' }));

    expect((await screen.findByRole('alert')).textContent).toContain('Nothing was saved.');
    await user.keyboard('{Escape}');
    expect(screen.queryByLabelText('Token')).toBeNull();
  });

  it('[B8] cannot be deleted while they are used, and say by whom', async () => {
    const user = await open({
      'connection.uses': () => ({
        uses: [{ repositoryUuid: 'r1', repositoryName: 'Shop', projectKey: 'acme_shop' }],
      }),
    });
    await user.click(await screen.findByRole('button', { name: 'Delete Server A' }));

    expect((await screen.findByText(/Shop:/)).textContent).toContain('acme_shop');
    expect(screen.queryByRole('button', { name: 'Delete the connection' })).toBeNull();
    expect(await findViolations()).toEqual([]);
  });

  it('[B8] are deleted when nobody uses them', async () => {
    const inputs: unknown[] = [];
    const user = await open({
      'connection.uses': () => ({ uses: [] }),
      'connection.remove': (input) => {
        inputs.push(input);
        return {};
      },
    });
    await user.click(await screen.findByRole('button', { name: 'Delete Server A' }));
    await user.click(await screen.findByRole('button', { name: 'Delete the connection' }));

    await screen.findByText('"Server A" is deleted.');
    expect(inputs).toEqual([{ connectionId: 'c1', sequence: 4 }]);
  });

  it('[B5] are disconnected after a look at what that touches, and the name typed', async () => {
    const user = await open({
      'connection.previewDisconnect': () => ({
        projects: 1000,
        isMore: true,
        hasWebhook: true,
        sample: [{ repositoryUuid: 'r1', repositoryName: 'Shop', projectKey: 'acme_shop' }],
      }),
      'connection.disconnect': () => ({ operation }),
      'operation.view': () => operation,
    });
    await user.click(await screen.findByRole('button', { name: 'Disconnect Server A' }));
    expect((await screen.findByText(/1000 or more/)).textContent).toContain('unbound');
    expect(screen.queryByRole('button', { name: 'Disconnect' })).toBeNull();
    const question = screen.getByRole('heading', { name: /^Disconnect/ });
    await waitFor(() => expect(document.activeElement).toBe(question));
    await user.type(screen.getByLabelText('Type “Server A” to confirm'), 'Server A');
    await user.click(screen.getByRole('button', { name: 'Disconnect' }));

    expect(await screen.findByText(operation.message)).toBeDefined();
    expect(screen.getByRole('progressbar')).toBeDefined();
  });
});
