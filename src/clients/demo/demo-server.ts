import type {
  AnalysisServer,
  OpenServer,
  PullRequestOnServer,
} from '../../domain/ports/analysis-server';
import type { ReadServerFacts } from '../../domain/ports/server-facts';
import { sampleProjects, type SampleProject } from './sample-projects';

/** The demo answers for its connections, and the other server for all others. */
export function withDemo(openServer: OpenServer): OpenServer {
  return (access) => (access.connection.kind === 'demo' ? createDemoServer() : openServer(access));
}

/** See `withDemo`. */
export function withDemoFacts(readServerFacts: ReadServerFacts): ReadServerFacts {
  return (access) =>
    access.connection.kind === 'demo'
      ? Promise.resolve({ hasPullRequests: true })
      : readServerFacts(access);
}

const find = (projectKey: string): SampleProject | undefined =>
  sampleProjects.find((each) => each.projectKey === projectKey);
const answer = <T>(value: T): Promise<T> => Promise.resolve(value);

/** An analysis server made of sample data: it calls nobody, and has analysed whatever commit it is asked about. */
export function createDemoServer(): AnalysisServer {
  let asked: PullRequestOnServer | undefined;

  const toList = (issues: SampleProject['issues'] = []) =>
    answer({ issues, total: issues.length, isCapped: false });

  return {
    findAccount: () => answer({ name: 'nobody, in the demo' }),
    findStatus: () => answer(undefined),
    findProject: (projectKey) => answer(find(projectKey)),
    searchProjects({ query, page, pageSize }) {
      const wanted = query.toLowerCase();
      const found = sampleProjects.filter(
        ({ projectKey, name }) => projectKey === wanted || name.toLowerCase().includes(wanted),
      );
      const projects = found
        .slice((page - 1) * pageSize, page * pageSize)
        .map(({ projectKey, name }) => ({ projectKey, name }));
      return answer({ projects, total: found.length });
    },
    findGate(target) {
      asked = target;
      return answer(find(target.projectKey)?.gate);
    },
    listPullRequests(projectKey) {
      const project = find(projectKey);
      if (!project) return answer(undefined);
      if (!project.gate || asked?.projectKey !== projectKey) return answer([]);
      return answer([
        {
          key: String(asked.pullRequestId),
          gateStatus: project.gate.status,
          commit: asked.headHash,
        },
      ]);
    },
    findTask: ({ projectKey }) => answer(find(projectKey)?.task),
    readMeasures: ({ projectKey }) => answer(find(projectKey)?.measures ?? {}),
    readMainBranch(projectKey) {
      const project = find(projectKey);
      return answer(
        project && { gate: project.gate, values: project.values, analysedAt: project.analysedAt },
      );
    },
    listIssues: ({ projectKey }) => toList(find(projectKey)?.issues),
    listHotspots: ({ projectKey }) => toList(find(projectKey)?.hotspots),
    listWebhooks: () => answer([]),
    createWebhook: () => answer(undefined),
    updateWebhook: () => answer(undefined),
    deleteWebhook: () => answer(undefined),
  };
}
