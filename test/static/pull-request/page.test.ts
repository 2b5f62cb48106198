import { screen, waitFor, within } from '@testing-library/dom';
import userEvent from '@testing-library/user-event';
import type { PullRequestView } from '../../../src/contracts/verdict';
import {
  buildCondition,
  buildEmptyProject,
  buildFailedProject,
  buildIssues,
  buildProject,
  buildTask,
  buildView,
  minutesAgo,
  viewFixtures,
} from '../../support/build-view';
import { bridge } from '../support/bridge-stand-in';
import { closePages, invoked, openPage, repositoryUuid, wordsOf } from '../support/open-page';

beforeEach(() => bridge.reset());
afterEach(closePages);

const user = userEvent.setup();

const rowsOf = (table: HTMLElement) =>
  within(table)
    .getAllByRole('row')
    .slice(1)
    .map((row) => [...row.children].map((cell) => cell.textContent.trim()));

it('names the pull request of the context in one call', async () => {
  await openPage('card', { view: viewFixtures.passed });
  await screen.findByRole('button', { name: 'Refresh' });

  expect(bridge.calls('invoke')).toEqual([
    {
      command: 'invoke',
      payload: {
        functionKey: 'pullRequest.view',
        payload: { repositoryUuid, pullRequestId: 7 },
      },
    },
  ]);
});

describe('a page that is switched off', () => {
  it.each(['card', 'panel'] as const)(
    '[R6] says so as a %s and shows nothing else; the other one goes on',
    async (hidden) => {
      const view = buildView({
        state: 'failed',
        projects: [buildFailedProject()],
        hides: [hidden],
      });
      await openPage(hidden, { view });

      await screen.findByText(/an administrator switched it off/);
      expect(screen.queryByText('Failed')).toBeNull();
      expect(screen.queryByRole('button')).toBeNull();
      closePages();
      await openPage(hidden === 'card' ? 'panel' : 'card', { view });
      expect(await screen.findAllByText('Failed')).not.toEqual([]);
    },
  );
});

describe('conditions', () => {
  const conditions = [
    buildCondition({
      metricKey: 'new_violations',
      label: 'New issues',
      requirement: 'at most',
      thresholdText: '0',
      actualText: '0',
      status: 'passed',
    }),
    buildCondition({ metricKey: 'new_line_coverage', label: 'Line coverage on new code' }),
    buildCondition({
      metricKey: 'new_duplicated_lines_density',
      label: 'Duplicated lines on new code',
      requirement: 'at most',
      thresholdText: '3.0%',
      actualText: 'No data',
      status: 'notEnforced',
    }),
  ];

  it('[P2] lists exactly the conditions of the gate, with value, requirement and status in words', async () => {
    await openPage('panel', { view: buildView({}, [buildFailedProject({ conditions })]) });

    expect(rowsOf(await screen.findByRole('table'))).toEqual([
      ['Line coverage on new code', '62.5%', 'at least 80.0%', 'Failed'],
      ['New issues', '0', 'at most 0', 'Passed'],
      ['Duplicated lines on new code', 'No data', 'at most 3.0%', 'Not enforced'],
    ]);
  });

  it('[P2] says that a small change is measured less strictly', async () => {
    await openPage('panel', { view: buildView({}, [buildProject({ smallChange: true })]) });

    expect(await screen.findByText(/fewer than 20 lines are new/i)).toBeTruthy();
  });

  it('[P2] shows the failed conditions on the card, and only those', async () => {
    const page = await openPage('card', {
      view: buildView({}, [buildFailedProject({ conditions })]),
    });
    await screen.findByText('1 failed condition');

    expect([...page.querySelectorAll('.failed-condition')].map((item) => item.textContent)).toEqual(
      ['Line coverage on new code: 62.5% needs at least 80.0%'],
    );
  });
});

