import fc from 'fast-check';
import { connectionId } from '../../../support/app/build-app-data';
import {
  buildListed,
  keyOf,
  listItems,
  makePlan,
  runQueue,
  setUpImport,
  start,
  uuidOf,
} from './import-world';

/** What may be true of a repository and its key before an import. */
const fact = fc.record({
  isFork: fc.boolean(),
  isEmpty: fc.boolean(),
  isPrivate: fc.boolean(),
  isBound: fc.boolean(),
  isKeyTaken: fc.boolean(),
  isClaimed: fc.boolean(),
});
const chosen = fc.record({
  includesForks: fc.boolean(),
  includesEmpty: fc.boolean(),
  publicStaysPublic: fc.boolean(),
  parallel: fc.integer({ min: 1, max: 8 }),
});

describe('a plan and its import', () => {
  it('[M10] do the same: what was planned is done, what was passed over or in conflict stays so', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fact, { minLength: 1, maxLength: 9 }),
        chosen,
        async (facts, options) => {
          const app = await setUpImport(0);
          app.bitbucket.listed = facts.map(({ isFork, isEmpty, isPrivate }, number) =>
            buildListed(number, { isFork, isPrivate, ...(isEmpty && { mainBranch: undefined }) }),
          );
          for (const [number, { isBound, isKeyTaken, isClaimed }] of facts.entries()) {
            const projectKey = keyOf(number);
            const bind = (key: string, repositoryUuid: string) =>
              app.bindProject({ connectionId, projectKey: key, repositoryUuid });
            if (isKeyTaken || isClaimed) {
              app.server.made.set(projectKey, {
                projectKey,
                name: 'Theirs',
                visibility: 'private',
              });
            }
            if (isBound) await bind(`by-hand-${number}`, uuidOf(number));
            if (isClaimed) await bind(projectKey, uuidOf(1_000 + number));
          }
          const before = app.server.made.size;
          const runId = await makePlan(app, { options });
          const planned = await listItems(app, runId);
          expect(app.server.made.size).toBe(before);

          const pending = planned.filter(({ state }) => state === 'pending');
          if (pending.length > 0) await start(app, runId);
          await runQueue(app);

          const done = await listItems(app, runId);
          const toEnd = (state: string) => (state === 'pending' ? 'done' : state);
          expect(done.map(({ state, projectKey }) => [state, projectKey])).toEqual(
            planned.map(({ state, projectKey }) => [toEnd(state), projectKey]),
          );
          expect(app.server.made.size).toBe(before + pending.length);
          // No two repositories share a project, and whoever was bound still is.
          const bindings = (await app.bindings.list({ limit: 100 })).items;
          const keys = bindings.flatMap(({ projects }) => projects.map((each) => each.projectKey));
          expect(new Set(keys).size).toBe(keys.length);
          facts.forEach(({ isBound }, number) => {
            if (isBound) expect(keys).toContain(`by-hand-${number}`);
          });
        },
      ),
      { numRuns: 200 },
    );
  });
});
