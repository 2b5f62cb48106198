import { buildView } from '../../../src/domain/build-view';
import { canBeKept, isConcerned, isOutside } from '../../../src/domain/changed-paths';
import { decideMerge } from '../../../src/domain/merge-decision';
import { defaultSettings } from '../../../src/domain/settings';
import {
  boundProject,
  buildBinding,
  buildIssueList,
  buildPullRequest,
  buildRecord,
  buildTruth,
  failedGate,
  headCommit,
  olderCommit,
  repositoryUuid,
  startMs,
} from '../../support/app/build-app-data';

const changes = { commit: headCommit, paths: ['services/shop/a.ts', 'README.md'] };

/** A monorepo with a green project that the change touches and a red one in this folder. */
function view(pathScope: string | undefined, changed = changes) {
  const projects = [
    { ...boundProject, projectKey: 'shop', projectName: 'Shop', pathScope: 'services/shop' },
    { ...boundProject, projectKey: 'other', projectName: 'Other', pathScope },
  ];
  return buildView({
    repositoryUuid,
    pullRequest: buildPullRequest(),
    binding: buildBinding({ projects }),
    record: buildRecord({
      projects: [
        buildTruth({ projectKey: 'shop' }),
        buildTruth({ projectKey: 'other', gate: failedGate }),
      ],
      changes: changed,
    }),
    nowMs: startMs,
  });
}

describe('a project of a monorepo', () => {
  it.each([
    ['services/shop', true],
    ['services', true],
    ['services/shop/a.ts', true],
    ['services/sho', false],
    ['services/cart', false],
    [undefined, true],
  ])('[N1] with the folder %s is concerned: %s', (...[pathScope, expected]) => {
    expect(isConcerned({ pathScope }, changes)).toBe(expected);
  });

  it('[N1] is concerned while it is not known what is changed', () => {
    expect(isConcerned({ pathScope: 'services/cart' }, undefined)).toBe(true);
    expect(isOutside('a.ts', undefined)).toBe(false);
  });

  it.each([
    ['500 short paths', 500, 10, true],
    ['501 paths', 501, 10, false],
    ['a few paths of four thousand characters', 11, 4_000, false],
  ] as const)('[N1] keeps %s: %s of them', (...[, count, length, expected]) => {
    expect(canBeKept(Array.from({ length: count }, () => 'x'.repeat(length)))).toBe(expected);
  });

  it('[N1] that is not concerned neither counts nor blocks, and says so', () => {
    const { state, projects } = view('services/cart');

    expect(state).toBe('passed');
    expect(projects[1]).toMatchObject({
      isConcerned: false,
      reason: 'Not concerned: the pull request changes nothing in services/cart.',
    });
    expect(decideMerge(projects, defaultSettings)).toEqual({
      success: true,
      message: 'The quality gate passed.',
    });
  });

  it('[N1] that is concerned counts and blocks', () => {
    const { state, projects } = view('services');

    expect(state).toBe('failed');
    expect(decideMerge(projects, defaultSettings).success).toBe(false);
  });

  it('[N1] counts when the known changes are those of an earlier head', () => {
    expect(view('services/cart', { ...changes, commit: olderCommit }).state).toBe('failed');
  });

  it('[N1] lets a merge pass that concerns no project, without calling it passed', () => {
    const { state, projects } = view('docs', { commit: headCommit, paths: ['README.md'] });

    expect(state).toBe('notAnalysed');
    expect(decideMerge(projects, defaultSettings)).toMatchObject({
      success: true,
      message: expect.stringContaining('changes nothing in the folders') as string,
    });
  });

  it('[P3] tells the issues in files outside the change apart', () => {
    const truth = buildTruth({
      issues: [
        ...buildIssueList(1).map((issue) => ({ ...issue, path: 'README.md' })),
        ...buildIssueList(1).map((issue) => ({ ...issue, path: 'x.ts' })),
      ],
    });

    const { projects } = buildView({
      repositoryUuid,
      pullRequest: buildPullRequest(),
      binding: buildBinding(),
      record: buildRecord({ projects: [truth], changes }),
      nowMs: startMs,
    });

    expect(projects[0]?.issues.map(({ isOutside: outside }) => outside)).toEqual([undefined, true]);
  });
});
