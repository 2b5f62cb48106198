import { screen, waitFor } from '@testing-library/dom';
import { bridge } from '../support/bridge-stand-in';
import { closePages, openPage, wordsOf, type PageModule } from '../support/open-page';
import { allStates, rowStates } from '../support/page-states';
import { buildView, viewFixtures } from '../../support/build-view';

const modules: readonly PageModule[] = ['card', 'panel'];

async function drawn(module: PageModule, state: string): Promise<HTMLElement> {
  const view = allStates[state];
  if (!view) throw new Error(`There is no state "${state}".`);
  const page = await openPage(module, { view });
  await screen.findByRole('button', { name: /refresh|try again/i });
  return page;
}

beforeEach(() => bridge.reset());
afterEach(closePages);

describe.each(modules)('the %s', (module) => {
  it.each(Object.keys(rowStates))('[P1] shows the state "%s" in words', async (state) => {
    const page = await drawn(module, state);

    expect(wordsOf(page)).toMatchSnapshot();
  });

  it.each(Object.keys(allStates))('[P1] is not empty in the state "%s"', async (state) => {
    const page = await drawn(module, state);

    expect(wordsOf(page).length).toBeGreaterThan(40);
    expect(document.querySelector('.page:not(:empty) + .skeleton')).not.toBeNull();
  });

  it('[P1] shows a skeleton until the first answer', async () => {
    const page = await openPage(module, { view: () => new Promise(() => undefined) });

    expect(page.childElementCount).toBe(0);
    expect(document.querySelector('.skeleton')?.textContent).toContain('Loading the quality gate');
  });

  it('[P1] shows "No data" and not 0 where the server has no value', async () => {
    const { passed } = viewFixtures;
    const [project] = passed.projects;
    if (!project) throw new Error('The fixture has a project.');
    const page = await openPage(module, {
      view: buildView({}, [{ ...project, measures: { newIssues: 0 } }]),
    });
    await screen.findByRole('button', { name: 'Refresh' });

    const values = [...page.querySelectorAll('.measures dd')].map((value) => value.textContent);

    expect(values).toEqual(['0', 'No data', 'No data', 'No data']);
  });

  it('gives the same words to a missing pull request and to a forbidden one', async () => {
    const missing = wordsOf(await drawn(module, 'not found'));
    const forbidden = wordsOf(await drawn(module, 'no permission'));

    expect(missing).toBe(forbidden);
  });

  it.each([
    [
      'a rejected call',
      () => Promise.reject(new Error('There was an error invoking the function')),
    ],
    ['no reply at all', () => undefined],
    ['half a reply', () => ({ ok: true })],
    ['a view without its members', () => ({ ok: true, data: { sequence: 1 } })],
    [
      'a state that this page does not know',
      () => ({ ok: true, data: { ...viewFixtures.passed, state: 'x' } }),
    ],
  ])('shows help after %s', async (_, view) => {
    const page = await openPage(module, { view });

    await screen.findByRole('button', { name: 'Try again' });

    expect(wordsOf(page)).toMatch(/did not answer|went wrong/);
  });
});

it('says so when the platform names no pull request', async () => {
  await openPage('card', { view: viewFixtures.passed }, { extension: {} });

  expect(await screen.findByText('This page names no pull request')).toBeTruthy();
  expect(bridge.calls('invoke')).toEqual([]);
});

it('draws over a platform that refuses theming and context', async () => {
  bridge.on('enableTheming', () => Promise.reject(new Error('not here')));
  await openPage('card', { view: viewFixtures.passed });

  await waitFor(() => expect(screen.queryByText('Passed')).not.toBeNull());
});

it('takes the colour mode of the context where the platform sets none', async () => {
  delete document.documentElement.dataset['colorMode'];
  await openPage('card', { view: viewFixtures.passed }, { theme: { colorMode: 'dark' } });

  expect(document.documentElement.dataset['colorMode']).toBe('dark');
  delete document.documentElement.dataset['colorMode'];
});
