import * as z from 'zod';
import type { BitbucketStandIn, RepositorySummary } from '../bitbucket/types';
import type { Neighbour } from '../neighbour';

/** An open issue on the analysis server that a person could accept there. */
export interface OpenIssue {
  readonly projectKey: string;
  readonly pullRequestKey: string;
  readonly issueKey: string;
  readonly message: string;
  readonly path: string;
  readonly line?: number;
}

const Answer = z.object({
  issues: z.array(
    z.object({
      key: z.string(),
      message: z.string(),
      component: z.string(),
      line: z.number().optional(),
    }),
  ),
});

interface IssueSources {
  readonly bitbucket: BitbucketStandIn;
  readonly sonarqube: Neighbour & { readonly baseUrl: string };
  readonly projectKeyOf: (repository: RepositorySummary) => string;
  /** Of a user who may read the projects. */
  readonly token: string;
}

/** The open issues of all open pull requests. */
export async function listOpenIssues(sources: IssueSources): Promise<readonly OpenIssue[]> {
  const { bitbucket, projectKeyOf } = sources;
  const pullRequests = bitbucket
    .repositories()
    .filter(({ problem }) => problem === undefined)
    .flatMap((repository) =>
      bitbucket
        .pullRequests(repository.uuid)
        .filter(({ state }) => state === 'OPEN')
        .map(({ id }) => ({ projectKey: projectKeyOf(repository), key: String(id) })),
    );
  const lists = await Promise.all(
    pullRequests.map(({ projectKey, key }) => listIssuesOf(sources, projectKey, key)),
  );
  return lists.flat();
}

/** Asks the server's own Web API; a refusal means that there is nothing to choose from. */
async function listIssuesOf(
  { sonarqube, token }: IssueSources,
  projectKey: string,
  pullRequestKey: string,
): Promise<readonly OpenIssue[]> {
  const query = new URLSearchParams({
    componentKeys: projectKey,
    pullRequest: pullRequestKey,
    issueStatuses: 'OPEN,CONFIRMED',
    ps: '100',
  });
  const answer = await sonarqube.fetch(
    new Request(`${sonarqube.baseUrl}/api/issues/search?${query}`, {
      headers: { authorization: `Bearer ${token}` },
    }),
  );
  const parsed = Answer.safeParse(await answer.json().catch(() => undefined));
  if (!parsed.success) return [];
  return parsed.data.issues.map(({ key, message, component, line }) => ({
    projectKey,
    pullRequestKey,
    issueKey: key,
    message,
    path: component.slice(component.indexOf(':') + 1),
    ...(line === undefined ? {} : { line }),
  }));
}
