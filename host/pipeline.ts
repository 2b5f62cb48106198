import * as z from 'zod';
import type { BitbucketStandIn, PullRequestSummary, RepositorySummary } from './bitbucket/types';
import type { Platform, ProductEvent } from './platform/types';
import type { SonarQubeStandIn } from './sonarqube/types';

/**
 * What a CI pipeline does around the app: every pushed head of a pull request is analysed. Product events pass through
 * here on their way to the app, as both start from the same push.
 */
export interface Pipeline {
  /** Starts analyses of the heads that the server has none of: after a first start, or a stop in between. */
  catchUp(): void;
  /** Resolves when every event was handed over and every due analysis handed in. */
  idle(): Promise<void>;
  stop(): void;
}

interface PipelineOptions {
  /** Off where a real server gets its analyses from elsewhere: events still pass through. */
  readonly isOn: boolean;
  readonly bitbucket: BitbucketStandIn;
  readonly sonarqube: SonarQubeStandIn;
  readonly platform: Platform;
  /** Project of a repository on the analysis server. */
  readonly projectKeyOf: (repository: RepositorySummary) => string;
  /** Page of a pull request, for people. */
  readonly pageOf: (repository: RepositorySummary, pullRequestId: number) => string;
  /** The main branch is analysed too, whenever it moves. */
  readonly hasMainBranchAnalysis: boolean;
  /** Token of a user who may read the projects. */
  readonly token: string;
  readonly log: (line: string) => void;
}

const movesHead = new Set([
  'avi:bitbucket:created:pullrequest',
  'avi:bitbucket:updated:pullrequest',
]);
const PullRequestEvent = z.object({
  repository: z.object({ uuid: z.string() }),
  pullrequest: z.object({ id: z.number() }),
});
const MainBranchPush = z.object({
  eventType: z.literal('avi:bitbucket:push:repository'),
  repository: z.object({ uuid: z.string() }),
  push: z.object({ mainbranch: z.literal(true) }),
});
const AnalysedList = z.object({
  pullRequests: z.array(
    z.object({ key: z.string(), commit: z.object({ sha: z.string() }).optional() }),
  ),
});

export function createPipeline(options: PipelineOptions): Pipeline {
  const { bitbucket, sonarqube, platform, projectKeyOf, pageOf, log } = options;
  const open = new Set<Promise<void>>();
  /** Head that was handed in last, by repository and pull request, so that an edited title starts no analysis. */
  const submitted = new Map<string, string>();

  function track(work: Promise<void>, what: string): void {
    const tracked = work
      .catch((error: unknown) => {
        log(`${what} failed: ${error instanceof Error ? error.message : String(error)}`);
      })
      .finally(() => open.delete(tracked));
    open.add(tracked);
  }

  const stopListening = bitbucket.onEvent((event) => {
    track(platform.deliverEvent(event), `Delivering ${event.eventType}`);
    if (!options.isOn) return;
    if (options.hasMainBranchAnalysis) {
      const moved = findMovedMain(event);
      if (moved !== undefined) track(submitMain(moved), 'The pipeline of a main branch');
    }
    const pullRequest = findMoved(event);
    if (pullRequest) track(submit(...pullRequest), `The pipeline of #${pullRequest[1].id}`);
  });

  function findMoved(event: ProductEvent): [string, PullRequestSummary] | undefined {
    if (!movesHead.has(event.eventType)) return undefined;
    const parsed = PullRequestEvent.safeParse(event);
    if (!parsed.success) return undefined;
    const { repository, pullrequest } = parsed.data;
    const pullRequest = bitbucket
      .pullRequests(repository.uuid)
      .find(({ id }) => id === pullrequest.id);
    if (
      !pullRequest ||
      submitted.get(keyOf(repository.uuid, pullRequest)) === pullRequest.headCommit
    ) {
      return undefined;
    }
    return [repository.uuid, pullRequest];
  }

  /** The repository whose main branch the event moved. */
  function findMovedMain(event: ProductEvent): string | undefined {
    const parsed = MainBranchPush.safeParse(event);
    return parsed.success ? parsed.data.repository.uuid : undefined;
  }

  async function submitMain(repositoryUuid: string): Promise<void> {
    const repository = bitbucket.repositories().find(({ uuid }) => uuid === repositoryUuid);
    const { mainBranch: branch, path: repositoryPath } = repository ?? {};
    const headCommit =
      branch === undefined ? undefined : bitbucket.branchHead(repositoryUuid, branch);
    if (!repository || branch === undefined || repositoryPath === undefined) return;
    if (headCommit === undefined || submitted.get(repositoryUuid) === headCommit) return;
    submitted.set(repositoryUuid, headCommit);
    const projectKey = projectKeyOf(repository);
    await sonarqube.submitMainBranch({ projectKey, repositoryPath, branch, headCommit });
  }

  async function submit(repositoryUuid: string, pullRequest: PullRequestSummary): Promise<void> {
    const repository = bitbucket.repositories().find(({ uuid }) => uuid === repositoryUuid);
    // Pipelines of a fork run in the fork, without the token of this repository.
    if (!repository || pullRequest.isFork) return;
    const key = keyOf(repositoryUuid, pullRequest);
    if (submitted.get(key) === pullRequest.headCommit) return;
    submitted.set(key, pullRequest.headCommit);
    await sonarqube.submit({
      projectKey: projectKeyOf(repository),
      repositoryPath: repository.path,
      pullRequest: {
        key: String(pullRequest.id),
        title: pullRequest.title,
        branch: pullRequest.sourceBranch,
        base: pullRequest.destinationBranch,
        headCommit: pullRequest.headCommit,
        baseCommit: pullRequest.baseCommit,
        url: pageOf(repository, pullRequest.id),
      },
    });
  }

  async function listAnalysed(
    projectKey: string,
  ): Promise<ReadonlyMap<string, string | undefined>> {
    const query = new URLSearchParams({ project: projectKey });
    const answer = await sonarqube.fetch(
      new Request(`${sonarqube.baseUrl}/api/project_pull_requests/list?${query}`, {
        headers: { authorization: `Bearer ${options.token}` },
      }),
    );
    const parsed = AnalysedList.safeParse(await answer.json().catch(() => undefined));
    if (!parsed.success) return new Map();
    return new Map(parsed.data.pullRequests.map(({ key, commit }) => [key, commit?.sha]));
  }

  async function submitMissing(): Promise<void> {
    // What was queued when the host stopped runs first; only then is it known what is missing.
    await sonarqube.idle();
    for (const repository of bitbucket.repositories()) {
      const { uuid, problem } = repository;
      if (problem !== undefined) continue;
      if (options.hasMainBranchAnalysis) await submitMain(uuid);
      const analysed = await listAnalysed(projectKeyOf(repository));
      for (const pullRequest of bitbucket.pullRequests(uuid)) {
        const isDone = analysed.get(String(pullRequest.id)) === pullRequest.headCommit;
        if (isDone) submitted.set(keyOf(uuid, pullRequest), pullRequest.headCommit);
        else if (pullRequest.state === 'OPEN') await submit(uuid, pullRequest);
      }
    }
  }

  return {
    catchUp() {
      if (options.isOn) track(submitMissing(), 'Starting the missing analyses');
    },
    async idle() {
      while (open.size > 0) await Promise.all(open);
    },
    stop: stopListening,
  };
}

function keyOf(repositoryUuid: string, { id }: PullRequestSummary): string {
  return `${repositoryUuid} ${id}`;
}
