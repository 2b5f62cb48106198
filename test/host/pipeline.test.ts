import { createBitbucket } from '../../host/bitbucket/bitbucket';
import { openDatabase } from '../../host/database';
import { workspace } from '../../host/launch/workspace';
import { createManualClock } from '../../host/manual-clock';
import { createPipeline } from '../../host/pipeline';
import type { Platform, ProductEvent } from '../../host/platform/types';
import { createSonarQube } from '../../host/sonarqube/sonarqube';
import type { AnalysisRequest } from '../../host/sonarqube/types';
import { createGitRepository, type GitFixture } from '../support/git-repository';

let fixture: GitFixture;
beforeEach(() => {
  fixture = createGitRepository({
    main: [{}],
    one: { from: 'main', commits: [{ message: 'One' }] },
    two: { from: 'main', commits: [{ message: 'Two' }] },
  });
});
afterEach(() => fixture.remove());

/** Both stand-ins for real over one database, an analysis that finds nothing, and a platform that takes events. */
function openWorld(database = openDatabase(':memory:')) {
  const clock = createManualClock(Date.UTC(2026, 5, 1));
  const analysed: AnalysisRequest[] = [];
  const events: ProductEvent[] = [];
  const lines: string[] = [];
  const bitbucket = createBitbucket({ database, clock, workspace });
  const sonarqube = createSonarQube({
    database,
    clock,
    flavour: 'cloud',
    baseUrl: 'https://sonarcloud.io',
    deliver: () => Promise.resolve({ status: 200 }),
    analyse(request) {
      analysed.push(request);
      return Promise.resolve({
        issues: [],
        newLines: 1,
        duplicatedLines: 0,
        filesAnalysed: 1,
        filesNotAnalysed: [],
      });
    },
  });
  let deliver = (event: ProductEvent): Promise<void> => {
    events.push(event);
    return Promise.resolve();
  };
  const pipeline = createPipeline({
    bitbucket,
    sonarqube,
    platform: { deliverEvent: (event: ProductEvent) => deliver(event) } as unknown as Platform,
    isOn: true,
    hasMainBranchAnalysis: false,
    projectKeyOf: ({ slug }) => `workshop_${slug}`,
    pageOf: ({ slug }, id) => `http://127.0.0.1:4000/workshop/${slug}/pull-requests/${id}`,
    token: sonarqube.issueToken('test'),
    log: (line) => lines.push(line),
  });
  return {
    bitbucket,
    pipeline,
    analysed,
    events,
    lines,
    deliverWith(next: typeof deliver) {
      deliver = next;
    },
    async settle() {
      await pipeline.idle();
      await sonarqube.idle();
    },
  };
}
const heads = (analysed: readonly AnalysisRequest[]) =>
  analysed.map(({ headCommit }) => headCommit).sort();

describe('the pipeline', () => {
  it('analyses at its start the heads that the server has no analysis of', async () => {
    const world = openWorld();
    await world.bitbucket.addRepository({ path: fixture.path });

    world.pipeline.catchUp();
    await world.settle();

    expect(heads(world.analysed)).toEqual([fixture.hash('one'), fixture.hash('two')].sort());
  });

  it('analyses nothing twice after a restart, and what moved in between once', async () => {
    const database = openDatabase(':memory:');
    const first = openWorld(database);
    await first.bitbucket.addRepository({ path: fixture.path });
    first.pipeline.catchUp();
    await first.settle();
    first.pipeline.stop();

    const second = openWorld(database);
    const { uuid } = await second.bitbucket.addRepository({ path: fixture.path });
    const head = fixture.commit('two');
    await second.bitbucket.push(uuid);
    second.pipeline.catchUp();
    await second.settle();

    expect(heads(second.analysed)).toEqual([head]);
  });

  it('hands events to the app and analyses each new head once', async () => {
    const world = openWorld();
    const { uuid } = await world.bitbucket.addRepository({ path: fixture.path });
    world.pipeline.catchUp();
    await world.settle();
    world.analysed.length = 0;
    const head = fixture.commit('one');

    await world.bitbucket.push(uuid);
    await world.settle();

    expect(heads(world.analysed)).toEqual([head]);
    expect(world.events.map(({ eventType }) => eventType)).toContain(
      'avi:bitbucket:updated:pullrequest',
    );
  });

  it('analyses no pull request from a fork', async () => {
    const world = openWorld();
    const { uuid } = await world.bitbucket.addRepository({ path: fixture.path });
    world.bitbucket.setFork(uuid, 1, 'fork');

    world.pipeline.catchUp();
    await world.settle();

    expect(world.analysed).toHaveLength(1);
  });

  it('goes on when an event could not be handed over, and says so', async () => {
    const world = openWorld();
    const { uuid } = await world.bitbucket.addRepository({ path: fixture.path });
    world.deliverWith(() => Promise.reject(new Error('no worker left')));
    fixture.commit('one');

    await world.bitbucket.push(uuid);
    await world.settle();

    expect(world.lines).toContain(
      'Delivering avi:bitbucket:updated:pullrequest failed: no worker left',
    );
    expect(world.analysed).toHaveLength(1);
  });
});
