import { screen, waitFor, within } from '@testing-library/dom';
import userEvent from '@testing-library/user-event';
import type { ErrorBody } from '../../../src/contracts/errors';
import type { OutputOf, ProcedureName } from '../../../src/contracts/procedures';
import type { RepositoryOverview } from '../../../src/contracts/repository';
import { nothingSaid, resolveSettings } from '../../../src/domain/settings';
import { startPage } from '../../../static/settings/src/start-page';
import { bridge } from '../support/bridge-stand-in';
import { findViolations } from '../support/find-violations';
import { closePages, invoked, loadPage, reply, repositoryUuid } from '../support/open-page';

type Answers = {
  [N in ProcedureName]?: (input: never) => OutputOf<N> | ErrorBody | Promise<never>;
};

const connection = {
  connectionId: 'c1',
  name: 'Cloud',
  kind: 'sonarqube-cloud',
  url: 'https://sonarcloud.io',
  keepsBindings: false,
} as const;

const bound: RepositoryOverview['projects'][number] = {
  connectionId: 'c1',
  connectionName: 'Cloud',
  projectKey: 'acme_shop',
  projectName: 'Acme Shop',
  state: 'bound',
  dashboardUrl: 'https://sonarcloud.io/dashboard?id=acme_shop',
};

function buildOverview(part: Partial<RepositoryOverview> = {}): RepositoryOverview {
  return {
    repositoryName: 'Shop',
    repositorySlug: 'shop',
    projects: [bound],
    connections: [connection],
    ...part,
  };
}

const found = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => ({
    projectKey: `key_${from + index}`,
    name: `Service ${from + index}`,
  }));

const working: Answers = {
  'repository.overview': () => buildOverview(),
  'repository.searchProjects': () => ({ projects: found(3), locked: 0, total: 3, hasMore: false }),
  'repository.changes': () => ({ entries: [] }),
  'repository.settings': () => ({
    mergeCheckRun: { missed: 0 },
    sequence: 0,
    own: nothingSaid,
    resolved: resolveSettings([{ level: 'repository', settings: nothingSaid }]),
  }),
  'repository.snippet': () => ({ language: 'go', yaml: 'image: x\n', steps: ['Add SONAR_TOKEN.'] }),
  'repository.previewUnbind': () => ({ sentences: ['Pull requests say nothing more.'] }),
};

const unavailable: ErrorBody = { code: 'UNAVAILABLE', message: 'The server is away. Try later.' };

async function open(answers: Answers = {}) {
  const all: Readonly<Record<string, ((input: never) => unknown) | undefined>> = {
    ...working,
    ...answers,
  };
  bridge.on('getContext', () => ({
    moduleKey: 'repository-settings',
    locale: 'en-US',
    timezone: 'UTC',
    extension: { repository: { uuid: repositoryUuid } },
  }));
  bridge.on('invoke', async (call) => {
    const { functionKey, payload } = call as { functionKey: string; payload: never };
    const answer = all[functionKey];
    if (!answer) throw new Error(`No answer for "${functionKey}".`);
    return reply(await answer(payload));
  });
  await loadPage('settings', startPage);
  return userEvent.setup();
}

beforeEach(() => bridge.reset());
afterEach(closePages);

