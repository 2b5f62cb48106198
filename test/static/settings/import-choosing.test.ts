import { screen, waitFor, within } from '@testing-library/dom';
import { closePages } from '../support/open-page';
import { inputsOf } from '../support/open-section';
import { connection } from '../support/workspace-data';
import { buildRun, operation, repositories, uuidOf } from './import-data';
import { open, reset, started } from './open-import';

beforeEach(reset);
afterEach(closePages);

describe('choosing what is imported', () => {
  it('[M11] shows what is bound with its project, and does not let it be ticked', async () => {
    await open({});

    const bound = await screen.findByRole<HTMLInputElement>('checkbox', { name: /Repo 2/ });
    expect(bound.disabled).toBe(true);
    expect(screen.getByText('Bound to by_hand')).toBeDefined();
    expect(screen.getByText('Private, a fork')).toBeDefined();
  });

  it('[M2] plans those that are ticked one by one', async () => {
    const run = buildRun({ state: 'planning', operation: { ...operation, kind: 'planImport' } });
    const user = await open({ 'import.plan': () => ({ run }) });
    expect(await screen.findByText('Tick the repositories that you want to import.')).toBeDefined();

    await user.click(await screen.findByRole('checkbox', { name: /Repo 0/ }));
    await user.click(screen.getByRole('checkbox', { name: /Repo 1/ }));
    await user.click(screen.getByRole('checkbox', { name: /Repo 1/ }));
    await user.click(screen.getByRole('button', { name: 'Plan the import of 1 repository' }));

    await waitFor(() => expect(started).toMatchObject([{ kind: 'planImport' }]));
    expect(inputsOf('import.plan')).toMatchObject([
      {
        connectionId: 'c1',
        selection: { kind: 'named', repositoryUuids: [uuidOf(0)] },
        options: { keyPrefix: 'acme_', parallel: 4, newCode: { kind: 'server' } },
      },
    ]);
    expect(await screen.findByText('Planning an import into Server A')).toBeDefined();
  });

  it('[M2] sends the filter and not the repositories for all that match, but those that were unticked', async () => {
    const user = await open({
      'import.repositories': () => ({
        repositories: [...repositories],
        total: 1_234,
        hasMore: true,
      }),
      'import.plan': () => ({ run: buildRun({ state: 'planning' }) }),
    });
    await user.type(await screen.findByLabelText('Repositories with this in their name'), 'rep');
    await user.click(await screen.findByRole('button', { name: 'All 1,234' }));
    await user.click(screen.getByRole('checkbox', { name: /Repo 1/ }));

    await user.click(screen.getByRole('button', { name: 'Plan the import of 1,233 repositories' }));

    await waitFor(() =>
      expect(inputsOf('import.plan')).toMatchObject([
        { selection: { kind: 'matching', query: 'rep', except: [uuidOf(1)] } },
      ]),
    );
  });

  it('[M1] asks once for each text that a person settles on', async () => {
    const user = await open({});
    await screen.findByText('3 repositories');

    await user.type(screen.getByLabelText('Repositories with this in their name'), 'api "\\%');

    await waitFor(() => expect(inputsOf('import.repositories')).toHaveLength(2));
    expect(inputsOf('import.repositories')).toEqual([
      { query: '', page: 1 },
      { query: 'api "\\%', page: 1 },
    ]);
  });

  it('[M25] sends the prefix and new code that were chosen', async () => {
    const user = await open({ 'import.plan': () => ({ run: buildRun() }) });
    const prefix = await screen.findByLabelText('Beginning of the project keys');
    await user.clear(prefix);
    await user.type(prefix, 'team:');
    await user.selectOptions(screen.getByLabelText('New code'), 'days');
    await user.click(await screen.findByRole('button', { name: 'All 3' }));

    await user.click(screen.getByRole('button', { name: /^Plan the import of 3/ }));

    await waitFor(() =>
      expect(inputsOf('import.plan')).toMatchObject([
        { options: { keyPrefix: 'team:', newCode: { kind: 'days', days: 30 } } },
      ]),
    );
  });

  it('[M19] says what comes along, and what does not and why', async () => {
    const user = await open({});

    await user.click(await screen.findByText('What is imported and what is not'));

    const row = (name: string) => screen.getByRole('row', { name: new RegExp(`^${name}`) });
    expect(within(row('Visibility')).getByText('Copied')).toBeDefined();
    expect(within(row('Pull requests')).getByText('Linked')).toBeDefined();
    expect(within(row('Approvals')).getByText('Stays in Bitbucket')).toBeDefined();
    expect(within(row('First analysis')).getByText('Not available')).toBeDefined();
  });

  it('leads to the connections where there is none that takes projects', async () => {
    await open({}, { connections: [{ ...connection, kind: 'sonarqube-cloud' }] });

    expect(
      await screen.findByText(/no connection that projects can be made through/),
    ).toBeDefined();
    expect(screen.getByRole('button', { name: 'Go to the organization' })).toBeDefined();
  });
});
