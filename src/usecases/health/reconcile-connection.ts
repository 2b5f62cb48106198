import type { Connection, ServerAccess } from '../../domain/connection';
import { bindingOnlyOnServer, toFinding, toProjectSubject } from '../../domain/drift';
import type { BitbucketAsApp } from '../../domain/ports/bitbucket';
import type { OpenDevOpsPlatforms } from '../../domain/ports/devops-platforms';
import type { Log } from '../../domain/ports/log';
import type { OpenOrganizations } from '../../domain/ports/organizations';
import type { OpenProjectBindings } from '../../domain/ports/project-bindings';
import type {
  BindingStore,
  ConnectionStore,
  FindingStore,
  SecretStore,
} from '../../domain/ports/stores';
import { RemoteError } from '../../errors/remote-errors';
import { findAccess } from '../connections/find-access';

export interface ReconcileConnectionOptions {
  readonly bindings: BindingStore;
  readonly connections: ConnectionStore;
  readonly secrets: SecretStore;
  readonly findings: FindingStore;
  readonly bitbucket: BitbucketAsApp;
  readonly openOrganizations: OpenOrganizations;
  readonly openDevOpsPlatforms: OpenDevOpsPlatforms;
  readonly openProjectBindings: OpenProjectBindings;
  readonly log: Log;
}

export type ReconcileConnection = (connection: Connection, workspaceUuid: string) => Promise<void>;

/** Pages of the server's own list that are looked at: 1,000 projects. */
const mostPages = 10;
/** Unknown ones that are looked at in one comparison, two calls each: the next one goes on when these are bound. */
const mostUnknown = 20;

/** What only the server says: bindings that we have not, and an organization that is gone. */
export function createReconcileConnection(
  options: ReconcileConnectionOptions,
): ReconcileConnection {
  const { bindings, findings, bitbucket, openOrganizations, log } = options;
  const { openDevOpsPlatforms, openProjectBindings } = options;

  async function findUnknown(
    access: ServerAccess,
    { connectionId }: Connection,
    workspaceUuid: string,
  ): Promise<void> {
    const server = openProjectBindings(access);
    const { slug: workspace } = await bitbucket.readWorkspace(workspaceUuid);
    const records = (await openDevOpsPlatforms(access).list())
      .filter((each) => each.kind === 'bitbucket-cloud' && each.workspace === workspace)
      .map(({ key }) => key);
    if (records.length === 0) return;
    let looked = 0;
    for (let page = 1; page <= mostPages; page += 1) {
      const listed = await server.list(page);
      for (const { projectKey, repository: slug } of listed.bindings) {
        if (await bindings.findClaim({ connectionId, projectKey })) continue;
        looked += 1;
        if (looked > mostUnknown) return;
        // The list does not say which platform a slug is of.
        if (!records.includes((await server.find(projectKey))?.recordKey ?? '')) continue;
        const repository = await bitbucket.findRepositoryBySlug({ workspaceUuid, slug });
        if (!repository) continue;
        const { repositoryUuid, name } = repository;
        const subject = toProjectSubject({ repositoryUuid, connectionId, projectKey }, name);
        await findings.report(bindingOnlyOnServer(subject));
      }
      if (!listed.hasMore) return;
    }
  }

  async function look(connection: Connection, workspaceUuid: string): Promise<void> {
    const { connectionId, organizationKey } = connection;
    const access = await findAccess(options, connectionId);
    if (!access) return;
    if (connection.capabilities.projectBindings && connection.writesBindings !== false) {
      await findUnknown(access, connection, workspaceUuid);
    }
    if (connection.kind !== 'sonarqube-cloud' || organizationKey === undefined) return;
    if (await openOrganizations(access).find(organizationKey)) return;
    const subject = { kind: 'connection', id: connectionId, name: organizationKey } as const;
    await findings.report(toFinding('organizationUnbound', subject));
  }

  return async (connection, workspaceUuid) => {
    try {
      await look(connection, workspaceUuid);
    } catch (error) {
      if (!(error instanceof RemoteError)) throw error;
      const { connectionId } = connection;
      log.warn('a connection could not be compared', { connectionId, status: error.status });
      await findings.touch('organizationUnbound', connectionId);
    }
  };
}
