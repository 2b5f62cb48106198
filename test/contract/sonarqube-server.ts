import { openDatabase } from '../../host/database';
import { createManualClock } from '../../host/manual-clock';
import { createSonarQube } from '../../host/sonarqube/sonarqube';
import type {
  AnalysedIssue,
  AnalysisResult,
  SonarQubeOptions,
  SonarQubeStandIn,
} from '../../host/sonarqube/types';

export const projectKey = 'my_project';
export const unboundProjectKey = 'unbound_project';
export const unboundOrganization = 'unbound-org';
export const webhookSecret = '0123456789abcdef-secret';

/** Keys of the pull requests by what became of their analysis. */
export const pullRequests = {
  failedGate: '42',
  smallChange: '43',
  failedTask: '44',
  waiting: '45',
  oneIssue: '46',
} as const;

export interface Delivered {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface ContractServer {
  readonly standIn: SonarQubeStandIn;
  readonly flavour: SonarQubeOptions['flavour'];
  readonly token: string;
  /** Token of a user who may not see the project. */
  readonly strangersToken: string;
  readonly taskIds: Readonly<Record<keyof typeof pullRequests, string>>;
  readonly issueKey: string;
  readonly hotspotKey: string;
  readonly webhookKey: string;
  readonly deliveryId: string;
  readonly deliveries: readonly Delivered[];
  /** Bodies of the webhooks about a pull request, in order. */
  payloadsOf(pullRequestKey: string): readonly unknown[];
  /** Accepts the only issue of `oneIssue`, which flips its gate. */
  acceptOneIssue(): Promise<void>;
  call(path: string, options?: CallOptions): Promise<Answer>;
}

export interface CallOptions {
  readonly method?: 'GET' | 'POST';
  readonly parameters?: Readonly<Record<string, string>>;
  /** Absent: the token that may do everything; `none`: no credentials. */
  readonly token?: string;
}

export interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
}

const organization = 'my-org';

function issue(change: Partial<AnalysedIssue> & Pick<AnalysedIssue, 'key'>): AnalysedIssue {
  return {
    rule: 'javascript:no-debugger',
    kind: 'CODE_SMELL',
    severity: 'MAJOR',
    message: 'Remove this debugger statement.',
    path: 'src/app/cart.js',
    line: 12,
    endLine: 12,
    startColumn: 4,
    endColumn: 22,
    ...change,
  };
}

const failing: AnalysisResult = {
  issues: [
    issue({ key: 'issue-1' }),
    issue({ key: 'issue-2', kind: 'BUG', severity: 'BLOCKER', line: 40, endLine: 41 }),
    issue({ key: 'issue-3', kind: 'VULNERABILITY', severity: 'CRITICAL', line: 50 }),
    issue({ key: 'hotspot-1', kind: 'SECURITY_HOTSPOT', severity: 'CRITICAL', line: 17 }),
  ],
  newLines: 128,
  coverage: { linesToCover: 28, coveredLines: 18 },
  duplicatedLines: 0,
  filesAnalysed: 3,
  filesNotAnalysed: [{ path: 'src/broken.js', reason: 'It cannot be parsed.' }],
  author: { name: 'Dora Developer', email: 'dora@example.org' },
};
const small: AnalysisResult = {
  ...failing,
  issues: [],
  newLines: 5,
  coverage: { linesToCover: 4, coveredLines: 0 },
};

const oneIssue: AnalysisResult = {
  issues: [issue({ key: 'issue-4' })],
  newLines: 128,
  duplicatedLines: 0,
  filesAnalysed: 1,
  filesNotAnalysed: [],
};

const heads = {
  failedGate: 'c8e602a6c822d8bd2fbec3f622303836d5631879',
  smallChange: '1111111111111111111111111111111111111111',
  failedTask: '2222222222222222222222222222222222222222',
  waiting: '3333333333333333333333333333333333333333',
  oneIssue: '4444444444444444444444444444444444444444',
} as const;

const results = new Map<string, AnalysisResult>([
  [heads.smallChange, small],
  [heads.oneIssue, oneIssue],
]);

