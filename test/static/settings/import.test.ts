import { screen, waitFor, within } from '@testing-library/dom';
import type { OperationView } from '../../../src/contracts/operations';
import { Import } from '../../../static/settings/src/workspace/import/import';
import { bridge } from '../support/bridge-stand-in';
import { findViolations } from '../support/find-violations';
import { closePages } from '../support/open-page';
import { denied, inputsOf, openSection, unavailable, type Answers } from '../support/open-section';
import { buildOverview, connection } from '../support/workspace-data';
import {
  buildItem,
  buildRun,
  known,
  noCounts,
  operation,
  repositories,
  uuidOf,
} from './import-data';

const started: OperationView[] = [];
const done: string[] = [];

const open = (answers: Answers, part: Parameters<typeof buildOverview>[0] = {}) =>
  openSection(
    Import,
    {
      overview: buildOverview(part),
      onDone: (sentence: string) => void done.push(sentence),
      onStarted: (each: OperationView) => void started.push(each),
      onGoTo: () => undefined,
    },
    {
      'import.runs': () => known([]),
      'import.repositories': () => ({ repositories: [...repositories], total: 3, hasMore: false }),
      'import.items': () => ({ page: 0, items: [buildItem(0), buildItem(1)] }),
      'connection.usage': () => ({}),
      ...answers,
    },
  );
const openRun = (part: Parameters<typeof buildRun>[0], answers: Answers = {}) =>
  open({ 'import.runs': () => known([buildRun(part)]), ...answers });

beforeEach(() => {
  bridge.reset();
  started.length = 0;
  done.length = 0;
});
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

describe('the plan of an import', () => {
  it('[I6] shows what is used, the limit and the projected total', async () => {
    await openRun({
      usage: {
        ...{ plan: 'developer edition', lines: 900, limit: 2_000, addedLines: 400 },
        ...{ projectedLines: 1_300, unknownSizes: 2, isOverLimit: false },
      },
    });

    const list = (await screen.findByText('Limit')).closest('dl');
    expect(list?.textContent).toMatch(/developer edition.*used900Limit2,000/);
    expect(screen.getByText('about 400')).toBeDefined();
    expect(screen.getByText('about 1,300')).toBeDefined();
    expect(screen.getByText(/2 of unknown size are not in the estimate/)).toBeDefined();
  });

  it('[I6] says "not reported", and never 0, for what the server does not tell', async () => {
    await openRun({});

    expect(await screen.findAllByText('not reported')).toHaveLength(5);
  });

  it('[I6] starts over the limit only after a person confirmed it', async () => {
    const usage = {
      ...{ lines: 900, limit: 1_000, addedLines: 400, projectedLines: 1_300 },
      ...{ unknownSizes: 0, isOverLimit: true },
    };
    const user = await openRun(
      { usage },
      { 'import.start': () => ({ run: buildRun({ usage, state: 'importing', operation }) }) },
    );
    expect(await screen.findByText('The limit of the plan would be passed')).toBeDefined();

    await user.click(screen.getByRole('button', { name: 'Import all 3 repositories' }));
    expect(inputsOf('import.start')).toEqual([]);
    await waitFor(() =>
      expect(document.activeElement?.textContent).toBe('Import over the limit of the plan?'),
    );
    await user.click(screen.getByRole('button', { name: /over the limit$/ }));

    await waitFor(() => expect(started).toEqual([operation]));
    expect(inputsOf('import.start')).toEqual([{ runId: 'run-1', acceptsOverLimit: true }]);
  });

  it('[M10] starts what was planned, with one click below the limit', async () => {
    const user = await openRun(
      {},
      { 'import.start': () => ({ run: buildRun({ state: 'importing', operation }) }) },
    );

    await user.click(await screen.findByRole('button', { name: 'Import all 3 repositories' }));

    await waitFor(() => expect(started).toEqual([operation]));
    expect(inputsOf('import.start')).toEqual([{ runId: 'run-1', acceptsOverLimit: false }]);
    expect(await screen.findByText('Importing into Server A')).toBeDefined();
  });

  it('[M3] lets a person decide about each repository: use the project, another key, or skip', async () => {
    const conflict = buildItem(0, {
      state: 'conflict',
      reason: 'keyTaken',
      message: 'It is taken.',
    });
    const counts = { ...noCounts, conflict: 1, pending: 1 };
    const user = await openRun(
      { counts, total: 2 },
      {
        'import.items': () => ({ page: 0, items: [conflict, buildItem(1)] }),
        'import.decide': ({ decision }) => ({
          run: buildRun({ counts, total: 2 }),
          item: buildItem(decision.kind === 'adopt' ? 0 : 1, {
            ...(decision.kind === 'adopt' && { action: 'adopt' as const }),
            ...(decision.kind === 'create' && { projectKey: decision.projectKey }),
          }),
        }),
      },
    );

    expect(await screen.findByText('It is taken.')).toBeDefined();
    await user.click(screen.getByRole('button', { name: 'Use the project: Repo 0' }));
    expect(await screen.findByText('Use the project acme_repo-0')).toBeDefined();
    await user.click(screen.getByRole('button', { name: 'Another key: Repo 1' }));
    const key = screen.getByLabelText('Project key for Repo 1');
    await user.clear(key);
    await user.type(key, 'own{Enter}');
    expect(await screen.findByText('Make the project own')).toBeDefined();

    expect(inputsOf('import.decide')).toEqual([
      {
        ...{ runId: 'run-1', page: 0, repositoryUuid: `{${uuidOf(0)}}` },
        decision: { kind: 'adopt' },
      },
      {
        ...{ runId: 'run-1', page: 0, repositoryUuid: `{${uuidOf(1)}}` },
        decision: { kind: 'create', projectKey: 'own' },
      },
    ]);
  });

  it('is taken back without having changed anything', async () => {
    const user = await openRun({}, { 'import.discard': () => ({}) });

    await user.click(await screen.findByRole('button', { name: 'Discard the plan' }));

    await waitFor(() => expect(done).toEqual(['The plan was discarded. Nothing was changed.']));
    expect(await screen.findByLabelText('Repositories with this in their name')).toBeDefined();
  });
});

