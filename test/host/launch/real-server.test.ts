import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Host } from '../../../host/host';
import { createManualClock } from '../../../host/manual-clock';
import { openRealServer } from '../../../host/launch/real-server';
import { listenOnLoopback, type LoopbackServer } from '../../../host/shell/server/loopback';
import type { GitFixture } from '../../support/git-repository';
import { startMs, startTestHost } from '../../support/host';
import { createShopRepository } from '../../support/shop-repository';
import { invoke } from '../../support/walk-calls';
import { buildIssue, buildResult, setUp, type StandIn } from '../sonarqube/support';

let fixture: GitFixture;
let served: LoopbackServer;
let standIn: StandIn;
let host: Host | undefined;

/** The stand-in as a server of its own: over HTTP, with its own tokens, telling webhooks over HTTP. */
async function serve(edition: 'community' | 'developer'): Promise<void> {
  served = await listenOnLoopback(0);
  standIn = await setUp({
    edition,
    baseUrl: `${served.origin}/sonar`,
    clock: createManualClock(startMs),
    analyse: () => Promise.resolve(buildResult({ issues: [buildIssue()] })),
    async deliver(url, { headers, body }) {
      return { status: (await fetch(url, { method: 'POST', headers, body })).status };
    },
  });
  served.handle((request) => standIn.sonarqube.fetch(request));
}

async function start(token = standIn.token, stateDirectory = ':memory:'): Promise<Host> {
  host = await startTestHost([fixture.path], {
    stateDirectory,
    realServer: { url: `${served.origin}/sonar/`, token },
  });
  return host;
}

beforeEach(() => {
  fixture = createShopRepository();
});
afterEach(async () => {
  await host?.stop();
  host = undefined;
  await standIn.sonarqube.stop();
  standIn.clock.stop();
  standIn.database.close();
  await served.close();
  fixture.remove();
});

describe('npm start -- --sonarqube URL', () => {
  it('[D1] [F2] shows the gates of that server: bound by name, told by its webhook', async () => {
    await serve('developer');
    const { bitbucket, traffic } = await start();
    await host?.settle();
    const [repository] = bitbucket.repositories();
    const [pullRequest] = bitbucket.pullRequests(repository?.uuid ?? '');
    if (!repository || !pullRequest || !host) throw new Error('Nothing was taken in.');
    const view = () =>
      invoke(host as Host, { repositoryUuid: repository.uuid, pullRequestId: pullRequest.id });
    expect(await view()).toMatchObject({ ok: true, data: { state: 'notAnalysed' } });
    expect(traffic.calls.filter(({ target }) => target.includes('/api/ce/submit'))).toEqual([]);

    await standIn.submit({ key: String(pullRequest.id), headCommit: pullRequest.headCommit });
    await standIn.sonarqube.idle();
    // The delivery and the first reading may have met: the second of them comes again some seconds later.
    await host.settle();
    await host.clock.advance(6_000);
    await host.settle();

    const shown = (await view()) as { data: { state: string; projects: { links: object }[] } };
    expect(shown.data.state).toBe('failed');
    expect(JSON.stringify(shown)).toContain(`${served.origin}/sonar/dashboard`);
    expect(JSON.stringify(shown)).not.toContain('sonarqube.example.com');
    const delivered = traffic.invocations.filter(({ functionKey }) =>
      functionKey.includes('delivery'),
    );
    expect(delivered.map(({ outcome }) => outcome)).toContain('success');
  });

  it('[D1] says what an edition without pull requests lacks', async () => {
    await serve('community');
    const started = await start();
    const [repository] = started.bitbucket.repositories();
    const [pullRequest] = started.bitbucket.pullRequests(repository?.uuid ?? '');
    const view = () =>
      invoke(started, {
        repositoryUuid: repository?.uuid ?? '',
        pullRequestId: pullRequest?.id ?? 0,
      });

    await view();
    await started.settle();

    expect(await view()).toMatchObject({ ok: true, data: { state: 'notSupported' } });
  });

  it('starts while the app is not installed, and connects nothing', async () => {
    await serve('community');
    const folder = mkdtempSync(join(tmpdir(), 'gatehouse-real-'));
    try {
      const first = await start(standIn.token, folder);
      await first.platform.uninstall();
      await first.stop();

      const again = await start(standIn.token, folder);

      expect([again.platform.isInstalled, again.connectionId]).toEqual([false, '']);
      await host?.stop();
      host = undefined;
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('does not start with a token that the server refuses, and says why', async () => {
    await serve('developer');

    await expect(start('squ_wrong')).rejects.toThrow(
      /^127\.0\.0\.1:\d+: Nothing was saved\. The server does not accept the token\./,
    );
  });
});

describe('the address of a real server', () => {
  beforeEach(() => serve('community'));

  it.each([
    ['https://sonar.acme.io/qa/', 'https://sonar.acme.io/qa', undefined, 'sonarqube-server'],
    ['https://sonarcloud.io', 'https://sonarcloud.io', undefined, 'sonarqube-cloud'],
    [
      'http://127.0.0.1:9000',
      'https://sonarqube.example.com',
      'http://127.0.0.1:9000',
      'sonarqube-server',
    ],
    [
      'http://10.0.0.7:9000/sonar',
      'https://sonarqube.example.com/sonar',
      'http://10.0.0.7:9000/sonar',
      'sonarqube-server',
    ],
  ])('%s is known to the app as %s', (url, known, publicUrl, kind) => {
    const server = openRealServer({ url, token: 't' });

    expect([server.url, server.publicUrl, server.kind]).toEqual([known, publicUrl, kind]);
  });

  it.each(['nonsense', 'ftp://sonar.acme.io', 'https://squ_1:x@sonar.acme.io'])(
    '%s is refused, without repeating a token',
    (url) => {
      expect(() => openRealServer({ url, token: 't' })).toThrow(/--sonarqube/);
      if (url.includes('squ_1')) {
        expect(() => openRealServer({ url, token: 't' })).not.toThrow(/squ_1/);
      }
    },
  );
});
