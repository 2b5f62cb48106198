import { screen, waitFor } from '@testing-library/dom';
import { bridge } from '../support/bridge-stand-in';
import { findViolations } from '../support/find-violations';
import { closePages, invoked } from '../support/open-page';
import { openSettings, type SettingsAnswers } from '../support/open-settings';
import { buildOverview, operation, steps, workspaceContext } from '../support/workspace-data';

const open = (answers: SettingsAnswers = {}) =>
  openSettings(workspaceContext, { 'workspace.overview': () => buildOverview(), ...answers });

beforeEach(() => bridge.reset());
afterEach(closePages);

describe('the settings page of the workspace', () => {
  it('[I2] shows the steps as they are, marks the next one, and hides the list when all are done', async () => {
    await open();
    const list = await screen.findAllByRole('listitem', { current: 'step' });

    expect(list.map(({ textContent }) => textContent)).toEqual([
      expect.stringMatching(/Bind repositories.*Next/) as string,
    ]);
    expect(screen.getAllByText('Done')).toHaveLength(2);
    expect(screen.getByText('100 or more')).toBeDefined();
    closePages();
    const done = steps.map((step) => ({ ...step, isDone: true }));
    await open({ 'workspace.overview': () => buildOverview({ steps: done }) });

    await screen.findByRole('heading', { name: 'What is set up' });
    expect(screen.queryByRole('heading', { name: 'First steps' })).toBeNull();
  });

  it('[I2] leads from a step to where it is done', async () => {
    const undone = steps.map((step) => ({ ...step, isDone: false }));
    const user = await open({
      'workspace.overview': () => buildOverview({ steps: undone, connections: [] }),
    });

    await user.click(await screen.findByRole('button', { name: 'Add a connection' }));

    expect(screen.getByRole('form', { name: 'Add a connection' })).toBeDefined();
  });

  it('[I3] tells a member how to become an owner, and offers nothing', async () => {
    await open({
      'workspace.overview': () =>
        buildOverview({ role: 'member', howToBecomeOwner: 'Ask Olivia.', connections: [] }),
    });

    expect(await screen.findByText('Ask Olivia.')).toBeDefined();
    expect(screen.queryByRole('button')).toBeNull();
    expect(screen.queryByRole('tab')).toBeNull();
  });

  it('[L1] moves between tabs with the keys', async () => {
    const user = await open({ 'audit.list': () => ({ entries: [] }) });
    await user.click(await screen.findByRole('tab', { name: 'Overview' }));

    await user.keyboard('{ArrowLeft}');
    await screen.findByText('Nothing was changed that fits.');
    const last = document.activeElement?.textContent;
    await user.keyboard('{Home}{ArrowRight}');

    expect([last, document.activeElement?.textContent]).toEqual(['Audit log', 'Connections']);
    expect(screen.getByRole('tabpanel', { name: 'Connections' })).toBeDefined();
  });

  it('can be read again when the first answer failed', async () => {
    let isAway = true;
    const user = await open({
      'workspace.overview': () =>
        isAway ? { code: 'UNAVAILABLE', message: 'Later.' } : buildOverview(),
    });
    const again = await screen.findByRole('button', { name: 'Try again' });
    isAway = false;

    await user.click(again);

    expect(await screen.findByRole('tab', { name: 'Overview' })).toBeDefined();
  });

  it.each<[string, SettingsAnswers]>([
    ['set up', {}],
    ['empty', { 'workspace.overview': () => buildOverview({ connections: [] }) }],
    ['busy', { 'workspace.overview': () => buildOverview({ runningOperation: operation }) }],
    ['denied', { 'workspace.overview': () => ({ code: 'FORBIDDEN', message: 'Ask an owner.' }) }],
  ])('[L1] has no axe violation when %s', async (...row) => {
    await open(row[1]);
    await waitFor(() => expect(document.getElementById('page')?.textContent).not.toBe(''));

    expect(await findViolations()).toEqual([]);
  });
});