describe('the end of an import', () => {
  const counts = { ...noCounts, done: 1, failed: 2 };
  const failed = [1, 2].map((number) =>
    buildItem(number, { state: 'failed', reason: 'refused', message: `No ${number}.` }),
  );

  it('[M8] keeps each failure with its cause, and tries one or all again', async () => {
    const user = await openRun(
      { state: 'ended', outcome: 'completedWithErrors', counts },
      {
        'import.items': ({ state }) => ({ page: 0, items: state === 'failed' ? failed : [] }),
        'import.retry': () => ({ run: buildRun({ state: 'ended', counts }) }),
      },
    );
    await user.selectOptions(await screen.findByLabelText('Show'), 'failed');
    expect(await screen.findByText('No 1.')).toBeDefined();

    await user.click(screen.getByRole('button', { name: 'Try again: Repo 1' }));
    await user.click(screen.getByRole('button', { name: 'Try all 2 failed ones again' }));

    await waitFor(() =>
      expect(inputsOf('import.retry')).toEqual([
        { runId: 'run-1', item: { page: 0, repositoryUuid: `{${uuidOf(1)}}` } },
        { runId: 'run-1' },
      ]),
    );
  });

  it('[M8] is there again after the page was loaded anew, and is exported part by part', async () => {
    const older = buildRun({ runId: 'run-0', state: 'ended', outcome: 'completed' });
    const user = await open({
      'import.runs': () =>
        known([buildRun({ state: 'ended', outcome: 'completedWithErrors', counts }), older]),
      'import.export': ({ page }) =>
        page === 0 ? { text: 'repository\r\n', nextPage: 1 } : { text: 'Repo 1\r\n' },
    });
    URL.createObjectURL = () => 'blob:of-the-test';
    URL.revokeObjectURL = () => undefined;

    await screen.findByText('Import into Server A: not everything could be done');
    await user.click(await screen.findByRole('button', { name: 'Export as CSV' }));

    const text = await screen.findByLabelText<HTMLTextAreaElement>('Export');
    expect(text.value.replaceAll('\r', '')).toBe('repository\nRepo 1\n');
    await user.click(screen.getByRole('button', { name: /^Show: Import into Server A: complete/ }));
    expect(await screen.findByText('Import into Server A: complete')).toBeDefined();
    await user.click(screen.getByRole('button', { name: 'Import other repositories' }));
    expect(await screen.findByLabelText('Repositories with this in their name')).toBeDefined();
  });
});

