import type { AnalysisTask, Issue, Measures } from '../../../src/contracts/verdict';
import type { BranchOnServer } from '../../../src/domain/branch-truth';
import type { ServerAccess } from '../../../src/domain/connection';
import type {
  AnalysisServer,
  ListedProject,
  ListedPullRequest,
  OpenServer,
  ServerStatus,
  Webhook,
} from '../../../src/domain/ports/analysis-server';
import type {
  ReadServerFacts,
  ReadUsage,
  ServerFacts,
  Usage,
} from '../../../src/domain/ports/server-facts';
import type {
  DevOpsPlatform,
  DevOpsPlatforms,
  OpenDevOpsPlatforms,
} from '../../../src/domain/ports/devops-platforms';
import type {
  OpenProjectBindings,
  ProjectBindings,
  ServerBinding,
} from '../../../src/domain/ports/project-bindings';
import type {
  ExistingProject,
  OpenProjects,
  ProjectInput,
  Projects,
} from '../../../src/domain/ports/projects';
import type { QualityGate } from '../../../src/domain/quality-gate';

/** An analysis server whose state tests change; counts calls and remembers the secrets of its webhooks. */
export interface FakeAnalysisServer {
  gate: QualityGate | undefined;
  /** Where there are several pull requests: what the server has of each, in place of `gate` and `listed`. */
  pullRequests: Map<number, { gate: QualityGate; analysedAt: string; commit: string }> | undefined;
  listed: readonly ListedPullRequest[] | undefined;
  task: AnalysisTask | undefined;
  measures: Measures;
  issues: readonly Issue[];
  hotspots: readonly Issue[];
  hasProject: boolean;
  branch: BranchOnServer | undefined;
  projectName: string | undefined;
  projectVisibility: 'public' | 'private' | undefined;
  projects: readonly ListedProject[];
  isTokenValid: boolean;
  status: ServerStatus | undefined;
  facts: ServerFacts;
  usage: Usage | undefined;
  /** Thrown by the operations named here, or by all with the name `*`. */
  readonly faults: Map<string, Error>;
  /** Operations in the order of their calls. */
  readonly calls: string[];
  /** How many there were with each connection. */
  readonly counts: Map<string, number>;
  webhooks: (Webhook & { secret: string })[];
  /** What the server says which repository a project belongs to. */
  readonly bindings: Map<string, ServerBinding>;
  records: readonly DevOpsPlatform[];
  readonly openProjectBindings: OpenProjectBindings;
  readonly openDevOpsPlatforms: OpenDevOpsPlatforms;
  /** Projects that the server has, by key, for who makes them. */
  readonly made: Map<string, ExistingProject & Partial<ProjectInput>>;
  /** The token may list projects. */
  mayListProjects: boolean;
  readonly openProjects: OpenProjects;
  /** Runs before an operation answers. */
  before: ((operation: string) => void) | undefined;
  /** How it was opened last. */
  access: ServerAccess | undefined;
  readonly open: OpenServer;
  readonly readFacts: ReadServerFacts;
  readonly readUsage: ReadUsage;
}

