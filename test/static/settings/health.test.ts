import { screen, waitFor } from '@testing-library/dom';
import type { Finding } from '../../../src/contracts/health';
import type { OperationView } from '../../../src/contracts/operations';
import { Health } from '../../../static/settings/src/workspace/health/health';
import { bridge } from '../support/bridge-stand-in';
import { findViolations } from '../support/find-violations';
import { closePages } from '../support/open-page';
import { denied, inputsOf, openSection, unavailable, type Answers } from '../support/open-section';

const finding: Finding = {
  findingId: 'f1',
  code: 'bindingOnlyHere',
  severity: 'warning',
  message: 'The webhook of "Cloud" is gone.',
  nextStep: 'Make it again.',
  subject: { kind: 'connection', id: 'c1', name: 'Cloud' },
  repair: 'Make the webhook',
  since: '2026-03-04T12:00:00.000Z',
  lastSeenAt: '2026-03-05T12:00:00.000Z',
};
const elsewhere: Finding = {
  ...finding,
  findingId: 'f2',
  severity: 'error',
  message: 'The token runs out.',
  subject: { kind: 'connection', id: 'c2', name: 'Server' },
  repair: undefined,
};
const operation: OperationView = {
  operationId: 'o1',
  kind: 'reconcile',
  state: 'running',
  done: 0,
  failed: 0,
  startedAt: '2026-03-04T12:00:00.000Z',
  message: 'Comparing.',
};

const started: OperationView[] = [];
const limit = {
  name: 'Bitbucket',
  calls: 12,
  limit: 900,
  state: 'free',
  message: 'Everything is read and written as it comes.',
} as const;
const open = (answers: Answers) =>
  openSection(
    Health,
    { onStarted: (each: OperationView) => void started.push(each) },
    { 'health.limits': () => ({ limits: [limit] }), ...answers },
  );

beforeEach(() => {
  bridge.reset();
  started.length = 0;
});
afterEach(closePages);

describe('the health of a workspace', () => {
  it.each<[string, Answers]>([
    ['findings', { 'health.list': () => ({ findings: [finding, elsewhere], nextCursor: 'n' }) }],
    ['nothing wrong', { 'health.list': () => ({ findings: [] }) }],
    ['a server that is away', { 'health.list': () => unavailable }],
    ['no right to it', { 'health.list': () => denied }],
  ])('[L1] has no axe violation with %s', async (_, answers) => {
    await open(answers);
    await waitFor(() => expect(screen.queryByText('Loading the findings…')).toBeNull());

    expect(await findViolations()).toEqual([]);
  });

  it('says what happened, since when and what to do, and offers a repair only where there is one', async () => {
    await open({ 'health.list': () => ({ findings: [finding, elsewhere] }) });

    expect(await screen.findByText('The webhook of "Cloud" is gone.')).toBeDefined();
    expect(screen.getAllByText('Make it again.')).toHaveLength(2);
    expect(document.querySelectorAll(`time[datetime="${finding.since}"]`)).toHaveLength(2);
    expect(screen.getAllByRole('button', { name: /Make the webhook/ })).toHaveLength(1);
  });

  it('takes a repaired finding from the list and says so', async () => {
    const user = await open({
      'health.list': () => ({ findings: [finding, elsewhere] }),
      'health.repair': () => ({ isRepaired: true, message: 'The webhook is there again.' }),
    });

    await user.click(await screen.findByRole('button', { name: 'Make the webhook: Cloud' }));

    expect(await screen.findByText('The webhook is there again.')).toBeDefined();
    expect(screen.queryByText('The webhook of "Cloud" is gone.')).toBeNull();
    expect(screen.getByText('The token runs out.')).toBeDefined();
    expect(inputsOf('health.repair')).toEqual([{ findingId: 'f1' }]);
  });

  it('keeps a finding that could not be repaired, with the reason', async () => {
    const user = await open({
      'health.list': () => ({ findings: [finding] }),
      'health.repair': () => ({ isRepaired: false, message: 'The token may not do that.' }),
    });

    await user.click(await screen.findByRole('button', { name: /Make the webhook/ }));

    expect(await screen.findByText('The token may not do that.')).toBeDefined();
    expect(screen.getByText('The webhook of "Cloud" is gone.')).toBeDefined();
  });

  it('[B9] offers to bind all that only the servers know, where there is any', async () => {
    const left = { ...finding, code: 'bindingOnlyOnServer' } as const;
    let findings: readonly Finding[] = [finding];
    const user = await open({
      'health.list': () => ({ findings: [...findings] }),
      'health.takeOver': () => ({ operation: { ...operation, kind: 'takeOver' } }),
    });
    await screen.findByText('The webhook of "Cloud" is gone.');
    const name = 'Bind all that only the servers know';
    expect(screen.queryByRole('button', { name })).toBeNull();

    findings = [left];
    await user.click(screen.getByRole('button', { name: 'Read the list again' }));
    await user.click(await screen.findByRole('button', { name }));

    expect(await screen.findByText(/It has started/)).toBeDefined();
    expect(started).toMatchObject([{ kind: 'takeOver' }]);
  });

  it('starts a comparison and hands its progress to the page', async () => {
    const user = await open({
      'health.list': () => ({ findings: [] }),
      'health.reconcile': () => ({ operation }),
    });
    expect(await screen.findByText(/Nothing is known to be wrong/)).toBeDefined();

    await user.click(screen.getByRole('button', { name: 'Compare now' }));

    expect(await screen.findByText(/comparison has started/)).toBeDefined();
    expect(started).toEqual([operation]);
  });

  it('loads more behind what is shown, and tries again after a failure', async () => {
    let isAway = true;
    const user = await open({
      'health.list': ({ cursor }) => {
        if (cursor === undefined) return { findings: [finding], nextCursor: 'next' };
        return isAway ? unavailable : { findings: [elsewhere] };
      },
    });

    await user.click(await screen.findByRole('button', { name: 'Show more' }));
    const again = await screen.findByRole('button', { name: 'Try again' });
    isAway = false;
    await user.click(again);

    expect(await screen.findByText('The token runs out.')).toBeDefined();
    expect(screen.getByText('The webhook of "Cloud" is gone.')).toBeDefined();
    expect(screen.queryByRole('button', { name: 'Show more' })).toBeNull();
  });
});

