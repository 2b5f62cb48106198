import type { HostDatabase } from '../../database';
import { createBindings, type Bindings } from './bindings';
import { createIssues, type Issues } from './issues';
import { createOrganizations, type Organizations } from './organizations';
import { createPlatforms, type Platforms } from './platforms';
import { createProjects, type Projects } from './projects';
import { createPullRequests, type PullRequests } from './pull-requests';
import { createRows, createScope } from './rows';
import { createTables } from './schema';
import { createTasks, type Tasks } from './tasks';
import { createTokens, type Tokens } from './tokens';
import { createUsers, type Users } from './users';
import { createWebhooks, type Webhooks } from './webhooks';

/** Everything that the stand-in remembers over a restart. */
export interface State {
  readonly projects: Projects;
  readonly pullRequests: PullRequests;
  readonly issues: Issues;
  readonly tasks: Tasks;
  readonly webhooks: Webhooks;
  readonly tokens: Tokens;
  readonly users: Users;
  readonly organizations: Organizations;
  readonly platforms: Platforms;
  readonly bindings: Bindings;
  /** All or nothing, so that a kill between two writes leaves none of them. */
  transaction<T>(work: () => T): T;
}

/** `instance` keeps the state of one of several servers apart from that of the others in the same database. */
export function openState(database: HostDatabase, instance?: string): State {
  const scope = createScope(instance);
  createTables(database, scope);
  const rows = createRows(database, scope);
  return {
    projects: createProjects(rows),
    pullRequests: createPullRequests(rows),
    issues: createIssues(rows),
    tasks: createTasks(rows),
    webhooks: createWebhooks(rows),
    tokens: createTokens(rows),
    users: createUsers(rows),
    organizations: createOrganizations(rows),
    platforms: createPlatforms(rows),
    bindings: createBindings(rows),
    transaction: (work) => rows.transaction(work),
  };
}