describe('the settings page of a repository', () => {
  it.each<[string, Answers]>([
    ['bound', {}],
    ['bound to nothing', { 'repository.overview': () => buildOverview({ projects: [] }) }],
    [
      'without a connection',
      { 'repository.overview': () => buildOverview({ projects: [], connections: [] }) },
    ],
    [
      'in the middle of an unbinding, with a connection that is gone',
      {
        'repository.overview': () =>
          buildOverview({
            projects: [{ ...bound, state: 'unbinding', connectionName: undefined }],
          }),
      },
    ],
    [
      'while the server is away',
      {
        'repository.searchProjects': () => unavailable,
        'repository.changes': () => unavailable,
      },
    ],
    ['denied', { 'repository.overview': () => ({ code: 'FORBIDDEN', message: 'Ask an admin.' }) }],
  ])('[L1] has no axe violation when %s', async (_, answers) => {
    await open(answers);
    await waitFor(() => expect(screen.queryByText(/Searching…|Loading…/)).toBeNull());
    await waitFor(() => expect(document.getElementById('page')?.textContent).not.toBe(''));

    expect(await findViolations()).toEqual([]);
  });

  it('[M14] marks in words what an import brought, and nothing else', async () => {
    const imported = { ...bound, projectKey: 'acme_api', importedAt: '2026-03-04T12:00:00.000Z' };
    await open({
      'repository.overview': () => buildOverview({ projects: [bound, imported] }),
    });

    await screen.findByText('acme_api');
    expect(screen.getAllByText('Imported')).toHaveLength(1);
    expect(screen.getByText(/^on Mar 4, 2026/)).toBeDefined();
    expect(await findViolations()).toEqual([]);
  });

  it('[R1] says who may see it to who may not, and nothing else', async () => {
    await open({
      'repository.overview': () => ({ code: 'FORBIDDEN', message: 'Ask an administrator.' }),
    });

    expect((await screen.findByRole('alert')).textContent).toContain('Ask an administrator.');
    expect(invoked()).toEqual(['repository.overview']);
  });

  it('tries again when it could not be read', async () => {
    let isAway = true;
    const user = await open({
      'repository.overview': () => (isAway ? unavailable : buildOverview()),
    });
    const again = await screen.findByRole('button', { name: 'Try again' });
    isAway = false;

    await user.click(again);

    expect(await screen.findByRole('cell', { name: /Acme Shop/ })).toBeDefined();
    // A call that is still on its way would be answered by the next test.
    await screen.findByText('3 projects');
  });

  it('[R3] asks once for what a person typed, and shows more only when asked', async () => {
    const asked: unknown[] = [];
    const user = await open({
      'repository.searchProjects': (input: { readonly page: number }) => {
        asked.push(input);
        return {
          projects: found(20, (input.page - 1) * 20),
          locked: 0,
          total: 10_000,
          hasMore: true,
        };
      },
    });
    await screen.findByText('10,000 projects');

    await user.type(screen.getByLabelText('Name or key'), 'serv');
    await waitFor(() => expect(asked).toHaveLength(2));
    await screen.findByText('10,000 projects');
    await user.click(await screen.findByRole('button', { name: 'Show more' }));
    await waitFor(() => expect(screen.getAllByRole('radio', { name: /Service/ })).toHaveLength(40));

    expect(asked).toMatchObject([
      { query: '', page: 1 },
      { query: 'serv', page: 1 },
      { query: 'serv', page: 2 },
    ]);
  });

  it('[R3] locks what belongs to another repository, and binds what was chosen', async () => {
    const inputs: unknown[] = [];
    const user = await open({
      'repository.searchProjects': () => ({
        projects: [
          { projectKey: 'taken', name: 'Taken', boundTo: 'other' },
          { projectKey: 'free', name: 'Free', visibility: 'private' },
        ],
        locked: 2,
        total: 4,
        hasMore: false,
      }),
      'repository.bind': (input) => {
        inputs.push(input);
        const free = { ...bound, projectKey: 'free', projectName: 'Free' };
        return buildOverview({ projects: [bound, free] });
      },
    });
    const taken = await screen.findByRole('radio', { name: /Taken.*another repository/ });
    screen.getByText('2 private projects belong to repositories that you may not see.');

    await user.click(screen.getByRole('radio', { name: /Free/ }));
    await user.type(screen.getByLabelText('Folder (optional)'), ' services/free ');
    await user.click(screen.getByRole('button', { name: 'Bind Free' }));

    expect(await screen.findByText('"Free" is bound.')).toBeDefined();
    expect((taken as HTMLInputElement).disabled).toBe(true);
    expect(inputs).toEqual([
      {
        repositoryUuid,
        connectionId: 'c1',
        projectKey: 'free',
        pathScope: 'services/free',
      },
    ]);
    expect(screen.queryByRole('button', { name: /^Bind / })).toBeNull();
  });

  it('shows a conflict with another administrator, and keeps what was chosen', async () => {
    const user = await open({
      'repository.bind': () => ({ code: 'CONFLICT', message: 'Bound to another repository.' }),
    });

    await user.click(await screen.findByRole('radio', { name: /Service 1/ }));
    await user.click(screen.getByRole('button', { name: 'Bind Service 1' }));

    expect((await screen.findByRole('alert')).textContent).toMatch(
      /Somebody else was first.*Bound to another repository/,
    );
    expect(screen.getByRole('button', { name: 'Bind Service 1' })).toBeDefined();
  });

  it('[B5] asks before it unbinds, with the focus on the question, and can be left', async () => {
    const user = await open();

    await user.click(await screen.findByRole('button', { name: 'Unbind Acme Shop' }));
    const question = await screen.findByRole('heading', { name: /Unbind “Acme Shop”/ });
    await screen.findByText('Pull requests say nothing more.');
    expect(document.activeElement).toBe(question);
    await user.click(screen.getByRole('button', { name: 'Keep it' }));

    expect(screen.queryByRole('heading', { name: /Unbind “Acme Shop”/ })).toBeNull();
    expect(invoked()).not.toContain('repository.unbind');
  });

  it('[O3] lists who changed what, and more on request', async () => {
    const entry = {
      entryId: 'e1',
      at: '2026-03-04T12:00:00.000Z',
      actor: 'ada',
      action: 'repository.bind',
      subject: { kind: 'repository', id: 'r', name: 'Shop' },
      changes: [{ field: 'project acme_shop', after: 'bound' }],
    } as const;
    const user = await open({
      'repository.changes': (input: { readonly cursor?: string }) =>
        input.cursor === undefined
          ? { entries: [{ ...entry, changes: [...entry.changes] }], nextCursor: 'next' }
          : {
              entries: [{ ...entry, changes: [...entry.changes], entryId: 'e2', actor: 'olivia' }],
            },
    });
    const section = await screen.findByRole('region', { name: 'Changes' });

    await user.click(await within(section).findByRole('button', { name: 'Show more' }));

    expect(await within(section).findByRole('cell', { name: 'olivia' })).toBeDefined();
    expect(within(section).getAllByText(/not bound → bound/)).toHaveLength(2);
    expect(within(section).queryByRole('button', { name: 'Show more' })).toBeNull();
  });

  it('[I8] shows a pipeline in the language of the repository, and in another one when asked', async () => {
    const inputs: unknown[] = [];
    const user = await open({
      'repository.snippet': (input: { readonly language?: 'maven' }) => {
        inputs.push(input);
        const { language = 'python' } = input;
        return { language, yaml: `# ${language}\n`, steps: ['Add SONAR_TOKEN.'] };
      },
    });
    const text = await screen.findByLabelText<HTMLTextAreaElement>('bitbucket-pipelines.yml');
    expect(text.value).toBe('# python\n');
    await user.selectOptions(screen.getByLabelText('Language'), 'Java with Maven');
    await screen.findByDisplayValue(/# maven/);
    await user.click(screen.getByRole('button', { name: 'Copy: bitbucket-pipelines.yml' }));

    expect(await screen.findByText('Copied.')).toBeDefined();
    expect(screen.getByText('Add SONAR_TOKEN.')).toBeDefined();
    expect(inputs).toMatchObject([{ projectKey: 'acme_shop' }, { language: 'maven' }]);
  });
});