describe('the calls of the last hour', () => {
  it('[Q1] [L1] are shown for each side, with what is held back and until when', async () => {
    const closed = {
      name: 'Server',
      calls: 1_200,
      limit: 3_240,
      state: 'closed',
      until: '2026-03-04T12:05:00.000Z',
      message: 'It failed several times in a row.',
    } as const;
    await open({
      'health.list': () => ({ findings: [] }),
      'health.limits': () => ({ limits: [limit, closed] }),
    });

    await screen.findByText('12 of 900');
    screen.getByText('Free');
    screen.getByText('Paused');
    screen.getByText(/It failed several times in a row\. The next call is tried .*2026/);
    expect(await findViolations()).toEqual([]);
  });
});

describe('what is stored', () => {
  it('[O6] is counted when asked for, and cleaned up in the queue', async () => {
    const sweep = { ...operation, operationId: 'o2', kind: 'sweep' } as const;
    const user = await open({
      'health.list': () => ({ findings: [] }),
      'health.stored': () => ({
        counts: [
          { kind: 'verdicts', count: 1_000, isMore: true },
          { kind: 'bindings', count: 12, isMore: false },
        ],
      }),
      'health.sweep': () => ({ operation: sweep }),
    });
    expect(inputsOf('health.stored')).toEqual([]);

    await user.click(await screen.findByRole('button', { name: 'Count it' }));
    await screen.findByText('1,000 or more');
    expect(screen.getByText('12')).toBeDefined();
    expect(await findViolations()).toEqual([]);
    await user.click(screen.getByRole('button', { name: 'Clean up now' }));

    await waitFor(() => expect(started).toEqual([sweep]));
  });

  it('[O6] says why it cannot be counted, and tries again', async () => {
    const answers = [unavailable, { counts: [] }];
    const user = await open({
      'health.list': () => ({ findings: [] }),
      'health.stored': () => answers.shift() ?? unavailable,
    });
    await user.click(await screen.findByRole('button', { name: 'Count it' }));

    await user.click(await screen.findByRole('button', { name: 'Try again' }));

    expect(await screen.findByRole('button', { name: 'Count again' })).toBeDefined();
  });
});

describe('the bound repositories', () => {
  it('[O1] [L1] are listed when asked for, page by page, with what is wrong', async () => {
    const cursors: unknown[] = [];
    const repository = {
      repositoryUuid: 'r1',
      repositoryName: 'Shop',
      projects: [
        { projectKey: 'a', projectName: 'A', state: 'bound', connectionName: 'Cloud' },
        { projectKey: 'b', projectName: 'B', state: 'bound' },
      ],
      analysedAt: '2026-03-04T12:00:00.000Z',
    } as const;
    const other = { repositoryUuid: 'r2', projects: [], problem: 'The server is away.' };
    const user = await open({
      'health.list': () => ({ findings: [] }),
      'health.repositories': ({ cursor }) => {
        cursors.push(cursor);
        return cursor === undefined
          ? {
              repositories: [{ ...repository, projects: [...repository.projects] }],
              nextCursor: 'n',
            }
          : { repositories: [other] };
      },
    });

    await user.click(await screen.findByRole('button', { name: 'Show the repositories' }));
    await screen.findByRole('row', { name: /Shop A on Cloud, B \(connection gone\) .*2026.* – –/ });
    await user.click(screen.getByRole('button', { name: 'Show more' }));
    await screen.findByRole('row', { name: /r2 .*The server is away\./ });

    expect(cursors).toEqual([undefined, 'n']);
    expect(screen.queryByRole('button', { name: 'Show more' })).toBeNull();
    expect(await findViolations()).toEqual([]);
  });
});
