import { screen, waitFor, within } from '@testing-library/dom';
import type { LevelSettings, SettingsView } from '../../../src/contracts/settings';
import { nothingSaid, resolveSettings } from '../../../src/domain/settings';
import { Settings as RepositorySettings } from '../../../static/settings/src/repository/settings';
import { Settings } from '../../../static/settings/src/workspace/settings/settings';
import { toPlace } from '../../../static/settings/src/place-context';
import { bridge } from '../support/bridge-stand-in';
import { findViolations } from '../support/find-violations';
import { closePages } from '../support/open-page';
import { denied, inputsOf, openSection, unavailable, type Answers } from '../support/open-section';

const repositoryUuid = '{5b1f0c7e-2a43-4d0f-8c6b-9e7a1d3f5b20}';
const project = {
  projectUuid: '7e2d1c0b-3f4a-4b5c-8d6e-1a2b3c4d5e6f',
  key: 'SHOP',
  name: 'Shop',
};

const mergeCheckRun = { missed: 0 };

function viewOf(
  own: LevelSettings = nothingSaid,
  workspace?: LevelSettings,
): SettingsView & { mergeCheckRun: { at?: string; missed: number } } {
  const levels = workspace
    ? ([
        { level: 'workspace', settings: workspace },
        { level: 'repository', settings: own },
      ] as const)
    : ([{ level: 'workspace', settings: own }] as const);
  return { sequence: 3, own, resolved: resolveSettings(levels), mergeCheckRun };
}

const openWorkspace = (answers: Answers = {}) =>
  openSection(
    Settings,
    {},
    {
      'settings.workspace': () => viewOf(),
      'settings.saveWorkspace': ({ own }) => ({ ...viewOf(own), sequence: 4 }),
      'settings.projects': () => ({ projects: [project], hasMore: false }),
      'settings.project': () => viewOf(nothingSaid),
      'settings.saveProject': ({ own }) => viewOf(own),
      ...answers,
    },
  );

const openRepository = (answers: Answers = {}, saved: string[] = []) =>
  openSection(
    RepositorySettings,
    { repositoryUuid, onSaved: (sentence: string) => void saved.push(sentence) },
    {
      'repository.settings': () => viewOf(nothingSaid, nothingSaid),
      'repository.saveSettings': ({ own }) => ({
        ...viewOf(own, nothingSaid),
        sequence: 4,
      }),
      ...answers,
    },
  );

const pending = () => screen.findByLabelText<HTMLSelectElement>('The analysis is still running');
const save = () => screen.getByRole('button', { name: 'Save settings' });

beforeEach(() => bridge.reset());
afterEach(closePages);

