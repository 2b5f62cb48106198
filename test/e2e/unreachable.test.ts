import type { FaultEffect } from '../../host/faults';
import { cardOf, panelOf, waitForState } from '../support/app-frames';
import { startBrowser, type TestBrowser } from '../support/browser';
import { resultWithIssues, startWalk, type Walk, type WalkPullRequest } from '../support/walk';
import { storedVerdict, viewOf } from '../support/walk-calls';
import { openPath } from '../support/walk-pages';

const minuteMs = 60_000;
const html = { 'content-type': 'text/html' };
const answers: Readonly<Record<string, readonly [FaultEffect, said: string]>> = {
  'never answers': [{ kind: 'hang' }, 'It did not answer in time.'],
  'breaks the line': [{ kind: 'break' }, 'It did not answer in time.'],
  'answers 500': [{ kind: 'answer', status: 500 }, 'It answered with status 500.'],
  'answers with a page': [
    { kind: 'answer', status: 200, body: '<!doctype html><title>Sign in</title>', headers: html },
    'It answered with a page instead of data',
  ],
  'answers with nothing': [
    { kind: 'answer', status: 200, body: '' },
    'It answered without any content.',
  ],
  'answers with half': [{ kind: 'truncate', characters: 40 }, 'Its answer broke off'],
  'answers with 10 MB': [
    { kind: 'answer', status: 200, body: `"${'x'.repeat(10 * 1024 * 1024)}"` },
    'Its answer is larger than any that is expected.',
  ],
};

let browser: TestBrowser;
let walk: Walk;
beforeAll(async () => {
  [browser, walk] = await Promise.all([startBrowser(), startWalk()]);
});
afterEach(() => walk.host.faults.clear());
afterAll(async () => {
  await browser.close();
  await walk.stop();
});

/** Everything in a stored verdict that was learned from the server; not when and how often it was asked. */
function learned(stored: unknown): unknown {
  return JSON.parse(
    JSON.stringify(stored, (name, value: unknown) =>
      ['sequence', 'knownFrom', 'checkedAt', 'failure', 'dueAtMs'].includes(name)
        ? undefined
        : value,
    ),
  );
}

/** A pull request whose stored verdict is four minutes old, while the server does this. */
async function openStale(effect: FaultEffect): Promise<WalkPullRequest> {
  const pullRequest = await walk.openPullRequest(resultWithIssues(40));
  await walk.host.clock.advance(4 * minuteMs);
  walk.host.faults.add({ target: 'sonarqube', times: Infinity, effect });
  return pullRequest;
}

/** Longer than all time-outs of a re-read and its pauses between tries. */
const patienceMs = 20_000;

describe('a server that cannot be asked', () => {
  it.each(Object.entries(answers))(
    '[P1] that %s leaves the last known verdict with its age, and all that was stored',
    async (_, [effect, said]) => {
      const pullRequest = await openStale(effect);
      const before = storedVerdict(walk, pullRequest);
      const first = await viewOf(walk, pullRequest);

      await walk.host.clock.advance(patienceMs);

      const view = await viewOf(walk, pullRequest);
      expect(first).toMatchObject({ state: 'failed', refreshing: true });
      expect(view).toMatchObject({
        state: 'unreachable',
        projects: [
          {
            unreachable: { message: expect.stringContaining(said) as string },
            lastKnown: { state: 'failed', commit: pullRequest.head },
            issueCount: 40,
          },
        ],
      });
      expect(learned(storedVerdict(walk, pullRequest))).toEqual(learned(before));
    },
  );

  it('[P1] changes the open page to "Unreachable" with the last known verdict and its age', async () => {
    const { host } = walk;
    const page = await openPath(browser, host, (await openStale({ kind: 'hang' })).path);
    await waitForState(cardOf(page), 'Failed');

    await host.clock.advance(patienceMs);

    await waitForState(cardOf(page), 'Unreachable');
    await waitForState(panelOf(page), 'Unreachable');
    await cardOf(page).getByText('It did not answer in time.').first().waitFor();
    const lastKnown = cardOf(page).locator('.facts', { hasText: 'Last known' });
    await lastKnown.getByText('Failed').waitFor();
    await lastKnown.getByText('4 minutes ago').waitFor();
    expect(host.cspViolations).toEqual([]);
  });

  it('[P1] shows its verdict again as soon as it answers, with nothing lost', async () => {
    const { host } = walk;
    const pullRequest = await walk.openPullRequest(resultWithIssues(40));
    const before = await viewOf(walk, pullRequest);
    host.faults.add({ target: 'sonarqube', times: Infinity, effect: { kind: 'break' } });
    await host.clock.advance(4 * minuteMs);
    await viewOf(walk, pullRequest);
    await host.clock.advance(20_000);
    const during = await viewOf(walk, pullRequest);

    host.faults.clear();
    await host.clock.advance(minuteMs);
    await viewOf(walk, pullRequest);
    await host.settle();

    const after = await viewOf(walk, pullRequest);
    expect(during).toMatchObject({ state: 'unreachable', projects: [{ issueCount: 40 }] });
    expect(after.state).toBe('failed');
    expect(after.projects).toEqual(before.projects);
  });
});