export function createFakeAnalysisServer(): FakeAnalysisServer {
  const server: FakeAnalysisServer = {
    gate: undefined,
    pullRequests: undefined,
    listed: [],
    task: undefined,
    measures: {},
    issues: [],
    hotspots: [],
    hasProject: true,
    branch: undefined,
    projectName: undefined,
    projectVisibility: undefined,
    projects: [],
    isTokenValid: true,
    status: undefined,
    facts: { hasPullRequests: true },
    usage: undefined,
    faults: new Map(),
    calls: [],
    counts: new Map(),
    webhooks: [],
    bindings: new Map(),
    records: [],
    openProjectBindings(access) {
      server.access = access;
      return bindingOperations;
    },
    openDevOpsPlatforms: () => recordOperations,
    made: new Map(),
    mayListProjects: true,
    openProjects(access) {
      server.access = access;
      return projectOperations;
    },
    before: undefined,
    access: undefined,
    open(access) {
      server.access = access;
      return operations;
    },
    readFacts: () => answer('readFacts', () => server.facts),
    readUsage: () => answer('readUsage', () => server.usage),
  };

  function answer<T>(operation: string, value: () => T): Promise<T> {
    server.calls.push(operation);
    const { connectionId } = server.access?.connection ?? {};
    if (connectionId !== undefined) {
      server.counts.set(connectionId, (server.counts.get(connectionId) ?? 0) + 1);
    }
    server.before?.(operation);
    const fault = server.faults.get(operation) ?? server.faults.get('*');
    return fault ? Promise.reject(fault) : Promise.resolve(value());
  }

  function toList(issues: readonly Issue[]) {
    return { issues, total: issues.length, isCapped: false };
  }

  const bindingOperations: ProjectBindings = {
    find: (key) => answer('findBinding', () => server.bindings.get(key)),
    write: (key, binding) =>
      answer('writeBinding', () => {
        server.bindings.set(key, { ...binding, isBitbucketCloud: true });
      }),
    remove: (key) =>
      answer('removeBinding', () => {
        server.bindings.delete(key);
      }),
    list: () =>
      answer('listBindings', () => ({
        bindings: [...server.bindings].map(([key, { repository }]) => ({
          projectKey: key,
          repository,
        })),
        hasMore: false,
      })),
  };
  const projectOperations: Projects = {
    findExisting: (keys) =>
      answer('findExisting', () =>
        server.mayListProjects ? keys.flatMap((key) => server.made.get(key) ?? []) : undefined,
      ),
    find: (key) => answer('findMade', () => server.made.get(key)),
    makePrivate: () =>
      answer('makePrivate', () => {
        server.projectVisibility = 'private';
      }),
    create: (input) =>
      answer('createProject', () => {
        if (server.made.has(input.projectKey)) return { outcome: 'exists' as const };
        server.made.set(input.projectKey, input);
        return { outcome: 'created' as const };
      }),
  };
  const unexpected = () => Promise.reject(new Error('Nobody asks for it.'));
  const recordOperations: DevOpsPlatforms = {
    list: () => answer('listRecords', () => server.records),
    create: unexpected,
    update: unexpected,
    validate: unexpected,
    countBindings: unexpected,
    delete: unexpected,
  };

  const operations: AnalysisServer = {
    findAccount: () =>
      answer('findAccount', () => (server.isTokenValid ? { name: 'Ada' } : undefined)),
    findStatus: () => answer('findStatus', () => server.status),
    findProject: () =>
      answer('findProject', () =>
        server.hasProject
          ? { name: server.projectName, visibility: server.projectVisibility }
          : undefined,
      ),
    searchProjects: ({ query, page, pageSize }) =>
      answer('searchProjects', () => {
        const found = server.projects.filter(
          ({ projectKey, name }) => projectKey === query || name.includes(query),
        );
        return {
          projects: found.slice((page - 1) * pageSize, page * pageSize),
          total: found.length,
        };
      }),
    findGate: ({ pullRequestId }) =>
      answer('findGate', () =>
        server.pullRequests ? server.pullRequests.get(pullRequestId)?.gate : server.gate,
      ),
    listPullRequests: () =>
      answer('listPullRequests', () =>
        server.pullRequests
          ? [...server.pullRequests].map(([id, { gate, analysedAt, commit }]) => ({
              key: String(id),
              gateStatus: gate.status,
              analysedAt,
              commit,
            }))
          : server.listed,
      ),
    findTask: () => answer('findTask', () => server.task),
    readMeasures: () => answer('readMeasures', () => server.measures),
    readMainBranch: () => answer('readMainBranch', () => server.branch),
    listIssues: () => answer('listIssues', () => toList(server.issues)),
    listHotspots: () => answer('listHotspots', () => toList(server.hotspots)),
    listWebhooks: () => answer('listWebhooks', () => server.webhooks),
    createWebhook: (input) =>
      answer('createWebhook', () => {
        server.webhooks.push({ key: `hook-${server.webhooks.length}`, hasSecret: true, ...input });
      }),
    updateWebhook: (key, input) =>
      answer('updateWebhook', () => {
        server.webhooks = server.webhooks.map((hook) =>
          hook.key === key ? { ...hook, ...input, hasSecret: true } : hook,
        );
      }),
    deleteWebhook: (key) =>
      answer('deleteWebhook', () => {
        server.webhooks = server.webhooks.filter((hook) => hook.key !== key);
      }),
  };
  return server;
}