describe('the settings of a level', () => {
  it('[R4] [L1] show each value with where it comes from, and without a violation', async () => {
    await openRepository({
      'repository.settings': () =>
        viewOf(
          { values: { whenPending: 'block' }, locks: [] },
          { values: { whenPending: 'pass', report: 'off' }, locks: ['report'] },
        ),
    });

    const select = await pending();
    expect(select.value).toBe('block');
    expect(within(select).getByText('From the workspace: Let it pass')).toBeDefined();
    expect(screen.getByText('locked by the workspace')).toBeDefined();
    expect(screen.queryByLabelText('Report on the newest commit')).toBeNull();
    expect(await findViolations()).toEqual([]);
  });

  it('[R4] [G4] save what was chosen, on top of what the page saw, and say so', async () => {
    const user = await openWorkspace();
    await user.selectOptions(await pending(), 'pass');
    expect(screen.getByText('1 change not saved.')).toBeDefined();

    await user.click(save());

    await screen.findByText(/Saved\. Merges follow at once/);
    expect(inputsOf('settings.saveWorkspace')).toEqual([
      { sequence: 3, own: { values: { whenPending: 'pass' }, locks: [] } },
    ]);
  });

  it('[R4] go back to what is inherited', async () => {
    const user = await openWorkspace({
      'settings.workspace': () => viewOf({ values: { whenPending: 'pass' }, locks: [] }),
    });
    await user.selectOptions(await pending(), '');

    await user.click(save());

    await waitFor(() =>
      expect(inputsOf('settings.saveWorkspace')).toEqual([
        { sequence: 3, own: { values: {}, locks: [] } },
      ]),
    );
  });

  it('[R4] lock a setting for the levels below, and only where there are some', async () => {
    const user = await openWorkspace();
    await user.click(
      await screen.findByRole('checkbox', {
        name: 'Lock "The analysis is still running" for everything below',
      }),
    );
    await user.click(save());

    await waitFor(() =>
      expect(inputsOf('settings.saveWorkspace')).toEqual([
        { sequence: 3, own: { values: {}, locks: ['whenPending'] } },
      ]),
    );
    closePages();
    await openRepository();
    await pending();
    expect(screen.queryByRole('checkbox')).toBeNull();
  });

  it('[R4] keep what was entered when somebody else was first', async () => {
    const user = await openWorkspace({
      'settings.saveWorkspace': () => ({
        code: 'CONFLICT',
        message: 'Somebody else changed these settings in the meantime.',
      }),
    });
    await user.selectOptions(await pending(), 'pass');

    await user.click(save());

    expect((await screen.findByRole('alert')).textContent).toContain('in the meantime');
    expect((await pending()).value).toBe('pass');
  });

  it('discard changes when asked to', async () => {
    const user = await openWorkspace();
    await user.selectOptions(await pending(), 'pass');

    await user.click(screen.getByRole('button', { name: 'Discard changes' }));

    expect((await pending()).value).toBe('');
    expect(screen.getByText('Your changes were discarded.')).toBeDefined();
  });

  it('[R4] are those of a Bitbucket project when one is chosen', async () => {
    const user = await openWorkspace();
    await user.click(
      await screen.findByRole('button', { name: 'Settings of a Bitbucket project…' }),
    );
    await user.selectOptions(await screen.findByLabelText('Settings of'), project.projectUuid);
    await screen.findByRole('heading', { name: 'Project Shop (SHOP)' });
    await user.selectOptions(await pending(), 'pass');

    await user.click(save());

    await waitFor(() =>
      expect(inputsOf('settings.saveProject')).toEqual([
        {
          sequence: 3,
          own: { values: { whenPending: 'pass' }, locks: [] },
          projectUuid: project.projectUuid,
          projectName: 'Shop',
        },
      ]),
    );
  });

  it.each([
    ['the settings', { 'settings.workspace': () => unavailable }],
    ['the settings, which are denied', { 'settings.workspace': () => denied }],
  ] as const)('say why %s cannot be read', async (...[, answers]) => {
    await openWorkspace(answers);

    expect((await screen.findByRole('alert')).textContent).toMatch(/Try later|administrator/);
  });

  it('say why the projects cannot be read, and try again', async () => {
    let tries = 0;
    const user = await openWorkspace({
      'settings.projects': () =>
        (tries += 1) === 1 ? unavailable : { projects: [project], hasMore: false },
    });
    await user.click(
      await screen.findByRole('button', { name: 'Settings of a Bitbucket project…' }),
    );

    await user.click(within(await screen.findByRole('alert')).getByRole('button'));

    expect(await screen.findByLabelText('Settings of')).toBeDefined();
  });
});

