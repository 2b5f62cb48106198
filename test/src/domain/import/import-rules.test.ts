import fc from 'fast-check';
import type { ImportItem, ImportItemState } from '../../../../src/contracts/imports';
import { decide, mayBind, planItem, toVisibility } from '../../../../src/domain/import/plan-item';
import {
  findProjectKeyProblem,
  proposeProjectKey,
} from '../../../../src/domain/import/project-key';
import { countAll, countItems, summarize, toOutcome } from '../../../../src/domain/import/run';
import { buildListed, options } from '../../usecases/imports/import-world';

const states = ['pending', 'working', 'done', 'skipped', 'conflict', 'failed'] as const;
const free = { boundTo: [], isKeyTaken: false, isKeyClaimed: false };
const buildItem = (part: Partial<ImportItem> = {}): ImportItem => ({
  ...planItem(buildListed(1), options, free),
  ...part,
});

describe('the key of a project that is made', () => {
  it('[M25] is the prefix and the slug', () => {
    const key = proposeProjectKey('acme_', { slug: 'shop.api', repositoryUuid: 'a1b2c3d4-e5f6' });

    expect(key).toBe('acme_shop.api');
  });

  it('[M25] always has the form that servers take', () => {
    const prefix = fc.stringMatching(/^[A-Za-z0-9_.:-]{0,200}$/);
    const slug = fc.oneof(fc.string({ minLength: 1, maxLength: 400 }), fc.stringMatching(/^\d+$/));

    fc.assert(
      fc.property(prefix, slug, fc.uuid(), (beginning, name, repositoryUuid) => {
        const key = proposeProjectKey(beginning, { slug: name, repositoryUuid });
        expect(findProjectKeyProblem(key)).toBeUndefined();
      }),
      { numRuns: 1_000 },
    );
  });

  it('[M4] is never that of two repositories, whatever they are called', () => {
    const slug = fc.oneof(
      fc.string({ minLength: 1, maxLength: 12 }),
      fc.constantFrom('a b', 'a/b', 'a-b'),
    );
    const slugs = fc.uniqueArray(slug, { minLength: 2, maxLength: 8 });
    // Bitbucket's UUIDs are random: no two in a workspace begin alike.
    const uuids = fc.uniqueArray(fc.uuid(), {
      ...{ minLength: 8, maxLength: 8, selector: (uuid: string) => uuid.slice(0, 8) },
    });

    fc.assert(
      fc.property(slugs, uuids, (names, ids) => {
        const keys = names.map((name, place) =>
          proposeProjectKey('w_', { slug: name, repositoryUuid: ids[place] ?? '' }),
        );
        expect(new Set(keys).size).toBe(names.length);
      }),
      { numRuns: 1_000 },
    );
  });

  it.each([
    ['', /Enter a project key/],
    ['a'.repeat(401), /at most 400/],
    ['a b', /only letters, digits/],
    ['123', /no digit/],
  ])('[M25] is refused as %j', (key, problem) => {
    expect(findProjectKeyProblem(key)).toMatch(problem);
  });
});

describe('visibility', () => {
  it.each([
    [true, 'private', true],
    [true, 'public', false],
    [true, undefined, false],
    [false, 'private', true],
    [false, 'public', true],
    [false, undefined, true],
  ] as const)(
    '[M13] of a repository that is private: %s lets it take a %s project: %s',
    (isPrivate, visibility, expected) => {
      expect(mayBind({ isPrivate }, visibility)).toBe(expected);
    },
  );

  it.each([
    [true, true, 'private'],
    [true, false, 'private'],
    [false, true, 'public'],
    [false, false, 'private'],
  ] as const)(
    '[M13] of a repository that is private: %s, where public stays public: %s, makes a %s project',
    (isPrivate, publicStaysPublic, expected) => {
      expect(toVisibility({ isPrivate }, { publicStaysPublic })).toBe(expected);
    },
  );
});

describe('progress', () => {
  it('[M7] is a fold of the states of the items, and its counts are all of them', () => {
    const part = fc.array(fc.constantFrom<ImportItemState>(...states), { maxLength: 50 });

    fc.assert(
      fc.property(fc.array(part, { maxLength: 5 }), (all) => {
        const parts = all.map((each) => summarize(each.map((state) => buildItem({ state }))));
        const counts = countItems({ parts });
        expect(countAll(counts)).toBe(all.flat().length);
        for (const state of states) {
          expect(counts[state]).toBe(all.flat().filter((each) => each === state).length);
        }
      }),
    );
  });

  it.each([
    ['done and skipped', ['done', 'skipped'], 'completed'],
    ['one that failed', ['done', 'failed'], 'completedWithErrors'],
    ['one that waits for a decision', ['done', 'conflict'], 'completedWithErrors'],
  ] as const)('[M8] with %s ends so', (_, given, outcome) => {
    const parts = [summarize(given.map((state) => buildItem({ state })))];

    expect(toOutcome({ state: 'ended', parts })).toBe(outcome);
    expect(toOutcome({ state: 'importing', parts })).toBeUndefined();
  });
});

describe('decisions', () => {
  it.each([
    ['done', undefined, false],
    ['working', undefined, false],
    ['skipped', 'alreadyBound', false],
    ['skipped', 'fork', true],
    ['pending', undefined, true],
    ['conflict', 'keyTaken', true],
    ['failed', 'refused', true],
  ] as const)(
    '[M10] about an item that is %s (%s) may be taken: %s',
    (state, reason, isAllowed) => {
      const item = buildItem({ state, ...(reason && { reason, message: 'm' }) });

      const decided = decide(item, { kind: 'create', projectKey: 'own' });

      expect('item' in decided).toBe(isAllowed);
      if ('item' in decided) {
        expect(decided.item).toMatchObject({ state: 'pending', projectKey: 'own' });
        expect(decided.item.reason).toBeUndefined();
      }
    },
  );
});
