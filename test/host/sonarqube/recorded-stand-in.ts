import { openDatabase } from '../../../host/database';
import { createManualClock } from '../../../host/manual-clock';
import { createSonarQube } from '../../../host/sonarqube/sonarqube';
import { emptyProjectKey, projectKey, type Exchange } from '../../support/sonarqube-exchanges';
import { toRecordedBody, type RecordedAnswer } from '../../support/sonarqube-recordings';
import { buildIssue, buildResult, headCommit, startMs } from './support';

const baseUrl = 'https://sonar.example.org';
const pullRequest = '1';
/** Operations that are about the main branch unless a pull request is named. */
const ofBranches = [
  'components/show',
  'qualitygates/project_status',
  'measures/component',
  'issues/search',
  'hotspots/search',
];

async function start(edition: 'community' | 'developer', version: string) {
  const standIn = createSonarQube({
    database: openDatabase(':memory:'),
    clock: createManualClock(startMs),
    flavour: 'server',
    edition,
    version,
    baseUrl,
    // The recorded deliveries reached nobody either.
    deliver: () => Promise.reject(new Error('Nobody is there.')),
    analyse: () =>
      Promise.resolve(
        buildResult({
          issues: [
            buildIssue({ key: 'issue-1' }),
            buildIssue({ key: 'hotspot-1', kind: 'SECURITY_HOTSPOT', line: 20 }),
          ],
          coverage: { linesToCover: 10, coveredLines: 0 },
          newLines: 48,
        }),
      ),
  });
  standIn.users.add({ login: 'stranger' });
  const tokens = {
    administrator: standIn.issueToken('administrator'),
    stranger: standIn.issueToken('stranger', { user: 'stranger' }),
    nobody: 'squ_nothing',
    none: undefined,
  };
  async function call(
    operation: string,
    method: 'GET' | 'POST',
    parameters: Readonly<Record<string, string>>,
    token: string | undefined = tokens.administrator,
  ): Promise<Response> {
    const form = new URLSearchParams(parameters);
    const isGet = method === 'GET';
    return standIn.fetch(
      new Request(`${baseUrl}/api/${operation}${isGet ? `?${form.toString()}` : ''}`, {
        method,
        ...(isGet ? {} : { body: form }),
        ...(token === 'none' ? {} : { headers: { authorization: `Bearer ${token}` } }),
      }),
    );
  }
  for (const [project, name] of [
    [projectKey, 'Recorded project'],
    [emptyProjectKey, 'Never analysed'],
  ] as const) {
    await call('projects/create', 'POST', { project, name, mainBranch: 'main' });
  }
  await call('webhooks/create', 'POST', {
    project: projectKey,
    name: 'Gatehouse',
    url: 'https://hooks.example.org/gatehouse',
    secret: 'a-secret-of-this-test',
  });
  return { standIn, call, tokens };
}

/** The stand-in as a Community Build, and for what is about an analysis one with a pull request. */
export async function startRecordedStandIns(version: string) {
  const community = await start('community', version);
  const developer = await start('developer', version);
  const taskId = await developer.standIn.submit({
    projectKey,
    repositoryPath: '/nowhere',
    pullRequest: {
      key: pullRequest,
      title: 'Add feature X',
      branch: 'feature/x',
      base: 'main',
      headCommit,
      baseCommit: '0000000000000000000000000000000000000001',
    },
  });
  await developer.standIn.idle();
  const listed = (await (
    await developer.call('webhooks/deliveries', 'GET', { componentKey: projectKey })
  ).json()) as { deliveries: readonly { id: string }[] };
  async function firstKey(
    operation: string,
    parameters: Readonly<Record<string, string>>,
    list: string,
  ): Promise<string> {
    const answer = await developer.call(operation, 'GET', { ...parameters, pullRequest });
    const found = (await answer.json()) as Readonly<Record<string, readonly { key: string }[]>>;
    return found[list]?.[0]?.key ?? '';
  }
  const names: Readonly<Record<string, string>> = {
    taskId,
    issueKey: await firstKey('issues/search', { components: projectKey }, 'issues'),
    hotspotKey: await firstKey('hotspots/search', { project: projectKey }, 'hotspots'),
    deliveryId: listed.deliveries[0]?.id ?? '',
  };

  return async (exchange: Exchange): Promise<RecordedAnswer> => {
    const { operation, method = 'GET', parameters = {}, as = 'administrator' } = exchange;
    const isAboutAnalysis = exchange.isAboutAnalysis ?? false;
    const { call, tokens } = isAboutAnalysis ? developer : community;
    const filled = Object.fromEntries(
      Object.entries(parameters).map(([name, value]) => [
        name,
        value.replace(/^\{(\w+)\}$/, (_, known: string) => names[known] ?? value),
      ]),
    );
    const ofPullRequest = isAboutAnalysis && ofBranches.includes(operation) ? { pullRequest } : {};
    const response = await call(
      operation,
      method,
      { ...filled, ...ofPullRequest },
      as === 'none' ? 'none' : tokens[as],
    );
    const text = await response.text();
    const contentType = response.headers.get('content-type') ?? '';
    return { status: response.status, contentType, body: toRecordedBody(text, contentType) };
  };
}
