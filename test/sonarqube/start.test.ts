import { startHost, type Host } from '../../host/host';
import { createGitRepository, type GitFixture } from '../support/git-repository';
import { projectRoot } from '../support/project-root';
import { accountOf, invoke } from '../support/walk-calls';
import { call, post, realServer } from './support/real-server';
import { createScannedProject, type ScannedProject } from './support/scan';

const projectKey = 'shop-of-the-host';

interface Webhooks {
  readonly webhooks: readonly { readonly key: string; readonly url: string }[];
}

let fixture: GitFixture;
let scanned: ScannedProject;
let host: Host;
beforeAll(async () => {
  await post('settings/set', { key: 'sonar.validateWebhooks', value: 'false' });
  await post('projects/create', { project: projectKey, name: 'shop', mainBranch: 'main' });
  scanned = await createScannedProject();
  fixture = createGitRepository(
    { main: [{}], 'feature/first': { from: 'main', commits: [{}] } },
    { folderName: 'shop' },
  );
  host = await startHost({
    projectRoot,
    repositories: [fixture.path],
    stateDirectory: ':memory:',
    port: 0,
    clock: 'real',
    watch: false,
    realServer: { url: realServer.baseUrl, token: realServer.token },
  });
});
afterAll(async () => {
  const { webhooks } = (await (await call('webhooks/list')).json()) as Webhooks;
  for (const { key, url } of webhooks) {
    if (url.startsWith(host.platform.baseUrl)) await post('webhooks/delete', { webhook: key });
  }
  await host.stop();
  scanned.remove();
  fixture.remove();
  await post('settings/reset', { keys: 'sonar.validateWebhooks' });
});

describe('npm start -- --sonarqube URL, over the real server', () => {
  it('[D1] [F2] binds the repository by its name, shows the gate of its main branch, and is told by the server', async () => {
    const [repository] = host.bitbucket.repositories();
    if (!repository) throw new Error('Nothing was taken in.');
    const deliveries = () =>
      host.traffic.invocations.filter(({ functionKey }) => functionKey.includes('delivery'));

    await scanned.scan(projectKey);
    while (deliveries().length === 0) await new Promise((resolve) => setTimeout(resolve, 200));
    await host.settle();

    const { uuid } = repository;
    const card = await host.platform.invokeResolver({
      moduleKey: 'repository-card',
      accountId: accountOf(host, 'Olivia Owner'),
      functionKey: 'repositoryCard.view',
      payload: { repositoryUuid: uuid },
      extension: { repository: { uuid } },
    });
    expect(deliveries().map(({ outcome }) => outcome)).not.toContain('error');
    expect(card).toMatchObject({ ok: true });
    expect(JSON.stringify(card)).toContain(`${realServer.baseUrl}/dashboard`);
    expect(JSON.stringify(card)).toContain('passed');
  });

  it('says of a pull request that this edition has none', async () => {
    const [repository] = host.bitbucket.repositories();
    const [pullRequest] = host.bitbucket.pullRequests(repository?.uuid ?? '');
    const place = { repositoryUuid: repository?.uuid ?? '', pullRequestId: pullRequest?.id ?? 0 };
    await invoke(host, place);
    await host.settle();

    expect(await invoke(host, place)).toMatchObject({ ok: true, data: { state: 'notSupported' } });
  });
});
