import fc from 'fast-check';
import { createHealthProcedures } from '../../../../src/handlers/health-procedures';
import {
  buildIssueList,
  buildRecord,
  caller,
  connectionId,
  headCommit,
  projectKey,
  repositoryUuid,
  workspaceUuid,
} from '../../../support/app/build-app-data';
import { setUpApp, type AppUnderTest } from '../../../support/app/set-up-app';

const gone = '99999999-0000-4000-8000-000000000000';

/** What may be stored of one pull request, also what a kill between two writes leaves. */
interface Leftover {
  readonly repository: string;
  readonly pullRequestId: number;
  readonly hasVerdict: boolean;
  readonly hasIssues: boolean;
  readonly hasPublication: boolean;
}

async function store(app: AppUnderTest, left: Leftover): Promise<void> {
  const identity = { repositoryUuid: left.repository, pullRequestId: left.pullRequestId };
  if (left.hasIssues) {
    await app.issues.save({ ...identity, connectionId, projectKey }, buildIssueList(3), undefined);
  }
  if (left.hasVerdict) await app.verdicts.save(buildRecord(identity), undefined);
  if (!left.hasPublication) return;
  await app.publications.save(
    {
      ...identity,
      sequence: 1,
      connectionId,
      projectKey,
      commit: headCommit,
      state: 'written',
      annotations: {},
      at: '2026-03-04T12:00:00.000Z',
    },
    undefined,
  );
}

async function sweep(app: AppUnderTest): Promise<number> {
  const { after } = await app.changeOperation.start({
    kind: 'sweep',
    name: 'the workspace',
    startedBy: 'app',
  });
  await app.runOperations();
  await app.consume();
  const ended = await app.changeOperation.view(after.operationId);
  expect(ended.state).toBe('succeeded');
  return ended.done;
}

/** What is there of a pull request, in the order of `Leftover`. */
async function find(app: AppUnderTest, left: Leftover) {
  const identity = { repositoryUuid: left.repository, pullRequestId: left.pullRequestId };
  const owners = await app.inventory.listIssueOwners({ limit: 100 });
  const isOwn = (each: { repositoryUuid: string; pullRequestId: number }) =>
    each.repositoryUuid === left.repository && each.pullRequestId === left.pullRequestId;
  return {
    hasVerdict: (await app.verdicts.find(identity)) !== undefined,
    hasIssues: owners.items.some(isOwn),
    hasPublication:
      (await app.publications.find(identity, { connectionId, projectKey })) !== undefined,
  };
}

const leftovers = fc.uniqueArray(
  fc.record({
    repository: fc.constantFrom(repositoryUuid, gone),
    pullRequestId: fc.integer({ min: 1, max: 9 }),
    hasVerdict: fc.boolean(),
    hasIssues: fc.boolean(),
    hasPublication: fc.boolean(),
  }),
  { selector: ({ repository, pullRequestId }) => `${repository} ${pullRequestId}`, maxLength: 12 },
);

describe('the clean-up', () => {
  it('[O6] leaves exactly what a bound repository and a known pull request need, and finds nothing the second time', async () => {
    await fc.assert(
      fc.asyncProperty(leftovers, async (all) => {
        const app = await setUpApp();
        for (const left of all) await store(app, left);

        await sweep(app);

        for (const left of all) {
          const isNeeded = left.repository === repositoryUuid && left.hasVerdict;
          const { hasVerdict, hasIssues, hasPublication } = left;
          expect(await find(app, left)).toEqual(
            isNeeded
              ? { hasVerdict, hasIssues, hasPublication }
              : { hasVerdict: false, hasIssues: false, hasPublication: false },
          );
        }
        expect(await sweep(app)).toBe(0);
      }),
      { numRuns: 40 },
    );
  });

  it('[O6] takes the report of an unbound repository off its commit', async () => {
    const app = await setUpApp();
    const left = {
      repository: gone,
      pullRequestId: 3,
      hasVerdict: false,
      hasIssues: false,
      hasPublication: true,
    };
    await store(app, left);
    const deleted: string[] = [];
    const deleteReport: typeof app.codeInsights.deleteReport = (place) =>
      Promise.resolve(void app.codeInsights.reports.delete(`${place.hash} ${place.reportId}`));
    app.codeInsights.deleteReport = (place) => {
      deleted.push(place.hash);
      return deleteReport(place);
    };

    await sweep(app);

    expect(deleted).toEqual([headCommit]);
  });

  it('[O6] leaves the issues alone that somebody is writing', async () => {
    const app = await setUpApp();
    const identity = { repositoryUuid, pullRequestId: 5 };
    await app.issues.save({ ...identity, connectionId, projectKey }, buildIssueList(2), undefined);
    await app.leases.claim(`read:${repositoryUuid}:5`, 'a reader', 60_000);

    expect(await sweep(app)).toBe(0);
    expect((await app.inventory.listIssueOwners({ limit: 10 })).items).toEqual([identity]);
  });

  it('[O6] is counted by kind on the health page, and starts there', async () => {
    const app = await setUpApp();
    await app.verdicts.save(buildRecord({ pullRequestId: 1 }), undefined);
    await app.verdicts.save(buildRecord({ pullRequestId: 2, repositoryUuid: gone }), undefined);
    const procedures = createHealthProcedures(app);
    const count = async () => {
      const { counts } = await procedures['health.stored']({}, caller);
      return Object.fromEntries(counts.map(({ kind, count: number }) => [kind, number]));
    };

    expect(await count()).toMatchObject({ connections: 1, bindings: 1, verdicts: 2, changes: 0 });
    const started = await procedures['health.sweep']({}, { ...caller, workspaceUuid });
    await app.runOperations();

    expect(started.output.operation.message).toContain('Cleaning up');
    expect(started.change).toMatchObject({ subject: { name: 'clean-up' } });
    expect(await count()).toMatchObject({ verdicts: 1, operations: 1 });
  });

  it('[O6] counts no further than a thousand', async () => {
    const app = await setUpApp();
    for (let id = 1; id <= 120; id += 1) {
      await app.verdicts.save(buildRecord({ pullRequestId: id }), undefined);
    }

    expect(await app.inventory.count('verdicts', 110)).toEqual({ count: 110, isMore: true });
    expect(await app.inventory.count('verdicts', 1000)).toEqual({ count: 120, isMore: false });
  });
});
