import { join } from 'node:path';
import { Budgets } from '../../bench/budgets';
import { countFreshView, countStaleViews, findPlace } from '../../bench/card-views';
import { countFirstRead, holdBack } from '../../bench/first-read';
import { analysisWithIssues } from '../../bench/given-analysis';
import { countMergeCheck } from '../../bench/merge-check-cost';
import { measurePageBytes } from '../../bench/page-bytes';
import { countWorkspaceView } from '../../bench/workspace-view';
import type { Host } from '../../host/host';
import type { GitFixture } from '../support/git-repository';
import { startTestHost } from '../support/host';
import { projectRoot } from '../support/project-root';
import { createShopRepository } from '../support/shop-repository';

let fixture: GitFixture;
let host: Host | undefined;
beforeEach(() => {
  fixture = createShopRepository();
});
afterEach(async () => {
  await host?.stop();
  host = undefined;
  fixture.remove();
});

async function startWithVerdict(): Promise<Host> {
  host = await startTestHost([fixture.path]);
  await host.settle();
  return host;
}

it('shows a fresh verdict at the cost of one call to Bitbucket and two reads of the store', async () => {
  const place = findPlace(await startWithVerdict());

  const counts = await countFreshView(place);

  expect(counts).toEqual({
    invocations: Budgets.view.invocations,
    storageReads: Budgets.view.storageReads,
    storageWrites: Budgets.view.freshStorageWrites,
    bitbucketCalls: Budgets.view.bitbucketCalls,
    bitbucketWrites: 0,
    serverCalls: Budgets.view.serverCalls,
    queuePushes: 0,
  });
});

it.each([1, 10])(
  'asks the server once for %d viewers of a stale verdict at once',
  async (viewers) => {
    const place = findPlace(await startWithVerdict());

    const { views, reread } = await countStaleViews(place, viewers);

    expect(views).toMatchObject({
      invocations: viewers * Budgets.view.invocations,
      bitbucketCalls: viewers * Budgets.view.bitbucketCalls,
      serverCalls: Budgets.view.serverCalls,
      queuePushes: 1,
    });
    expect(reread).toMatchObject({
      invocations: Budgets.reread.invocations,
      serverCalls: Budgets.reread.serverCalls,
    });
  },
);

it('reads a pull request with 500 issues for the first time in at most six calls to the server', async () => {
  const held = holdBack(analysisWithIssues(500));
  host = await startTestHost([fixture.path], { analyse: held.analyse });

  const { first } = await countFirstRead(host, () => held.letGo());

  expect(first.serverCalls).toBeLessThanOrEqual(Budgets.firstRead.serverCalls);
  expect(first.bitbucketWrites).toBeLessThanOrEqual(Budgets.firstRead.bitbucketWrites(500));
});

it('writes nothing to Bitbucket and asks the server once when a message comes twice', async () => {
  const held = holdBack(analysisWithIssues(8));
  host = await startTestHost([fixture.path], { analyse: held.analyse });

  const { again } = await countFirstRead(host, () => held.letGo());

  expect(again).toMatchObject({
    bitbucketWrites: Budgets.nothingChanged.bitbucketWrites,
    serverCalls: 1,
    queuePushes: 0,
  });
});

it('needs at most 12 KB of script and 4 KB of style before the verdict is on screen', () => {
  const { script, style, later } = measurePageBytes(join(projectRoot, 'static/pull-request/dist'));

  expect(script).toBeLessThanOrEqual(Budgets.page.script);
  expect(style).toBeLessThanOrEqual(Budgets.page.style);
  // What is optional is there, and is not part of the first load.
  expect(later).toBeGreaterThan(0);
});

it('[G2] answers at the merge with one call to the server when nothing changed', async () => {
  const place = findPlace(await startWithVerdict());

  const counts = await countMergeCheck(place);

  expect(counts).toMatchObject({
    invocations: Budgets.mergeCheck.invocations,
    serverCalls: Budgets.mergeCheck.serverCalls,
    bitbucketWrites: 0,
  });
});

it('[I2] shows the first screen of the workspace page in one invocation and five reads of the store', async () => {
  const counts = await countWorkspaceView(await startWithVerdict());

  expect(counts).toEqual({
    invocations: 1,
    storageReads: Budgets.workspace.storageReads,
    storageWrites: 0,
    bitbucketCalls: 1,
    bitbucketWrites: 0,
    serverCalls: Budgets.workspace.serverCalls,
    queuePushes: 0,
  });
});