describe('age and source', () => {
  it('[F5] shows commit, time and how it is known', async () => {
    const page = await openPage('card', { view: viewFixtures.passed });
    await screen.findByRole('button', { name: 'Refresh' });

    expect(wordsOf(page)).toContain('Analysed\n3 minutes ago\nCommit\n4f2d1c0');
    expect(wordsOf(page)).toContain('Known from\na webhook of the server');
    expect(page.querySelector('time')?.title).toBe('Mar 4, 2026, 12:57 PM');
  });

  it('[F5] shows both commits when the analysis is of an older one', async () => {
    const page = await openPage('card', { view: viewFixtures.outdated });
    await screen.findByRole('button', { name: 'Refresh' });

    expect(wordsOf(page)).toContain('Commit\n0a1b2c3\nHead commit\n4f2d1c0');
  });

  it('[F5] says when the server did not report the commit', async () => {
    await openPage('panel', { view: viewFixtures.notComputed });

    expect(await screen.findByText(/^Commit not reported/)).toBeTruthy();
    expect(screen.getByText('Not reported')).toBeTruthy();
  });

  it('[F5] counts the age on by the clock of the server', async () => {
    jest.useFakeTimers();
    try {
      await openPage('card', { view: viewFixtures.passed });
      await jest.advanceTimersByTimeAsync(1_000);
      expect(screen.getByText('3 minutes ago')).toBeTruthy();

      bridge.on('invoke', () => new Promise(() => undefined));
      await jest.advanceTimersByTimeAsync(70_000);

      expect(screen.getByText('4 minutes ago')).toBeTruthy();
    } finally {
      closePages();
      jest.useRealTimers();
    }
  });
});

describe('the refresh button', () => {
  const outcomes = [
    ['changed', undefined, 'Updated'],
    ['unchanged', undefined, 'Nothing changed'],
    ['inProgress', undefined, 'Already updating'],
    ['tooSoon', 7, 'Try again in 7 s'],
  ] as const;

  it.each(outcomes)(
    '[F5] reports the outcome "%s" on screen and politely',
    async (outcome, retryAfterSeconds, words) => {
      const view = viewFixtures.passed;
      await openPage('card', {
        view,
        refresh: () => ({
          outcome,
          view,
          ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
        }),
      });
      const button = await screen.findByRole('button', { name: 'Refresh' });
      const region = screen.getByRole('status');
      expect(region.textContent).toBe('');

      await user.click(button);

      expect(await screen.findByText(words)).toBeTruthy();
      await waitFor(() => expect(region.textContent).toBe(`${words}.`));
      expect(invoked()).toEqual(['pullRequest.view', 'pullRequest.refresh']);
    },
  );

  it('[L1] works by keyboard and keeps the focus', async () => {
    const view = viewFixtures.passed;
    await openPage('card', { view, refresh: () => ({ outcome: 'unchanged', view }) });
    await screen.findByRole('button', { name: 'Refresh' });

    await user.tab();
    await user.keyboard('{Enter}');
    await screen.findByText('Nothing changed');

    expect(document.activeElement?.textContent).toBe('Refresh');
  });

  it('[L1] tells a screen reader when the verdict changes, and not what it was at first', async () => {
    await openPage('card', {
      view: viewFixtures.pending,
      refresh: () => ({ outcome: 'changed', view: { ...viewFixtures.failed, sequence: 2 } }),
    });
    const button = await screen.findByRole('button', { name: 'Refresh' });
    expect(screen.getByRole('status').textContent).toBe('');

    await user.click(button);

    await waitFor(() =>
      expect(screen.getByRole('status').textContent).toBe(
        'Updated. Quality gate: Failed. 2 of 3 conditions failed.',
      ),
    );
  });
});

it('[F4] shows a new verdict when a message of the channel comes, without a reload', async () => {
  let view: PullRequestView = viewFixtures.passed;
  await openPage('card', { view: () => ({ ok: true, data: view }) });
  await screen.findByText('Passed');
  await waitFor(() => expect(bridge.channels()).toEqual(['verdict-7']));

  view = { ...viewFixtures.failed, sequence: 2 };
  bridge.publish('verdict-7');

  expect(await screen.findByText('Failed')).toBeTruthy();
});

describe('the task of the server', () => {
  it.each([
    ['PENDING', 'Analysis queued'],
    ['IN_PROGRESS', 'Analysis running'],
    ['FAILED', 'Analysis failed'],
    ['CANCELED', 'Analysis canceled'],
  ] as const)('[F6] shows %s with its times', async (status, words) => {
    const task = buildTask({ status, startedAt: minutesAgo(1), endedAt: minutesAgo(0) });
    const page = await openPage('panel', {
      view: buildView({}, [buildEmptyProject({ state: 'pending', task })]),
    });

    await screen.findByText(words);

    expect(wordsOf(page).replace(/\s+/g, ' ')).toMatch(
      /Queued ?2 minutes ago ?Started ?1 minute ago ?Ended ?just now/,
    );
  });

  it('[F6] shows why a task failed, as text', async () => {
    const errorMessage = '<img src=x onerror=alert(1)> Report too large.';
    const page = await openPage('card', {
      view: buildView({}, [
        buildEmptyProject({ task: buildTask({ status: 'FAILED', errorMessage }) }),
      ]),
    });

    expect(await screen.findByText(errorMessage)).toBeTruthy();
    expect(page.querySelector('img')).toBeNull();
  });
});