describe('an import that was stopped', () => {
  it('[M9] says of what was under way that it was interrupted, and offers to resume', async () => {
    const counts = { ...noCounts, working: 1, pending: 2 };
    const stopped = { ...operation, state: 'failed', message: 'The token is refused.' } as const;
    await openRun(
      { state: 'importing', counts, operation: stopped },
      { 'import.items': () => ({ page: 0, items: [buildItem(0, { state: 'working' })] }) },
    );

    expect(await screen.findByText('Interrupted')).toBeDefined();
    expect(screen.getByText('The token is refused.')).toBeDefined();
    expect(screen.getByRole('button', { name: 'Resume' })).toBeDefined();
    expect(screen.queryByRole('button', { name: 'Cancel' })).toBeNull();
  });
});

describe('taking an import back', () => {
  it('[M9] asks first, says what stays, and follows it', async () => {
    const undoing = { ...operation, kind: 'undoImport', message: 'Taking back.' } as const;
    const counts = { ...noCounts, done: 3 };
    const user = await openRun(
      { state: 'ended', outcome: 'completed', counts },
      { 'import.undo': () => ({ run: buildRun({ state: 'ended', counts, operation: undoing }) }) },
    );

    await user.click(await screen.findByRole('button', { name: 'Take the import back' }));
    expect(await screen.findByText(/Projects stay on the server/)).toBeDefined();
    expect(inputsOf('import.undo')).toEqual([]);
    expect(await findViolations()).toEqual([]);
    await user.click(screen.getByRole('button', { name: 'Unbind 3 of them' }));

    await waitFor(() => expect(started).toEqual([undoing]));
    expect(await screen.findByText('Taking back the import into Server A')).toBeDefined();
    expect(screen.getByText('Taking back.')).toBeDefined();
  });
});

describe('the import tab', () => {
  it.each<[string, Answers]>([
    ['repositories to choose', {}],
    ['a plan', { 'import.runs': () => known([buildRun()]) }],
    [
      'an import at work',
      { 'import.runs': () => known([buildRun({ state: 'importing', operation })]) },
    ],
    [
      'what came of one',
      {
        'import.runs': () =>
          known([buildRun({ state: 'ended', outcome: 'completed' }), buildRun({ runId: 'run-2' })]),
      },
    ],
    ['a service that is away', { 'import.runs': () => unavailable }],
    ['no right to it', { 'import.runs': () => denied }],
    ['repositories that cannot be read', { 'import.repositories': () => unavailable }],
  ])('[L1] has no axe violation with %s', async (_, answers) => {
    await open(answers);
    await waitFor(() => expect(screen.queryByText(/^(?:Reading|Searching)/)).toBeNull());

    expect(await findViolations()).toEqual([]);
  });
});

describe('an import at work', () => {
  beforeEach(() => jest.useFakeTimers({ advanceTimers: true }));
  afterEach(() => {
    closePages();
    // Effects that still wait for a frame would keep those of the next test from running.
    jest.runOnlyPendingTimers();
    jest.useRealTimers();
  });

  it('[M7] shows counts, speed and what is left, and asks for news by itself', async () => {
    const counts = { ...noCounts, done: 1, working: 1, pending: 1 };
    await openRun(
      { state: 'importing', counts, operation, perMinute: 30, minutesLeft: 1 },
      {
        'import.view': () => ({
          run: buildRun({ state: 'ended', outcome: 'completed', counts: { ...noCounts, done: 3 } }),
        }),
      },
    );

    expect(await screen.findByText('30 a minute; about 1 minute to go.')).toBeDefined();
    const bar = screen.getByRole<HTMLProgressElement>('progressbar');
    expect([bar.value, bar.max]).toEqual([1, 3]);
    await jest.advanceTimersByTimeAsync(3_000);
    expect(await screen.findByText('Import into Server A: complete')).toBeDefined();
  });

  it('[M9] is cancelled, and resumed where it was', async () => {
    const counts = { ...noCounts, done: 1, pending: 2 };
    const stopped = { ...operation, state: 'cancelled' } as const;
    const user = await openRun(
      { state: 'importing', counts, operation },
      {
        'operation.cancel': () => stopped,
        'operation.resume': () => operation,
        'import.view': () => ({
          run: buildRun({ state: 'importing', counts, operation: stopped }),
        }),
      },
    );

    await user.click(await screen.findByRole('button', { name: 'Cancel' }));
    await user.click(await screen.findByRole('button', { name: 'Resume' }));

    await waitFor(() => expect(started).toEqual([operation]));
    expect(inputsOf('operation.cancel')).toEqual([{ operationId: 'import:c1' }]);
  });
});
