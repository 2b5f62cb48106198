import fc from 'fast-check';
import { buildIssueList, identity, workspaceUuid } from '../../../support/app/build-app-data';
import { setUpApp } from '../../../support/app/set-up-app';

import { analyse, kinds, reread, say, shown } from './published';

describe('publishing that is interrupted', () => {
  it('[F2] ends in the same state when it is killed between any two calls, and after any number of runs', async () => {
    const phases = [
      { isFailed: true, issues: buildIssueList(230) },
      { isFailed: true, issues: buildIssueList(4).slice(2) },
      { isFailed: false, issues: [] },
    ];
    const build = async (killAt: number) => {
      const app = await setUpApp();
      await say(app, { buildStatus: 'verdict' });
      app.codeInsights.afterWrite = (write) => {
        if (write === killAt) throw new Error('killed');
      };
      for (const phase of phases) {
        analyse(app, phase);
        for (let tries = 0; tries < 12; tries += 1) {
          const outcome = await reread(app).catch(() => ({ kind: 'retry' as const }));
          // The lease of what was killed is over by then.
          app.time.nowMs += 61_000;
          if (outcome.kind === 'done') break;
        }
      }
      return JSON.stringify(shown(app.codeInsights));
    };
    const wanted = await build(Infinity);

    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 12 }), async (killAt) => {
        expect(await build(killAt)).toBe(wanted);
      }),
      { numRuns: 12 },
    );
    expect(JSON.parse(wanted)).toMatchObject({ reports: [[expect.any(String), 'PASSED']] });
  });

  it('[F2] takes away what a killed run wrote when the server thinks otherwise by the next one', async () => {
    const app = await setUpApp();
    analyse(app, { isFailed: true, issues: buildIssueList(3) });
    app.codeInsights.afterWrite = (write) => {
      if (write === 2) throw new Error('killed');
    };
    await reread(app).catch(() => undefined);
    app.codeInsights.afterWrite = () => undefined;
    app.time.nowMs += 61_000;
    analyse(app);

    await reread(app);

    expect(shown(app.codeInsights)).toMatchObject({
      reports: [[expect.any(String), 'PASSED']],
      annotations: [[expect.any(String), []]],
    });
  });

  it('[F2] writes the old state again when a killed run had begun with a new one', async () => {
    const app = await setUpApp();
    analyse(app);
    await reread(app);
    analyse(app, { isFailed: true });
    app.codeInsights.afterWrite = () => {
      throw new Error('killed');
    };
    await reread(app).catch(() => undefined);
    const between = shown(app.codeInsights).reports;
    app.codeInsights.afterWrite = () => undefined;
    app.time.nowMs += 61_000;
    analyse(app);

    await reread(app);

    expect(between).toEqual([[expect.any(String), 'FAILED']]);
    expect(shown(app.codeInsights).reports).toEqual([[expect.any(String), 'PASSED']]);
  });

  it('[A2] [A5] makes room in a full report before the next worst issue comes in', async () => {
    const app = await setUpApp();
    const issues = buildIssueList(1_010);
    analyse(app, { isFailed: true, issues });
    await reread(app);
    analyse(app, { isFailed: true, issues: issues.slice(5) });

    expect(await reread(app)).toEqual({ kind: 'done' });

    const [[, ids] = []] = shown(app.codeInsights).annotations;
    expect(ids).toHaveLength(1_000);
    expect(shown(app.codeInsights).reports).toEqual([[expect.any(String), 'FAILED']]);
  });

  it.each([Infinity, 3, 40, 56])(
    '[A2] [F2] changes a full report to 1,000 other issues in several runs, killed after write %s or not',
    async (killAt) => {
      const app = await setUpApp();
      const all = buildIssueList(1_400);
      analyse(app, { isFailed: true, issues: all.slice(0, 1_000) });
      await reread(app);
      const first = app.codeInsights.writes.length;
      app.codeInsights.afterWrite = (write) => {
        if (write === first + killAt) throw new Error('killed');
      };
      analyse(app, { isFailed: true, issues: all.slice(399) });

      let runs = 0;
      for (; runs < 20; runs += 1) {
        app.codeInsights.writes.length = 0;
        const outcome = await reread(app).catch(() => ({ kind: 'retry' as const }));
        expect(app.codeInsights.writes.length).toBeLessThan(70);
        app.time.nowMs += 61_000;
        if (outcome.kind === 'done') break;
      }

      const fresh = await setUpApp();
      analyse(fresh, { isFailed: true, issues: all.slice(399) });
      await reread(fresh);
      expect(runs).toBeLessThan(20);
      expect(shown(app.codeInsights)).toEqual(shown(fresh.codeInsights));
      expect((await app.findings.list({ limit: 10 })).items).toEqual([]);
    },
  );

  it('lets only one of two writers write', async () => {
    const app = await setUpApp();
    analyse(app, { isFailed: true, issues: buildIssueList(5) });
    await app.refreshVerdict({ ...identity, workspaceUuid, trigger: 'push' });
    const refreshed = await app.refreshVerdict({ ...identity, workspaceUuid, trigger: 'push' });
    if (refreshed.kind !== 'unchanged') throw new Error(refreshed.kind);

    const outcomes = await Promise.all([
      app.publishVerdict({ ...refreshed, workspaceUuid }),
      app.publishVerdict({ ...refreshed, workspaceUuid }),
    ]);

    expect(kinds(app)).toEqual(['report', 'annotations', 'report']);
    expect(outcomes).toContainEqual({ retryAfterSeconds: 5 });
  });
});
