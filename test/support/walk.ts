import type { Host, HostOptions } from '../../host/host';
import type { AnalysedIssue, AnalysisResult } from '../../host/sonarqube/types';
import { createGitRepository, type GitFixture } from './git-repository';
import { startTestHost } from './host';

/** What the analysis of a commit comes to; an error is an analysis that fails with these words. */
export type GivenResult = AnalysisResult | Error;

/** Forty new lines without a fault: the gate passes. */
export const cleanResult: AnalysisResult = {
  issues: [],
  newLines: 40,
  duplicatedLines: 0,
  filesAnalysed: 1,
  filesNotAnalysed: [],
};

export function buildAnalysedIssue(line: number, part: Partial<AnalysedIssue> = {}): AnalysedIssue {
  return {
    key: `issue-${line}`,
    rule: 'eslint:no-unreachable',
    kind: 'BUG',
    severity: 'MAJOR',
    message: `Unreachable code in line ${line}.`,
    path: 'src/prices.js',
    line,
    endLine: line,
    startColumn: 2,
    endColumn: 12,
    ...part,
  };
}

/** The gate fails over this many issues. */
export function resultWithIssues(count: number): AnalysisResult {
  const issues = Array.from({ length: count }, (_, index) => buildAnalysedIssue(index + 1));
  return { ...cleanResult, issues };
}

/** A pull request of a walk; `head` is the commit that was pushed last. */
export interface WalkPullRequest {
  readonly id: number;
  readonly branch: string;
  readonly head: string;
  /** Of its page. */
  readonly path: string;
}

/** One running host with one repository, in which every test opens pull requests of its own. */
export interface Walk {
  readonly host: Host;
  readonly fixture: GitFixture;
  /** With braces. */
  readonly repositoryUuid: string;
  readonly projectKey: string;
  /** Commits a branch of its own, pushes it and lets everything that follows happen. */
  openPullRequest(result?: GivenResult, branch?: string): Promise<WalkPullRequest>;
  /** Pushes one more commit, whose analysis comes to this result; what follows is left to the test. */
  push(pullRequest: WalkPullRequest, result?: GivenResult): Promise<WalkPullRequest>;
  stop(): Promise<void>;
}

/** Longer than a job waits for another reader of the same pull request. */
const comesAgainMs = 6_000;

/** Starts a host over a new repository, with the analysis of each commit given by the test. */
export async function startWalk(options: Partial<HostOptions> = {}): Promise<Walk> {
  const fixture = createGitRepository(
    { main: [{}], 'feature/first': { from: 'main', commits: [{}] } },
    { folderName: 'shop' },
  );
  const results = new Map<string, GivenResult>();
  const host = await startTestHost([fixture.path], {
    analyse({ headCommit }) {
      const result = results.get(headCommit) ?? cleanResult;
      return result instanceof Error ? Promise.reject(result) : Promise.resolve(result);
    },
    ...options,
  });
  await host.settle();
  const [repository] = host.bitbucket.repositories();
  if (!repository) throw new Error('The host took in no repository.');
  const { uuid: repositoryUuid, slug } = repository;

  function find(branch: string): WalkPullRequest {
    const found = host.bitbucket
      .pullRequests(repositoryUuid)
      .find(({ sourceBranch }) => sourceBranch === branch);
    if (!found) throw new Error(`The branch "${branch}" has no pull request.`);
    const { id, headCommit: head } = found;
    return { id, branch, head, path: `/workshop/${slug}/pull-requests/${id}` };
  }

  async function push(branch: string, result: GivenResult): Promise<WalkPullRequest> {
    results.set(fixture.commit(branch), result);
    await host.bitbucket.push(repositoryUuid);
    return find(branch);
  }

  let branches = 0;
  return {
    host,
    fixture,
    repositoryUuid,
    projectKey: `workshop_${slug}`,
    async openPullRequest(result = cleanResult, branch = `walk/${(branches += 1)}`) {
      fixture.git('checkout', '--quiet', 'main', '--');
      const opened = await push(branch, result);
      await host.settle();
      // The push and the analysis may have met at the same reader: the second one comes again some seconds later.
      if (host.platform.queue.pending > 0) {
        await host.clock.advance(comesAgainMs);
        await host.settle();
      }
      return opened;
    },
    push: ({ branch }, result = cleanResult) => push(branch, result),
    async stop() {
      await host.stop();
      fixture.remove();
    },
  };
}