describe('a running operation', () => {
  beforeEach(() => jest.useFakeTimers({ advanceTimers: true }));
  afterEach(() => {
    closePages();
    // Effects that still wait for a frame would keep those of the next test from running.
    jest.runOnlyPendingTimers();
    jest.useRealTimers();
  });

  it('[B9] is followed to its end, which the page then shows', async () => {
    let done = 3;
    await open({
      'workspace.overview': () =>
        buildOverview(done < 10 ? { runningOperation: operation } : { connections: [] }),
      'operation.view': () => {
        done = 10;
        return { ...operation, done, state: 'succeeded', message: 'It has ended.' };
      },
    });
    const bar = await screen.findByRole('progressbar', { name: 'Progress' });
    expect([bar.getAttribute('value'), bar.getAttribute('max')]).toEqual(['3', '10']);

    await jest.advanceTimersByTimeAsync(3_000);

    expect(await screen.findByText('It has ended.')).toBeDefined();
    expect(screen.queryByRole('progressbar')).toBeNull();
    await waitFor(() => {
      expect(invoked().filter((name) => name === 'workspace.overview')).toHaveLength(2);
    });
  });

  it('[B9] can be cancelled and resumed', async () => {
    await open({
      'workspace.overview': () => buildOverview({ runningOperation: operation }),
      'operation.cancel': () => ({ ...operation, state: 'cancelled', message: 'Cancelled.' }),
      'operation.resume': () => operation,
    });

    (await screen.findByRole('button', { name: 'Cancel' })).click();
    const resume = await screen.findByRole('button', { name: 'Resume' });
    await waitFor(() => expect(resume.getAttribute('aria-disabled')).toBe('false'));
    resume.click();

    expect(await screen.findByRole('button', { name: 'Cancel' })).toBeDefined();
  });
});

describe('the audit log', () => {
  const entry = {
    entryId: 'e1',
    at: '2026-03-04T12:00:00.000Z',
    actor: 'olivia',
    action: 'connection.add',
    subject: { kind: 'connection', id: 'c1', name: 'Server A' },
    changes: [{ field: 'name', before: 'A', after: 'Server A' }],
  } as const;

  it('[O3] is filtered, continued and exported', async () => {
    const saved: string[] = [];
    // jsdom saves no files; the browser walk does.
    Object.assign(URL, { createObjectURL: () => 'blob:x', revokeObjectURL: () => undefined });
    jest.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (
      this: HTMLAnchorElement,
    ) {
      saved.push(this.download);
    });
    const inputs: unknown[] = [];
    const entries = [{ ...entry, changes: [...entry.changes] }];
    const user = await open({
      'audit.list': (input) => {
        inputs.push(input);
        return input.cursor === undefined ? { entries, nextCursor: 'n' } : { entries: [] };
      },
      'audit.export': ({ cursor }) =>
        cursor === undefined ? { text: 'one\n', nextCursor: 'n' } : { text: 'two\n' },
    });
    await user.click(await screen.findByRole('tab', { name: 'Audit log' }));
    await screen.findByText('name: A → Server A');
    await user.type(screen.getByLabelText('Action'), ' connection.add {Enter}');
    await waitFor(() => expect(inputs).toHaveLength(2));
    await user.click(await screen.findByRole('button', { name: 'Show more' }));
    await waitFor(() => expect(inputs).toHaveLength(3));
    await user.click(screen.getByRole('button', { name: 'Export as CSV' }));

    const text = await screen.findByLabelText<HTMLTextAreaElement>('Export');
    expect(text.value).toBe('one\ntwo\n');
    expect(saved).toEqual(['gatehouse-audit.csv']);
    expect(inputs).toEqual([
      { filter: {} },
      { filter: { action: 'connection.add' } },
      { filter: { action: 'connection.add' }, cursor: 'n' },
    ]);
    expect(await findViolations()).toEqual([]);
  });
});
