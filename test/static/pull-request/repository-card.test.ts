import { screen, waitFor, within } from '@testing-library/dom';
import userEvent from '@testing-library/user-event';
import type { CardProject, RepositoryCardView } from '../../../src/contracts/repository-card';
import { startPage } from '../../../static/pull-request/src/start-page';
import { bridge } from '../support/bridge-stand-in';
import { findViolations } from '../support/find-violations';
import { closePages, loadPage, reply, repositoryUuid } from '../support/open-page';

const project: CardProject = {
  projectKey: 'acme_shop',
  projectName: 'Acme Shop',
  state: 'passed',
  reason: 'The main branch passes its quality gate.',
  failed: [],
  analysedAt: '2026-03-04T11:00:00.000Z',
  measures: [
    { metric: 'coverage', label: 'Coverage', text: '81.3%' },
    { metric: 'violations', label: 'Issues' },
  ],
  dashboardUrl: 'https://sonarcloud.io/dashboard?id=acme_shop',
};

function buildView(part: Partial<RepositoryCardView> = {}): RepositoryCardView {
  return {
    branch: 'main',
    projects: [project],
    canBind: false,
    chosen: ['coverage', 'violations'],
    offered: [
      { metric: 'coverage', label: 'Coverage' },
      { metric: 'violations', label: 'Issues' },
      { metric: 'bugs', label: 'Bugs' },
      { metric: 'ncloc', label: 'Lines of code' },
      { metric: 'vulnerabilities', label: 'Vulnerabilities' },
      { metric: 'code_smells', label: 'Code smells' },
      { metric: 'security_rating', label: 'Security rating' },
    ],
    checkedAt: '2026-03-04T11:59:00.000Z',
    now: '2026-03-04T12:00:00.000Z',
    ...part,
  };
}

type Answers = Readonly<Record<string, (payload: unknown) => unknown>>;

async function open(view: RepositoryCardView | object, answers: Answers = {}) {
  bridge.on('getContext', () => ({
    moduleKey: 'repository-card',
    locale: 'en-US',
    timezone: 'UTC',
    extension: { type: 'bitbucket:repoCodeOverviewCard', repository: { uuid: repositoryUuid } },
  }));
  bridge.on('invoke', (sent) => {
    const { functionKey, payload } = sent as { functionKey: string; payload: unknown };
    if (functionKey === 'repositoryCard.view') return reply(view);
    const answer = answers[functionKey];
    if (!answer) throw new Error(`No answer for "${functionKey}".`);
    return reply(answer(payload));
  });
  await loadPage('pull-request', startPage);
  return userEvent.setup();
}

beforeEach(() => bridge.reset());
afterEach(closePages);

