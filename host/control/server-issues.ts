import * as z from 'zod';
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

/** Lists the open issues of a pull request over the server's own Web API; none when the server refuses. */
export async function listOpenIssues(
  server: Neighbour & { readonly baseUrl: string },
  token: string,
  projectKey: string,
  pullRequestKey: string,
): Promise<readonly OpenIssue[]> {
  const query = new URLSearchParams({
    componentKeys: projectKey,
    projects: projectKey,
    pullRequest: pullRequestKey,
    issueStatuses: 'OPEN,CONFIRMED',
    ps: '100',
  });
  const answer = await server.fetch(
    new Request(`${server.baseUrl}/api/issues/search?${query}`, {
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