describe('issues', () => {
  const first = buildIssues(500).slice(0, 25);
  const view = buildView({}, [buildFailedProject({ issues: first, issueCount: 500 })]);

  it('shows the worst first with severity, place, kind and rule in words', async () => {
    const page = await openPage('panel', { view: viewFixtures.failed });
    await screen.findByText('Remove this unused import.');

    expect(
      [...page.querySelectorAll('.issue')].map((issue) => wordsOf(issue).replace(/\n/g, ' ')),
    ).toEqual([
      'High Check for null before "order" is read. src/checkout/total.ts:42Bugtypescript:S2259',
      'Low Remove this unused import. src/checkout/total.ts:3Code smelltypescript:S1128',
    ]);
  });

  it('loads the whole list only when asked for it', async () => {
    await openPage('panel', {
      view,
      issues: () => ({ issues: buildIssues(500), total: 500, sequence: 1 }),
    });
    const button = await screen.findByRole('button', { name: 'Show all 500 issues' });
    expect(invoked()).toEqual(['pullRequest.view']);

    await user.click(button);

    expect(await screen.findByText('Finding 500')).toBeTruthy();
    expect(screen.getByRole('region', { name: 'All new issues of Acme Shop' }).tabIndex).toBe(0);
    await user.click(screen.getByRole('button', { name: 'Show fewer issues' }));
    expect(screen.queryByText('Finding 500')).toBeNull();
  });

  it('says so when the list cannot be loaded, and keeps what it has', async () => {
    await openPage('panel', { view, issues: () => ({ code: 'UNAVAILABLE', message: 'x' }) });

    await user.click(await screen.findByRole('button', { name: 'Show all 500 issues' }));

    expect(await screen.findByText('The issues could not be loaded.')).toBeTruthy();
    expect(screen.getByText('Finding 25')).toBeTruthy();
  });

  it('says how many there are when the stored list is only a part', async () => {
    const capped = buildView({}, [
      buildFailedProject({ issues: first, issueCount: 10_000, issueCountCapped: true }),
    ]);
    await openPage('panel', {
      view: capped,
      issues: () => ({ issues: buildIssues(500), total: 500, sequence: 1 }),
    });

    await user.click(await screen.findByRole('button', { name: 'Show all 10,000+ issues' }));

    expect(await screen.findByText('500 of 10,000+ issues are listed here.')).toBeTruthy();
  });
});

it('opens the dashboard through the platform', async () => {
  await openPage('card', { view: viewFixtures.passed });

  await user.click(await screen.findByRole('link', { name: /^Open in SonarQube/ }));

  expect(bridge.calls('navigate').map(({ payload }) => payload)).toEqual([
    { url: 'https://sonar.example/dashboard?id=acme_shop&pullRequest=7', type: 'new-tab' },
  ]);
});

it('makes no link of an address that is not a web address', async () => {
  await openPage('card', {
    view: buildView({}, [buildProject({ dashboardUrl: 'javascript:alert(1)' })]),
  });
  await screen.findByRole('button', { name: 'Refresh' });

  expect(screen.queryByRole('link')).toBeNull();
});

it('gives each of several projects a section with its own state', async () => {
  await openPage('panel', {
    view: buildView({}, [
      buildFailedProject(),
      buildProject({ projectKey: 'acme_pay', projectName: 'Acme Pay' }),
    ]),
  });
  await screen.findAllByRole('table');

  const sections = screen
    .getAllByRole('heading', { level: 2 })
    .map((heading) => heading.parentElement?.textContent);

  expect(sections).toEqual(['Acme ShopFailed', 'Acme PayPassed']);
});

it('shows the last known verdict and since when the server is unreachable', async () => {
  const page = await openPage('card', { view: viewFixtures.unreachable });
  await screen.findByText(/^Not reachable since/);

  expect(wordsOf(page)).toContain('Not reachable since 12 minutes ago: The server answered 503.');
  expect(wordsOf(page)).toMatch(/Last known:\s*Passed\s*for 4f2d1c0\s*3 hours ago/);
});

it('keeps the verdict on screen while the app does not answer, and says so', async () => {
  let answer: unknown = { ok: true, data: viewFixtures.passed };
  await openPage('card', { view: () => answer });
  await screen.findByText('Passed');
  await waitFor(() => expect(bridge.channels()).toEqual(['verdict-7']));

  answer = { ok: false, error: { code: 'UNAVAILABLE', message: 'x' } };
  bridge.publish('verdict-7');

  expect(await screen.findByText(/Below is what was last known\./)).toBeTruthy();
  expect(screen.getByText('Passed')).toBeTruthy();
});