describe('branch rules', () => {
  it('[R8] [L1] are added, ordered, removed and saved', async () => {
    const user = await openRepository();
    await user.click(await screen.findByRole('button', { name: 'Set rules here' }));
    await user.type(screen.getByLabelText('Pattern 1'), 'release/*');
    await user.click(screen.getByRole('button', { name: 'Add a rule' }));
    await user.type(screen.getByLabelText('Pattern 2'), 'bot/**');
    await user.selectOptions(screen.getByLabelText('Treatment 2'), 'ignored');
    await user.click(screen.getByRole('button', { name: 'Move rule 2 up' }));
    await user.click(screen.getByRole('button', { name: 'Add a rule' }));
    await user.click(screen.getByRole('button', { name: 'Remove rule 3' }));
    expect(await findViolations()).toEqual([]);

    await user.click(save());

    await waitFor(() =>
      expect(inputsOf('repository.saveSettings')).toEqual([
        {
          repositoryUuid,
          sequence: 3,
          own: {
            values: {
              branchRules: [
                { pattern: 'bot/**', treatment: 'ignored' },
                { pattern: 'release/*', treatment: 'decorated' },
              ],
            },
            locks: [],
          },
        },
      ]),
    );
  });

  it('[R8] are not saved while one has no pattern', async () => {
    const user = await openRepository();
    await user.click(await screen.findByRole('button', { name: 'Set rules here' }));

    await user.click(save());

    expect(screen.getByText(/has no pattern yet/)).toBeDefined();
    expect(inputsOf('repository.saveSettings')).toEqual([]);
  });

  it('[R8] are tried on a branch before they are saved', async () => {
    const user = await openRepository({
      'repository.testBranch': ({ rules }) => ({
        treatment: rules[0]?.treatment ?? 'gated',
        rule: 0,
      }),
    });
    await user.click(await screen.findByRole('button', { name: 'Set rules here' }));
    await user.type(screen.getByLabelText('Pattern 1'), 'release/*');

    await user.type(screen.getByLabelText('Try a branch'), 'release/1{Enter}');

    expect(
      await screen.findByText(
        'release/1: Decorated: shown and written, never blocked (by release/*).',
      ),
    ).toBeDefined();
    expect(inputsOf('repository.testBranch')).toEqual([
      {
        repositoryUuid,
        branch: 'release/1',
        rules: [{ pattern: 'release/*', treatment: 'decorated' }],
      },
    ]);
  });

  it('[R4] are shown and not changed where a level above has locked them', async () => {
    await openRepository({
      'repository.settings': () =>
        viewOf(nothingSaid, {
          values: { branchRules: [{ pattern: 'main', treatment: 'gated' }] },
          locks: ['branchRules'],
        }),
    });

    expect(await screen.findByText(/Locked by the workspace/)).toBeDefined();
    expect(screen.getByText('main')).toBeDefined();
    expect(screen.queryByRole('button', { name: 'Set rules here' })).toBeNull();
  });
});

describe('the merge check on the repository page', () => {
  it('[G6] says that Bitbucket never ran it, with the way to switch it on', async () => {
    const user = await openRepository();

    expect(await screen.findByText(/has not run the merge check/)).toBeDefined();
    await user.click(screen.getByText('How to switch the merge check on'));
    expect(screen.getByText(/Only the Premium plan stops merges/)).toBeDefined();
  });

  it('[G6] says when Bitbucket last ran it', async () => {
    await openRepository({
      'repository.settings': () => ({
        ...viewOf(nothingSaid, nothingSaid),
        mergeCheckRun: { at: '2026-03-04T12:00:00.000Z', missed: 1 },
      }),
    });

    expect(await screen.findByText(/last ran the merge check.*Mar 4, 2026/)).toBeDefined();
    expect(screen.queryByText(/came since without it/)).toBeNull();
  });

  it.each([
    [
      { at: '2026-03-04T12:00:00.000Z', missed: 7 },
      /7 pushes to pull requests came since without it/,
    ],
    [{ missed: 1 }, /although 1 push to pull requests came/],
  ])('[G6] says how many pushes came without it (%j)', async (seen, words) => {
    await openRepository({
      'repository.settings': () => ({ ...viewOf(nothingSaid, nothingSaid), mergeCheckRun: seen }),
    });

    expect(await screen.findByText(words)).toBeDefined();
  });

  it('[G6] leads to the settings of each level on Bitbucket', () => {
    const place = (path: string, isWorkspacePage: boolean) =>
      toPlace(`https://bitbucket.org/${path}`, isWorkspacePage);

    expect(place('acme/shop/admin/forge/a/b/c', false)).toEqual({
      workspaceUrl: 'https://bitbucket.org/acme',
      repositoryUrl: 'https://bitbucket.org/acme/shop',
    });
    expect(place('acme/workspace/settings/forge/a/b/c', true)).toEqual({
      workspaceUrl: 'https://bitbucket.org/acme',
    });
    expect([toPlace(undefined, true), toPlace('javascript:alert(1)', false)]).toEqual([{}, {}]);
  });
});
