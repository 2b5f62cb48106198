import { procedures, type ProcedureName } from '../../../src/contracts/procedures';
import { createPullRequestResolver } from '../../../src/handlers/pull-request-resolver';
import { createRepositoryResolver } from '../../../src/handlers/repository-resolver';
import { createWorkspaceResolver } from '../../../src/handlers/workspace-resolver';
import type { RepositoryAddress } from '../../../src/domain/ports/bitbucket';
import { createAuthorize } from '../../../src/usecases/authorize';
import { createChargeCalls } from '../../../src/usecases/charge-calls';
import { createManageRecords } from '../../../src/usecases/devops-platforms/manage-records';
import { createBindOrganization } from '../../../src/usecases/organizations/bind-organization';
import { createCreateOrganization } from '../../../src/usecases/organizations/create-organization';
import { createListOrganizations } from '../../../src/usecases/organizations/list-organizations';
import { createManageDrafts } from '../../../src/usecases/organizations/manage-drafts';
import { createStartUnbind } from '../../../src/usecases/organizations/start-unbind';
import { createCheckManual } from '../../../src/usecases/repository/check-manual';
import { createListChanges } from '../../../src/usecases/repository/list-changes';
import { createMakeSnippet } from '../../../src/usecases/repository/make-snippet';
import { createPreviewUnbind } from '../../../src/usecases/repository/preview-unbind';
import { createSearchProjects } from '../../../src/usecases/repository/search-projects';
import { createViewRepository } from '../../../src/usecases/repository/view-repository';
import { connectionId, projectKey, repositoryUuid, workspaceUuid } from './build-app-data';
import type { AppUnderTest } from './set-up-app';

/** An input that the contract takes for each field that some procedure asks for. */
const inputs: Readonly<Record<string, unknown>> = {
  connectionId,
  repositoryUuid: `{${repositoryUuid}}`,
  pullRequestId: 7,
  projectKey,
  findingId: 'f',
  operationId: 'o',
  organizationKey: 'acme',
  key: 'k',
  name: 'N',
  kind: 'sonarqube-server',
  url: 'https://s.example.com',
  token: 'squ_of_the_page',
  sequence: 1,
  takeOver: false,
  own: { values: { report: 'off' }, locks: [] },
  projectUuid: '7e2d1c0b-3f4a-4b5c-8d6e-1a2b3c4d5e6f',
  projectName: 'P',
  typedKey: 'acme',
  typedName: 'Cloud',
  record: { kind: 'bitbucket-cloud', key: 'k', workspace: 'w', clientId: 'c' },
  runId: 'r',
  selection: { kind: 'matching', query: '', except: [] },
  options: {
    keyPrefix: 'acme_',
    publicStaysPublic: false,
    includesForks: false,
    includesEmpty: false,
    newCode: { kind: 'server' },
    parallel: 4,
  },
  decision: { kind: 'skip' },
  choice: 'skip',
  acceptsOverLimit: false,
  page: 1,
  configurationName: 'Cloud',
  repositorySlug: 'shop',
  query: '',
  branch: 'main',
  rules: [],
  filter: {},
  format: 'json',
  isFirst: true,
  metrics: ['coverage'],
};

/** The smallest input that a procedure takes; `more` goes over it where the procedure has such fields. */
export function toInput(
  name: ProcedureName,
  more: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  const { shape } = procedures[name].input as unknown as { readonly shape: object };
  const known = { ...inputs, ...more };
  return Object.fromEntries(
    Object.keys(shape)
      .filter((field) => field in known)
      .map((field) => [field, known[field]]),
  );
}

export const procedureNames = Object.keys(procedures) as ProcedureName[];

/** The resolvers of every page, as the app joins them, over the use cases of a test. */
export function createResolvers(app: AppUnderTest) {
  const listOrganizations = createListOrganizations(app);
  const options = {
    ...app,
    authorize: createAuthorize(app),
    // Pages ask Bitbucket as the person, whose calls nobody counts; the stand-in does not tell who asks.
    chargeCalls: createChargeCalls({
      budget: app.budget,
      meter: { ...app.meter, counts: () => new Map(app.server.counts) },
    }),
    manageRecords: createManageRecords(app),
    manageDrafts: createManageDrafts(app),
    listOrganizations,
    bindOrganization: createBindOrganization({
      ...app,
      listOrganizations,
      ensureWebhook: () => Promise.resolve('unavailable'),
    }),
    createOrganization: createCreateOrganization(app),
    startUnbind: createStartUnbind({ ...app, listOrganizations }),
    viewRepository: createViewRepository(app),
    searchProjects: createSearchProjects(app),
    checkManual: createCheckManual(app),
    makeSnippet: createMakeSnippet(app),
    previewUnbind: createPreviewUnbind(app),
    listChanges: createListChanges(app),
    findRepository: (address: RepositoryAddress) => app.bitbucket.findRepository(address),
    listBitbucketProjects: (uuid: string, page: number) => app.bitbucket.listProjects(uuid, page),
  };
  const resolvers = [
    createPullRequestResolver(options),
    createRepositoryResolver(options),
    createWorkspaceResolver(options),
  ];

  /** What the page gets: the procedure is asked of the resolver that has it. */
  return async function call(name: ProcedureName, payload: unknown): Promise<unknown> {
    const resolver = resolvers[toPage(name)];
    if (!resolver) throw new Error(`Nobody has ${name}.`);
    return resolver({ call: { functionKey: name, payload: payload }, context: {} }, {
      installContext: `ari:cloud:bitbucket::workspace/${workspaceUuid}`,
      principal: { accountId: 'olivia' },
    } as never);
  };
}

function toPage(name: ProcedureName): number {
  if (name.startsWith('pullRequest.')) return 0;
  return name.startsWith('repository') ? 1 : 2;
}
