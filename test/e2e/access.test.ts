import { startBrowser, type TestBrowser } from '../support/browser';
import { resultWithIssues, startWalk, type Walk, type WalkPullRequest } from '../support/walk';
import { refusalOf } from '../support/walk-calls';
import { openPath } from '../support/walk-pages';

let browser: TestBrowser;
let walk: Walk;
let pullRequest: WalkPullRequest;
beforeAll(async () => {
  [browser, walk] = await Promise.all([startBrowser(), startWalk()]);
  pullRequest = await walk.openPullRequest(resultWithIssues(1));
  // Until the queue is empty, so that a job of a refused call could be seen.
  await walk.host.clock.advance(60_000);
});
afterAll(async () => {
  await browser.close();
  await walk.stop();
});

const procedures = {
  'pullRequest.view': {},
  'pullRequest.refresh': {},
  'pullRequest.issues': { projectKey: 'workshop_shop' },
};

describe.each(['Milo Member', 'Otto Outsider'])('%s, who may not read the repository', (person) => {
  it('[P1] gets the page of something that is not there, without any frame', async () => {
    const real = await openPath(browser, walk.host, pullRequest.path, { person });
    const unknown = await openPath(browser, walk.host, '/workshop/shop/pull-requests/404', {
      person,
    });

    await real.getByRole('heading', { name: 'Page not found' }).waitFor();
    expect(await real.locator('main').innerText()).toBe(await unknown.locator('main').innerText());
    expect(await real.locator('iframe').count()).toBe(0);
    expect(await real.content()).not.toContain(pullRequest.branch);
    await real.context().close();
    await unknown.context().close();
  });

  it.each(Object.entries(procedures))(
    '[P1] is told the same by %s about this pull request as about one that does not exist',
    async (procedure, more) => {
      const { host, repositoryUuid } = walk;
      const before = JSON.stringify(host.platform.dumpStorage());
      const asked = { person, procedure, more };
      const known = { repositoryUuid, pullRequestId: pullRequest.id };
      const nowhere = '{00000000-0000-4000-8000-000000000000}';

      const refusals = [
        await refusalOf(host, { ...asked, ...known }),
        await refusalOf(host, { ...asked, ...known, pullRequestId: 404 }),
        await refusalOf(host, { ...asked, ...known, repositoryUuid: nowhere }),
      ];

      expect(refusals[0]?.code).toBe('NOT_FOUND');
      expect(refusals[1]).toEqual(refusals[0]);
      expect(refusals[2]).toEqual(refusals[0]);
      expect(JSON.stringify(host.platform.dumpStorage())).toBe(before);
      expect(host.platform.queue.pending).toBe(0);
    },
  );
});
