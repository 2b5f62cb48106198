import { screen } from '@testing-library/dom';
import {
  buildFailedProject,
  buildIssues,
  buildProject,
  buildTask,
  buildView,
} from '../../support/build-view';
import { bridge } from '../support/bridge-stand-in';
import { findViolations } from '../support/find-violations';
import { closePages, openPage, type PageModule } from '../support/open-page';
import { allStates } from '../support/page-states';

const full = buildView({}, [
  buildFailedProject({
    issues: buildIssues(30),
    issueCount: 30,
    smallChange: true,
    commitSource: 'notReported',
    task: buildTask({ status: 'FAILED', errorMessage: 'Report too large.' }),
  }),
  buildProject({ projectKey: 'acme_pay', projectName: 'Acme Pay' }),
]);
const states = { ...allStates, 'everything at once': full };

beforeEach(() => bridge.reset());
afterEach(closePages);

describe.each<PageModule>(['card', 'panel'])('the %s', (module) => {
  it.each(Object.entries(states))(
    '[L1] has no axe violation in the state "%s"',
    async (_, view) => {
      await openPage(module, { view });
      await screen.findByRole('button', { name: /refresh|try again/i });

      expect(await findViolations()).toEqual([]);
    },
  );

  it('[L1] has no axe violation while it loads', async () => {
    await openPage(module, { view: () => new Promise(() => undefined) });

    expect(await findViolations()).toEqual([]);
  });
});

it('[L1] has one first heading and no level left out', async () => {
  await openPage('panel', { view: full });
  await screen.findAllByRole('table');

  const levels = screen.getAllByRole('heading').map(({ tagName }) => tagName);

  expect(levels).toEqual(['H1', 'H2', 'H3', 'H3', 'H2', 'H3', 'H3']);
});

it('[L1] names the language of its words, not of the person', async () => {
  await openPage('card', { view: full }, { locale: 'de-DE' });
  expect(document.documentElement.lang).toBe('en');

  await openPage('card', { view: full }, { locale: 'en-GB' });
  expect(document.documentElement.lang).toBe('en-GB');
});

it('[L1] says every state in a word and an icon of its own', async () => {
  const looks = new Set<string>();
  for (const view of Object.values(allStates)) {
    if (!('state' in view)) continue;
    const page = await openPage('card', { view });
    await screen.findByRole('button', { name: 'Refresh' });
    const lozenge = page.querySelector('.header .lozenge');
    looks.add(
      `${lozenge?.textContent ?? ''} ${lozenge?.querySelector('path')?.getAttribute('d') ?? ''}`,
    );
    closePages();
  }

  // Passed stands for the closed pull request as well.
  expect(looks.size).toBe(9);
});
