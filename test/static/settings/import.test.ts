import { screen, waitFor } from '@testing-library/dom';
import { findViolations } from '../support/find-violations';
import { closePages } from '../support/open-page';
import { denied, inputsOf, unavailable, type Answers } from '../support/open-section';
import { buildItem, buildRun, known, noCounts, operation, uuidOf } from './import-data';
import { done, open, openRun, reset, started } from './open-import';

beforeEach(reset);
afterEach(closePages);

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
  it('[M9] is started again when its work in the queue never came about', async () => {
    const counts = { ...noCounts, done: 1, pending: 2 };
    const earlier = { ...operation, state: 'succeeded' } as const;
    const user = await openRun(
      { state: 'importing', counts, operation: earlier },
      { 'import.start': () => ({ run: buildRun({ state: 'importing', counts, operation }) }) },
    );

    await user.click(await screen.findByRole('button', { name: 'Resume' }));

    await waitFor(() => expect(started).toEqual([operation]));
    expect(inputsOf('import.start')).toHaveLength(1);
  });

  it('[M8] that is ready again after decisions can be taken back and not be discarded', async () => {
    await openRun({ counts: { ...noCounts, done: 1, pending: 2 } });

    expect(await screen.findByRole('button', { name: 'Take the import back' })).toBeDefined();
    expect(screen.queryByRole('button', { name: 'Discard the plan' })).toBeNull();
  });

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
