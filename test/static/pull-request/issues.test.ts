import { fireEvent, screen, waitFor, within } from '@testing-library/dom';
import userEvent from '@testing-library/user-event';
import fc from 'fast-check';
import type { Issue } from '../../../src/contracts/verdict';
import { everything, filterIssues } from '../../../static/pull-request/src/details/filter-issues';
import { buildFailedProject, buildIssue, buildIssues, buildView } from '../../support/build-view';
import { bridge } from '../support/bridge-stand-in';
import { findViolations } from '../support/find-violations';
import { closePages, invoked, openPage } from '../support/open-page';

const location = 'https://bitbucket.org/acme/shop/pull-requests/7/overview?x=1';
const user = userEvent.setup();

beforeEach(() => bridge.reset());
afterEach(closePages);

function open(issues: Issue[], issueCount = issues.length, all: Issue[] = issues) {
  return openPage(
    'panel',
    {
      view: buildView({}, [buildFailedProject({ issues, issueCount })]),
      issues: () => ({ issues: all, total: issueCount, sequence: 1 }),
    },
    {
      extension: {
        location,
        repository: { uuid: '{6f1f5c1e-0d3a-4f0e-9c1d-2b7a8f4e5d6c}' },
        pullRequest: { id: 7 },
      },
    },
  );
}

describe('the issues of the panel', () => {
  it('[P3] lead to their line in the diff of Bitbucket', async () => {
    await open([
      buildIssue({ key: 'a', path: 'src/ä b.ts', line: 42 }),
      buildIssue({ key: 'b', path: 'src/whole.ts', line: undefined }),
    ]);

    const line = await screen.findByRole('link', { name: /src\/ä b\.ts:42/ });
    const file = screen.getByRole('link', { name: /src\/whole\.ts/ });

    const diff = 'https://bitbucket.org/acme/shop/pull-requests/7/diff';
    expect(line.getAttribute('href')).toBe(`${diff}#Lsrc/%C3%A4%20b.tsT42`);
    expect(file.getAttribute('href')).toBe(`${diff}#Lsrc/whole.ts`);
  });

  it('[P3] outside the change stand by themselves and lead nowhere', async () => {
    await open([
      buildIssue({ key: 'a', path: 'in.ts', message: 'Inside' }),
      buildIssue({ key: 'b', path: 'out.ts', message: 'Outside', isOutside: true }),
    ]);

    await screen.findByRole('heading', { name: 'Outside this change' });
    expect(screen.queryByRole('link', { name: /out\.ts/ })).toBeNull();
    expect(screen.getByRole('link', { name: /in\.ts/ })).toBeDefined();
    expect(await findViolations()).toEqual([]);
  });

  it('[P3] load all 500 only for a filter, and show what matches', async () => {
    const all = buildIssues(500);
    await open(all.slice(0, 25), 500, all);
    const severity = await screen.findByLabelText('Severity');
    expect(invoked()).toEqual(['pullRequest.view']);

    await user.selectOptions(severity, 'info');

    await screen.findByText('100 of 500 issues match.');
    expect(invoked()).toEqual(['pullRequest.view', 'pullRequest.issues']);
    const shown = screen.getAllByText(/^Finding \d+$/);
    expect(shown).toHaveLength(100);
    expect(await findViolations()).toEqual([]);
  });

  it('[P3] are filtered by file and kind together, and all come back', async () => {
    await open([
      buildIssue({ key: 'a', path: 'src/cart.ts', kind: 'bug', message: 'One' }),
      buildIssue({ key: 'b', path: 'src/CART.ts', kind: 'codeSmell', message: 'Two' }),
      buildIssue({ key: 'c', path: 'src/shop.ts', kind: 'bug', message: 'Three' }),
    ]);
    const filters = within(await screen.findByRole('group', { name: 'Filter the issues' }));

    fireEvent.input(filters.getByLabelText('File'), { target: { value: 'cart' } });
    await user.selectOptions(filters.getByLabelText('Kind'), 'codeSmell');

    await waitFor(() => expect(screen.queryByText('One')).toBeNull());
    expect(screen.getByText('Two')).toBeDefined();
    expect(screen.queryByText('Three')).toBeNull();
    fireEvent.input(filters.getByLabelText('File'), { target: { value: '' } });
    await user.selectOptions(filters.getByLabelText('Kind'), '');
    expect(await screen.findByText('Three')).toBeDefined();
  });

  it('[P3] can be those of the reader alone, whom Bitbucket knows by their commits', async () => {
    const asked: unknown[] = [];
    const issues = [
      { ...buildIssues(1)[0], key: 'a', message: 'One', author: 'me' },
      { ...buildIssues(1)[0], key: 'b', message: 'Two', author: 'you' },
      { ...buildIssues(1)[0], key: 'c', message: 'Three' },
    ] as ReturnType<typeof buildIssues>;
    await openPage('panel', {
      view: buildView({}, [buildFailedProject({ issues, issueCount: 3 })]),
      mine() {
        asked.push('mine');
        return { authors: ['me'] };
      },
    });
    const mine = await screen.findByRole('checkbox', { name: 'Only mine' });
    expect(asked).toEqual([]);

    await user.click(mine);

    await waitFor(() => expect(screen.queryByText('Two')).toBeNull());
    expect(screen.getByText('One')).toBeDefined();
    expect(screen.queryByText('Three')).toBeNull();
    await user.click(mine);
    expect(await screen.findByText('Three')).toBeDefined();
    expect(asked).toEqual(['mine']);
  });

  it('[P3] have a filter that keeps order, loses nothing and adds nothing', () => {
    const issues = buildIssues(60).map((issue, index) =>
      index % 3 === 0 ? { ...issue, author: 'me' } : issue,
    );
    const own = new Set(['me']);
    fc.assert(
      fc.property(
        fc.constantFrom('', 'blocker', 'high', 'low'),
        fc.constantFrom('', 'bug', 'hotspot'),
        fc.constantFrom('', ' ', 'TOTAL', 'nothing'),
        fc.boolean(),
        (severity, kind, file, isMine) => {
          const filter = { severity, kind, file, isMine } as typeof everything;

          const kept = filterIssues(issues, filter, own);

          expect(issues.filter((issue) => kept.includes(issue))).toEqual(kept);
          expect(filterIssues(kept, filter, own)).toEqual(kept);
          if (isMine) expect(kept.every(({ author }) => author === 'me')).toBe(true);
          expect(filterIssues(issues, everything, own)).toEqual(issues);
        },
      ),
    );
  });
});
