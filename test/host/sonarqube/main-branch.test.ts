import { createHttp } from '../../../src/clients/http/http';
import { createReadUsage } from '../../../src/clients/sonarqube/usage';
import { buildIssue, buildResult, headCommit, setUp } from './support';

const hotspot = buildIssue({ key: 'hotspot', kind: 'SECURITY_HOTSPOT' });
const gate = 'qualitygates/project_status?projectKey=shop';
const measures =
  'measures/component?component=shop&metricKeys=ncloc,violations,coverage,security_hotspots,duplicated_lines_density,new_violations';
const branches = 'project_branches/list?project=shop';

async function setUpAnalysed(flavour: 'cloud' | 'server', issues = [buildIssue(), hotspot]) {
  const given = { issues };
  const standIn = await setUp({
    flavour,
    analyse: () =>
      Promise.resolve(
        buildResult({
          issues: given.issues,
          newLines: 1_000,
          duplicatedLines: 25,
          coverage: { linesToCover: 400, coveredLines: 300 },
        }),
      ),
  });
  const analyse = async (head = headCommit) => {
    await standIn.sonarqube.submitMainBranch({
      projectKey: 'shop',
      repositoryPath: '/nowhere',
      branch: 'main',
      headCommit: head,
    });
    await standIn.sonarqube.idle();
  };
  await analyse();
  return { ...standIn, given, analyse };
}

describe('the main branch of a project', () => {
  it('[R9] has measures of all code, and none of new code after its first analysis', async () => {
    const { getJson } = await setUpAnalysed('server');

    expect(await getJson(measures)).toMatchObject({
      component: {
        measures: [
          { metric: 'ncloc', value: '1000' },
          { metric: 'violations', value: '1' },
          { metric: 'coverage', value: '75.0' },
          { metric: 'security_hotspots', value: '1' },
          { metric: 'duplicated_lines_density', value: '2.5' },
        ],
      },
    });
    expect(await getJson(gate)).toMatchObject({ projectStatus: { status: 'OK' } });
  });

  it.each(['cloud', 'server'] as const)(
    '[R9] is dated in the list of branches on %s',
    async (flavour) => {
      const { getJson } = await setUpAnalysed(flavour);

      expect(await getJson(branches)).toMatchObject({
        branches: [
          {
            name: 'main',
            isMain: true,
            status: { qualityGateStatus: 'OK' },
            analysisDate: '2026-05-01T02:15:42+0000',
          },
        ],
      });
    },
  );

  it('[R9] fails its gate over issues that came after the first analysis', async () => {
    const { getJson, analyse, given, clock } = await setUpAnalysed('server');
    given.issues = [buildIssue(), buildIssue({ key: 'issue-2', line: 40 }), hotspot];
    await (clock as unknown as { advance(ms: number): Promise<void> }).advance(60_000);

    await analyse('0000000000000000000000000000000000000002');

    expect(await getJson(gate)).toMatchObject({ projectStatus: { status: 'ERROR' } });
  });

  it('[R9] is no pull request, and its task and message say that they are about a branch', async () => {
    const { getJson, post, received, analyse } = await setUpAnalysed('server');
    await post('webhooks/create', { name: 'hook', url: 'https://app.example/x' });

    await analyse();

    expect(await getJson('project_pull_requests/list?project=shop')).toEqual({ pullRequests: [] });
    expect(await getJson('ce/component?component=shop')).toMatchObject({
      current: { branch: 'main', branchType: 'BRANCH', status: 'SUCCESS' },
    });
    expect(JSON.parse(received[0]?.body ?? '')).toMatchObject({
      branch: { name: 'main', type: 'BRANCH', isMain: true },
      revision: headCommit,
    });
  });
});

describe('the lines that a licence covers', () => {
  const usageOf = ({ sonarqube, token }: Awaited<ReturnType<typeof setUpAnalysed>>, as = token) => {
    const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
    const http = createHttp({ clock: { nowMs: () => 0 }, log, sleep: () => Promise.resolve() });
    const fetch = (url: string, init: RequestInit) => sonarqube.fetch(new Request(url, init));
    return createReadUsage({ http, fetch })({
      connection: { kind: 'sonarqube-server', url: sonarqube.baseUrl, version: '2026.3' },
      token: as,
    });
  };

  it('[I6] are reported by a commercial edition, with the limit that follows from the part of each project', async () => {
    const standIn = await setUpAnalysed('server');

    expect(await standIn.getJson('projects/license_usage')).toEqual({
      projects: [
        {
          projectKey: 'shop',
          projectName: 'Shop',
          linesOfCode: 1_000,
          licenseUsagePercentage: 1,
        },
      ],
    });
    expect(await usageOf(standIn)).toEqual({ lines: 1_000, limit: 100_000 });
  });

  it('[I6] are not reported by a Community Build, or to who does not administer the server', async () => {
    const standIn = await setUpAnalysed('server');
    const { sonarqube } = standIn;
    sonarqube.users.add({ login: 'reader', name: 'Reader', projects: { '*': ['user'] } });
    const reader = sonarqube.issueToken('reader', { user: 'reader' });

    expect(await usageOf(standIn, reader)).toBeUndefined();
    sonarqube.setEdition('community');
    expect(await usageOf(standIn)).toBeUndefined();
  });
});
