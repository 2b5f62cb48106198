import fc from 'fast-check';
import type { LevelSettings, SettingLevel } from '../../../src/contracts/settings';
import { decideBranch } from '../../../src/domain/branch-rules';
import {
  defaultSettings,
  lockedNames,
  nothingSaid,
  resolveSettings,
  type Level,
} from '../../../src/domain/settings';

const levelNames = ['workspace', 'project', 'repository'] as const;

function toLevels(said: readonly LevelSettings[]): Level[] {
  return levelNames.map((level, index) => ({ level, settings: said[index] ?? nothingSaid }));
}

function resolveOne(levels: readonly Level[]) {
  const resolved = resolveSettings(levels).find(({ name }) => name === 'buildStatus');
  if (!resolved) throw new Error('The setting is missing.');
  return resolved;
}

/** Every combination of what three levels say of one setting, and of the two locks that can bind. */
const cases = [undefined, 'verdict'].flatMap((workspace) =>
  [undefined, 'reportOnly'].flatMap((project) =>
    [undefined, 'off', 'verdict', 'reportOnly'].flatMap((repository) =>
      [false, true].flatMap((isWorkspaceLock) =>
        [false, true].map((isProjectLock) => ({
          workspace,
          project,
          repository,
          isWorkspaceLock,
          isProjectLock,
        })),
      ),
    ),
  ),
) as {
  workspace?: 'verdict';
  project?: 'reportOnly';
  repository?: 'off' | 'verdict' | 'reportOnly';
  isWorkspaceLock: boolean;
  isProjectLock: boolean;
}[];

/** The rule in other words: the narrowest level that may still speak decides. */
function expectedOf(each: (typeof cases)[number]): readonly [string, SettingLevel] {
  const { workspace, project, repository, isWorkspaceLock, isProjectLock } = each;
  const speakers: (readonly [string | undefined, SettingLevel])[] = [
    ['off', 'default'],
    [workspace, 'workspace'],
  ];
  if (!isWorkspaceLock) speakers.push([project, 'project']);
  if (!isWorkspaceLock && !isProjectLock) speakers.push([repository, 'repository']);
  const [value, from] = speakers.findLast(([said]) => said !== undefined) ?? ['off', 'default'];
  return [value ?? 'off', from];
}

describe('settings by level', () => {
  it('[R4] has 64 cases of one setting', () => {
    expect(cases).toHaveLength(64);
  });

  it.each(cases)('[R4] resolves %j', (each) => {
    const lock = (isLocked: boolean) => (isLocked ? (['buildStatus'] as const) : []);
    const say = (buildStatus: typeof each.repository) =>
      buildStatus === undefined ? {} : { buildStatus };
    const levels = toLevels([
      { values: say(each.workspace), locks: [...lock(each.isWorkspaceLock)] },
      { values: say(each.project), locks: [...lock(each.isProjectLock)] },
      { values: say(each.repository), locks: [] },
    ]);

    const resolved = resolveOne(levels);

    const [value, from] = expectedOf(each);
    expect([resolved.value, resolved.from]).toEqual([value, from]);
    const firstLock = each.isWorkspaceLock ? 'workspace' : 'project';
    expect(resolved.lockedBy).toBe(
      each.isWorkspaceLock || each.isProjectLock ? firstLock : undefined,
    );
  });

  it('[R4] says what would hold without what the place itself says', () => {
    const levels = toLevels([
      { values: { buildStatus: 'verdict' }, locks: [] },
      nothingSaid,
      { values: { buildStatus: 'off' }, locks: [] },
    ]);

    expect(resolveOne(levels)).toEqual({
      name: 'buildStatus',
      value: 'off',
      from: 'repository',
      inherited: { value: 'verdict', from: 'workspace' },
    });
  });

  it('[R4] gives the defaults of the design where nobody says anything', () => {
    const resolved = resolveSettings(toLevels([]));

    expect(Object.fromEntries(resolved.map(({ name, value }) => [name, value]))).toEqual(
      defaultSettings,
    );
    expect(new Set(resolved.map(({ from }) => from))).toEqual(new Set(['default']));
  });

  it('[R4] does not bind the level that locks', () => {
    const levels = toLevels([{ values: { report: 'off' }, locks: ['report'] }]).slice(0, 1);

    expect(resolveSettings(levels).find(({ name }) => name === 'report')).toEqual({
      name: 'report',
      value: 'off',
      from: 'workspace',
      inherited: { value: 'on', from: 'default' },
    });
  });

  it('[R4] names what a level says although it is locked', () => {
    const own: LevelSettings = { values: { report: 'off', annotations: 'off' }, locks: [] };
    const levels = toLevels([{ values: {}, locks: ['report'] }, nothingSaid, own]);

    expect(lockedNames(own, resolveSettings(levels))).toEqual(['report']);
  });
});

describe('branch rules', () => {
  const rules = [
    { pattern: 'main', treatment: 'gated' },
    { pattern: 'release/*', treatment: 'decorated' },
    { pattern: 'hotfix/**', treatment: 'gated' },
    { pattern: 'dependabot/**', treatment: 'ignored' },
    { pattern: 'team-?/wip', treatment: 'ignored' },
    { pattern: '{sandbox,playground}', treatment: 'ignored' },
    { pattern: '**/docs', treatment: 'decorated' },
  ] as const;

  it.each([
    ['main', 'gated', 0],
    ['mainline', 'gated', undefined],
    ['feature/main', 'gated', undefined],
    ['Main', 'gated', undefined],
    ['release/1.0', 'decorated', 1],
    ['release/1.0/fix', 'gated', undefined],
    ['release', 'gated', undefined],
    ['release/', 'gated', undefined],
    ['hotfix/a', 'gated', 2],
    ['hotfix/a/b/c', 'gated', 2],
    ['dependabot/npm/react', 'ignored', 3],
    ['dependabot/.github/x', 'ignored', 3],
    ['team-a/wip', 'ignored', 4],
    ['team-ab/wip', 'gated', undefined],
    ['sandbox', 'ignored', 5],
    ['playground', 'ignored', 5],
    ['sandbox2', 'gated', undefined],
    ['docs', 'decorated', 6],
    ['a/b/docs', 'decorated', 6],
    ['a/docs/b', 'gated', undefined],
  ] as const)('[R8] treats %s as %s, by rule %s', (...[branch, treatment, rule]) => {
    expect(decideBranch(rules, branch)).toEqual({ treatment, ...(rule !== undefined && { rule }) });
  });

  it('[R8] lets the first rule that matches decide, whatever comes after it', () => {
    const names = fc.stringMatching(/^[a-z]{1,8}(\/[a-z]{1,8}){0,2}$/);
    fc.assert(
      fc.property(names, fc.constantFrom('gated', 'decorated', 'ignored'), (branch, treatment) => {
        const decided = decideBranch(
          [
            { pattern: branch, treatment },
            { pattern: '**', treatment: 'ignored' },
          ],
          branch,
        );

        expect(decided).toEqual({ treatment, rule: 0 });
      }),
    );
  });

  it('[R8] gates a pull request whose branch is not known', () => {
    expect(decideBranch([{ pattern: '**', treatment: 'ignored' }], undefined)).toEqual({
      treatment: 'gated',
    });
  });

  it.each(['[', '!(main)', '*(a|b', '\\', '{', '(a+)+$'])(
    '[R8] takes the pattern %s as no more than a glob',
    (pattern) => {
      expect(() => decideBranch([{ pattern, treatment: 'ignored' }], 'main')).not.toThrow();
      expect(decideBranch([{ pattern, treatment: 'ignored' }], 'main').treatment).toBe('gated');
    },
  );
});
