import type { Neighbour } from '../../../host/neighbour';
import { forwarding, realServer } from './real-server';

/** Number of the pull request as which the main branch is presented. */
export const presentedId = 1;

/**
 * The real server, whose main branch is presented as a pull request: Community Build analyses no pull requests, and gate,
 * measures, issues and hotspots of a branch have the same form. Only the list of pull requests is made here.
 */
export const presented: Neighbour = {
  async fetch(request) {
    const url = new URL(request.url);
    url.searchParams.delete('pullRequest');
    if (!url.pathname.endsWith('/api/project_pull_requests/list')) {
      const body = await request.arrayBuffer();
      return forwarding.fetch(
        new Request(url, {
          method: request.method,
          headers: request.headers,
          ...(body.byteLength > 0 ? { body } : {}),
        }),
      );
    }
    const { search } = url;
    const answer = await fetch(`${realServer.baseUrl}/api/project_branches/list${search}`, {
      headers: request.headers,
    });
    if (!answer.ok) return answer;
    const { branches } = (await answer.json()) as { branches: readonly object[] };
    const pullRequests = branches.map((branch) => ({ ...branch, key: String(presentedId) }));
    return Response.json({ pullRequests });
  },
};