/** A server with one project and a pull request in every state of analysis, and a webhook that was told of each. */
export async function createContractServer(
  flavour: SonarQubeOptions['flavour'],
): Promise<ContractServer> {
  const deliveries: Delivered[] = [];
  const baseUrl = flavour === 'cloud' ? 'https://sonarcloud.io' : 'https://sonar.example.org';
  const standIn = createSonarQube({
    database: openDatabase(':memory:'),
    clock: createManualClock(Date.parse('2026-05-01T00:15:42Z')),
    flavour,
    edition: 'enterprise',
    organizations: [
      {
        key: organization,
        name: 'My Organization',
        description: 'Makes things.',
        binding: {
          platform: 'bitbucket',
          workspace: 'acme',
          repositories: [{ slug: 'shop', name: 'Shop', id: '{1f0e}', isPrivate: true }],
        },
      },
      { key: unboundOrganization, name: 'Unbound' },
    ],
    baseUrl,
    deliver(_, { headers, body }) {
      deliveries.push({ headers, body });
      return Promise.resolve({ status: 200 });
    },
    analyse({ headCommit }) {
      if (headCommit === heads.failedTask) throw new Error('The analysis took too long.');
      return Promise.resolve(results.get(headCommit) ?? failing);
    },
  });
  const token = standIn.issueToken('contract');
  const strangersToken = standIn.issueToken('stranger', { projects: [] });

  async function call(path: string, options: CallOptions = {}): Promise<Answer> {
    const { method = 'GET', parameters = {}, token: as = token } = options;
    const all = new URLSearchParams({
      ...(flavour === 'cloud' ? { organization } : {}),
      ...parameters,
    });
    const isGet = method === 'GET';
    const response = await standIn.fetch(
      new Request(`${baseUrl}/api/${path}${isGet ? `?${all.toString()}` : ''}`, {
        method,
        ...(isGet ? {} : { body: all }),
        ...(as === 'none' ? {} : { headers: { Authorization: `Bearer ${as}` } }),
      }),
    );
    return {
      status: response.status,
      contentType: response.headers.get('content-type') ?? '',
      text: await response.text(),
    };
  }

  await call('projects/create', {
    method: 'POST',
    parameters: { project: projectKey, name: 'My Project' },
  });
  standIn.projects.add({ key: unboundProjectKey });
  bindProject(standIn, flavour);
  const created = await call('webhooks/create', {
    method: 'POST',
    parameters: {
      name: 'Gatehouse',
      url: 'https://app.example.org/hook',
      project: projectKey,
      secret: webhookSecret,
    },
  });
  const submit = (name: keyof typeof pullRequests) =>
    standIn.submit({
      projectKey,
      repositoryPath: '/nowhere',
      pullRequest: {
        key: pullRequests[name],
        title: 'Add feature X',
        branch: `feature/${name}`,
        base: 'main',
        headCommit: heads[name],
        baseCommit: '0000000000000000000000000000000000000000',
        url: `https://bitbucket.org/acme/shop/pull-requests/${pullRequests[name]}`,
      },
    });
  const finished = {
    failedGate: await submit('failedGate'),
    smallChange: await submit('smallChange'),
    failedTask: await submit('failedTask'),
    oneIssue: await submit('oneIssue'),
  };
  await standIn.idle();
  standIn.pauseTasks();
  const taskIds = { ...finished, waiting: await submit('waiting') };
  const listIssues = (pullRequest: string) =>
    call('issues/search', { parameters: { components: projectKey, pullRequest } });
  const issues = await listIssues(pullRequests.failedGate);
  const hotspots = await call('hotspots/search', {
    parameters: { project: projectKey, pullRequest: pullRequests.failedGate },
  });

  const webhookKey = readFirst(created, 'webhook', 'key');
  const delivered = await call('webhooks/deliveries', { parameters: { webhook: webhookKey } });

  return {
    standIn,
    flavour,
    token,
    strangersToken,
    taskIds,
    issueKey: readFirst(issues, 'issues', 'key'),
    hotspotKey: readFirst(hotspots, 'hotspots', 'key'),
    webhookKey,
    deliveryId: readFirst(delivered, 'deliveries', 'id'),
    deliveries,
    payloadsOf: (pullRequestKey) =>
      deliveries
        .map(({ body }) => JSON.parse(body) as { branch: { name: string } })
        .filter(({ branch }) => branch.name === pullRequestKey),
    async acceptOneIssue() {
      const key = readFirst(await listIssues(pullRequests.oneIssue), 'issues', 'key');
      await standIn.accept(projectKey, pullRequests.oneIssue, key);
    },
    call,
  };
}

/** The project belongs to a repository; beside its DevOps platform there is one that does not work. */
function bindProject(standIn: SonarQubeStandIn, flavour: SonarQubeOptions['flavour']) {
  const binding = { projectKey, slug: null, monorepo: false };
  if (flavour === 'cloud') {
    standIn.bindings.set({ ...binding, setting: null, repository: 'acme/shop' });
    return;
  }
  const clientId = 'Ab12Cd34';
  standIn.platforms.add({ alm: 'bitbucketcloud', key: 'bbc', workspace: 'acme', clientId });
  standIn.platforms.add({ alm: 'bitbucket', key: 'bbdc', url: 'https://bitbucket.example.org' });
  standIn.platforms.setProblems('bbdc', ['Bitbucket cannot be reached']);
  standIn.bindings.set({ ...binding, setting: 'bbc', repository: 'shop' });
}

/** A member of an object in an answer, or of the first entry of a list. */
function readFirst({ text }: Answer, member: string, name: string): string {
  const value = (JSON.parse(text) as Record<string, unknown>)[member];
  const [first] = (Array.isArray(value) ? value : [value]) as (
    Record<string, unknown> | undefined
  )[];
  const found = first?.[name];
  if (typeof found !== 'string') throw new Error(`There is no "${name}" of ${member} in ${text}`);
  return found;
}