describe('the card of a repository', () => {
  it.each([
    ['passed', 'Passed'],
    ['failed', 'Failed'],
    ['none', 'No gate yet'],
    ['noPermission', 'No permission'],
    ['unreachable', 'Unreachable'],
  ] as const)('[R9] [L1] says in words that the state is %s', async (state, word) => {
    const failed = state === 'failed' ? ['New issues is 2 (at most 0)'] : [];
    await open(buildView({ projects: [{ ...project, state, failed, reason: 'This is why.' }] }));

    await screen.findByText(word);
    screen.getByText('This is why.');
    if (state === 'failed') screen.getByText('New issues is 2 (at most 0)');
    expect(await findViolations()).toEqual([]);
  });

  it('[R9] shows a dash for a measure without a value, with age and link', async () => {
    await open(buildView());

    const term = await screen.findByText('Issues');
    expect(term.nextElementSibling?.textContent).toBe('–No value');
    expect(screen.getByText('Coverage').nextElementSibling?.textContent).toBe('81.3%');
    screen.getByText('1 hour ago');
    screen.getByText('1 minute ago');
    expect(screen.getByRole('link', { name: /Open in SonarQube/ }).getAttribute('href')).toBe(
      'https://sonarcloud.io/dashboard?id=acme_shop',
    );
  });

  it('[R9] names each of several projects', async () => {
    const other = { ...project, projectKey: 'b', projectName: 'B', state: 'failed' } as const;
    await open(buildView({ projects: [project, other] }));

    await screen.findByRole('heading', { name: 'Acme Shop' });
    const second = screen.getByRole('region', { name: 'B' });
    within(second).getByText('Failed');
  });

  it('[R9] lets the viewer choose up to six measures, and reads anew', async () => {
    const sent: unknown[] = [];
    const user = await open(buildView(), {
      'repositoryCard.chooseMetrics'(payload) {
        sent.push(payload);
        return {};
      },
    });
    await user.click(await screen.findByRole('button', { name: 'Choose measures' }));
    expect(await findViolations()).toEqual([]);
    for (const label of ['Bugs', 'Lines of code', 'Vulnerabilities', 'Code smells']) {
      await user.click(screen.getByRole('checkbox', { name: label }));
    }
    const last = screen.getByRole<HTMLInputElement>('checkbox', { name: 'Security rating' });
    expect(last.disabled).toBe(true);
    await user.click(screen.getByRole('checkbox', { name: 'Issues' }));
    expect(last.disabled).toBe(false);

    await user.click(screen.getByRole('button', { name: 'Save' }));

    await waitFor(() => expect(screen.queryByRole('checkbox')).toBeNull());
    expect(sent).toEqual([
      {
        repositoryUuid,
        metrics: ['coverage', 'bugs', 'ncloc', 'vulnerabilities', 'code_smells'],
      },
    ]);
  });

  it('[R9] keeps the choice when it could not be saved, and says so', async () => {
    const user = await open(buildView(), {
      'repositoryCard.chooseMetrics': () => ({ code: 'UNAVAILABLE', message: 'Later.' }),
    });
    await user.click(await screen.findByRole('button', { name: 'Choose measures' }));
    await user.click(screen.getByRole('checkbox', { name: 'Bugs' }));

    await user.click(screen.getByRole('button', { name: 'Save' }));

    await screen.findByRole('alert');
    expect(screen.getByRole<HTMLInputElement>('checkbox', { name: 'Bugs' }).checked).toBe(true);
  });

  it('[R9] tells who cannot bind whom to ask, and offers nothing', async () => {
    await open(buildView({ projects: [], canBind: false }));

    await screen.findByText(/Ask one of its administrators/);
    expect(screen.queryByRole('button')).toBeNull();
    expect(await findViolations()).toEqual([]);
  });

  it('[R9] lets an administrator search and bind at once', async () => {
    const sent: unknown[] = [];
    const user = await open(buildView({ projects: [], canBind: true }), {
      'repository.overview': () => ({
        repositoryName: 'Shop',
        repositorySlug: 'shop',
        projects: [],
        connections: [
          {
            connectionId: 'c1',
            name: 'Cloud',
            kind: 'sonarqube-cloud',
            url: 'https://sonarcloud.io',
            keepsBindings: false,
          },
        ],
      }),
      'repository.searchProjects': () => ({
        projects: [
          { projectKey: 'free', name: 'Free' },
          { projectKey: 'taken', name: 'Taken', boundTo: 'other' },
        ],
        locked: 0,
        total: 2,
        hasMore: false,
      }),
      'repository.bind'(payload) {
        sent.push(payload);
        return { repositoryName: 'Shop', repositorySlug: 'shop', projects: [], connections: [] };
      },
    });
    await user.type(await screen.findByLabelText('Name or key of the project'), 'fr{Enter}');
    await screen.findByText('2 projects');
    expect(screen.queryByRole('button', { name: 'Bind Taken' })).toBeNull();
    expect(await findViolations()).toEqual([]);

    await user.click(screen.getByRole('button', { name: 'Bind Free' }));

    await waitFor(() =>
      expect(sent).toEqual([{ repositoryUuid, connectionId: 'c1', projectKey: 'free' }]),
    );
  });

  it('[R9] is never blank: a failure is said, and can be tried again', async () => {
    await open({ code: 'UNAVAILABLE', message: 'Later.' });

    await screen.findByRole('button', { name: 'Try again' });
  });
});
