import type { HostDatabase } from '../../database';
import { createIssues, type Issues } from './issues';
import { createProjects, type Projects } from './projects';
import { createPullRequests, type PullRequests } from './pull-requests';
import { createRows } from './rows';
import { createTables } from './schema';
import { createTasks, type Tasks } from './tasks';
import { createTokens, type Tokens } from './tokens';
import { createWebhooks, type Webhooks } from './webhooks';

/** Everything that the stand-in remembers over a restart. */
export interface State {
  readonly projects: Projects;
  readonly pullRequests: PullRequests;
  readonly issues: Issues;
  readonly tasks: Tasks;
  readonly webhooks: Webhooks;
  readonly tokens: Tokens;
  /** All or nothing, so that a kill between two writes leaves none of them. */
  transaction<T>(work: () => T): T;
}

export function openState(database: HostDatabase): State {
  createTables(database);
  const rows = createRows(database);
  return {
    projects: createProjects(rows),
    pullRequests: createPullRequests(rows),
    issues: createIssues(rows),
    tasks: createTasks(rows),
    webhooks: createWebhooks(rows),
    tokens: createTokens(rows),
    transaction: (work) => rows.transaction(work),
  };
}
