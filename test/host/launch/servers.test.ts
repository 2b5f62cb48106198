import { workspace } from '../../../host/launch/workspace';
import { startTestHost } from '../../support/host';
import type { SonarQubeStandIn } from '../../../host/sonarqube/types';

async function listRepositories(sonarqube: SonarQubeStandIn) {
  const operation = 'alm_integration/list_repositories?organization=gatehouse';
  const answer = await sonarqube.fetch(
    new Request(`${sonarqube.baseUrl}/api/${operation}`, {
      headers: { authorization: `Bearer ${sonarqube.issueToken('test')}` },
    }),
  );
  return [answer.status, JSON.parse(await answer.text()) as unknown];
}

describe('a host with several analysis servers', () => {
  it('has each under its address, with state of its own', async () => {
    const host = await startTestHost([], {
      servers: [
        { url: 'https://sonarqube.us', flavour: 'cloud' },
        { url: 'https://sonar.example.org/sonar', flavour: 'server', edition: 'enterprise' },
      ],
    });
    try {
      expect([...host.servers.keys()]).toEqual([
        ...['https://sonarcloud.io', 'https://sonarqube.us', 'https://sonar.example.org/sonar'],
      ]);
      expect(host.servers.get('https://sonarcloud.io')).toBe(host.sonarqube);
      host.sonarqube.projects.add({ key: 'shop' });
      expect(host.servers.get('https://sonarqube.us')?.projects.has('shop')).toBe(false);
    } finally {
      await host.stop();
    }
  });

  it('lists its own workspace to Cloud, and no other', async () => {
    const host = await startTestHost([]);
    const { sonarqube } = host;
    try {
      const bind = (slug: string) =>
        sonarqube.organizations.bind('gatehouse', { platform: 'bitbucket', workspace: slug });

      bind(workspace.slug);
      expect(await listRepositories(sonarqube)).toEqual([200, { repositories: [] }]);
      bind('elsewhere');
      expect((await listRepositories(sonarqube))[0]).toBe(500);
    } finally {
      await host.stop();
    }
  });
});
