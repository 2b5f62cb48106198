import * as z from 'zod';
import { panelOf, waitForState } from '../support/app-frames';
import { startBrowser, type TestBrowser } from '../support/browser';
import { cleanResult, resultWithIssues, startWalk, type Walk } from '../support/walk';
import { viewOf } from '../support/walk-calls';
import { openPath } from '../support/walk-pages';

let browser: TestBrowser;
let walk: Walk;
beforeAll(async () => {
  [browser, walk] = await Promise.all([startBrowser(), startWalk()]);
});
afterEach(() => {
  walk.host.faults.clear();
  walk.host.sonarqube.resumeTasks();
});
afterAll(async () => {
  await browser.close();
  await walk.stop();
});

const Gate = z.object({
  projectStatus: z.object({
    conditions: z.array(
      z.object({
        metricKey: z.string(),
        comparator: z.string(),
        errorThreshold: z.string(),
        actualValue: z.string().optional(),
        status: z.string(),
      }),
    ),
  }),
});

/** The conditions as the server answers them to anybody who asks. */
async function gateOnServer(pullRequestId: number) {
  const { sonarqube } = walk.host;
  const query = `projectKey=${walk.projectKey}&pullRequest=${pullRequestId}`;
  const answer = await sonarqube.fetch(
    new Request(`${sonarqube.baseUrl}/api/qualitygates/project_status?${query}`, {
      headers: { authorization: `Bearer ${sonarqube.issueToken('Compares')}` },
    }),
  );
  return Gate.parse(await answer.json()).projectStatus.conditions;
}

describe('the conditions on screen', () => {
  it('[P2] are exactly those of the gate, with value, operator and threshold', async () => {
    const { id, path } = await walk.openPullRequest({
      ...resultWithIssues(3),
      coverage: { linesToCover: 40, coveredLines: 30 },
      duplicatedLines: 8,
    });
    const onServer = await gateOnServer(id);

    const page = await openPath(browser, walk.host, path);
    await waitForState(panelOf(page), 'Failed');
    const rows = await panelOf(page).locator('tbody tr').allInnerTexts();
    const [project] = (await viewOf(walk, { id })).projects;

    expect(new Set(rows.map((row) => row.replace(/\s+/g, ' ').trim()))).toEqual(
      new Set([
        'New issues 3 at most 0 Failed',
        'Coverage on new code 75.0% at least 80.0% Failed',
        'Duplicated lines on new code 20.0% at most 3.0% Failed',
        'Security hotspots reviewed on new code No data at least 100.0% Passed',
      ]),
    );
    const raw = project?.conditions.map(({ metricKey, comparator, threshold, actual }) => ({
      metricKey,
      comparator,
      errorThreshold: threshold,
      actualValue: actual,
    }));
    const expected = onServer.map(({ metricKey, comparator, errorThreshold, actualValue }) => ({
      metricKey,
      comparator,
      errorThreshold,
      actualValue,
    }));
    expect(new Set(raw)).toEqual(new Set(expected));
    expect(onServer).toHaveLength(rows.length);
  });

  it('[P2] say which are not enforced because fewer than 20 lines are new', async () => {
    const { path } = await walk.openPullRequest({
      ...cleanResult,
      newLines: 19,
      coverage: { linesToCover: 10, coveredLines: 0 },
    });

    const page = await openPath(browser, walk.host, path);

    await waitForState(panelOf(page), 'Passed');
    const row = panelOf(page).getByRole('row', { name: /Coverage on new code/ });
    await row.getByText('Not enforced').waitFor();
    await panelOf(page).getByText('Fewer than 20 lines are new').waitFor();
  });
});

/** The server says nothing of the analysis that waits, so that the commit alone tells what is outdated. */
function hideTasks(): void {
  const effect = { kind: 'answer', status: 200, body: '{"queue":[]}' } as const;
  walk.host.faults.add({ target: 'sonarqube', match: /ce\/component/, times: Infinity, effect });
}

describe('a verdict', () => {
  it('[G7] of an older commit never passes a newer head', async () => {
    const { host } = walk;
    const analysed = await walk.openPullRequest();
    const before = await viewOf(walk, analysed);
    host.sonarqube.pauseTasks();
    hideTasks();

    const pushed = await walk.push(analysed);
    const states = [(await viewOf(walk, pushed)).state];
    await host.settle();
    const view = await viewOf(walk, pushed);

    expect(before.state).toBe('passed');
    expect([...states, view.state]).toEqual(['outdated', 'outdated']);
    expect(view.projects[0]).toMatchObject({
      analysedCommit: analysed.head,
      lastKnown: { state: 'passed', commit: analysed.head },
    });
    expect(view.reason).toContain(pushed.head.slice(0, 7));
  });

  it('[G7] holds for the head that Bitbucket names by its first 12 characters', async () => {
    const pullRequest = await walk.openPullRequest();

    const view = await viewOf(walk, pullRequest);

    expect(view).toMatchObject({
      state: 'passed',
      headCommit: pullRequest.head.slice(0, 12),
      projects: [{ analysedCommit: pullRequest.head }],
    });
  });

  it('[G7] of an analysis that a push overtook is not that of the new head', async () => {
    const { host } = walk;
    host.sonarqube.pauseTasks();
    const first = await walk.openPullRequest();
    // The first analysis ends, and its webhook arrives, when the head has moved on.
    const { fixture, repositoryUuid } = walk;
    const second = fixture.commit(first.branch);
    host.platform.queue.pause();
    host.sonarqube.resumeTasks();
    await host.sonarqube.idle();
    host.sonarqube.pauseTasks();
    hideTasks();
    await host.bitbucket.push(repositoryUuid);
    host.platform.queue.resume();
    await host.settle();
    // Of readers that met each other, one comes back after five seconds.
    await host.clock.advance(10_000);

    const view = await viewOf(walk, first);

    expect(view.headCommit).toBe(second.slice(0, 12));
    expect(view.state).toBe('outdated');
    expect(view.projects[0]).toMatchObject({ lastKnown: { state: 'passed', commit: first.head } });
  });
});
