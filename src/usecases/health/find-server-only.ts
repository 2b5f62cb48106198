import { findBound, type ProjectAddress } from '../../domain/binding';
import type { ConnectionAccess } from '../connections/find-access';
import type { Clock } from '../../domain/ports/clock';
import type { BitbucketAsApp } from '../../domain/ports/bitbucket';
import type { OpenDevOpsPlatforms } from '../../domain/ports/devops-platforms';
import type { OpenProjectBindings } from '../../domain/ports/project-bindings';
import type { BindingStore } from '../../domain/ports/stores';

export interface FindServerOnlyOptions {
  readonly bindings: BindingStore;
  readonly bitbucket: BitbucketAsApp;
  readonly openDevOpsPlatforms: OpenDevOpsPlatforms;
  readonly openProjectBindings: OpenProjectBindings;
  readonly clock: Clock;
}

/** A project that a server says is bound to a repository of this workspace, and that is not bound here. */
export interface ServerOnly {
  readonly repositoryUuid: string;
  readonly repositoryName: string;
  readonly slug: string;
  readonly projectKey: string;
  /** One of several projects of the repository; servers do not know which folder it covers. */
  readonly isMonorepo: boolean;
}

/** Where a look at the server's list goes on; pages begin with 1. */
export interface ListPosition {
  readonly page: number;
  readonly index: number;
}

export interface ServerOnlyPage {
  readonly found: readonly ServerOnly[];
  /** How many were asked about. */
  readonly asked: number;
  /** Absent at the end of the list. */
  readonly next?: ListPosition | undefined;
}

export type FindServerOnly = (input: {
  readonly access: ConnectionAccess;
  readonly workspaceUuid: string;
  readonly from: ListPosition;
  /** Projects that are not bound here and may be asked about, two calls each. */
  readonly most: number;
  /** Epoch milliseconds: after one answer at least, nothing more is asked from then on. */
  readonly endsAtMs: number;
}) => Promise<ServerOnlyPage>;

/**
 * Looks at the rest of one page of the server's list of bound projects, with three calls besides those for each unknown
 * project. Servers before 10.5 list none. @throws {RemoteError} when the server or Bitbucket does not answer.
 */
export function createFindServerOnly(options: FindServerOnlyOptions): FindServerOnly {
  const { bindings, bitbucket, openDevOpsPlatforms, openProjectBindings, clock } = options;

  /** A claim alone is what a bind that was killed leaves: nothing is bound by it. */
  async function isBound(address: ProjectAddress): Promise<boolean> {
    const claim = await bindings.findClaim(address);
    return claim !== undefined && !!findBound(await bindings.find(claim.repositoryUuid), address);
  }

  return async ({ access, workspaceUuid, from, most, endsAtMs }) => {
    const { connectionId } = access.connection;
    const server = openProjectBindings(access);
    const { slug: workspace } = await bitbucket.readWorkspace(workspaceUuid);
    const records = (await openDevOpsPlatforms(access).list())
      .filter((each) => each.kind === 'bitbucket-cloud' && each.workspace === workspace)
      .map(({ key }) => key);
    if (records.length === 0) return { found: [], asked: 0 };
    const listed = await server.list(from.page);
    const found: ServerOnly[] = [];
    let asked = 0;
    for (const [index, { projectKey, repository: slug }] of listed.bindings.entries()) {
      if (index < from.index) continue;
      if (await isBound({ connectionId, projectKey })) continue;
      const isOver = asked > 0 && clock.nowMs() >= endsAtMs;
      if (asked >= most || isOver) return { found, asked, next: { page: from.page, index } };
      asked += 1;
      // The list does not say which platform a slug is of.
      const record = await server.find(projectKey);
      if (!record || !records.includes(record.recordKey)) continue;
      const repository = await bitbucket.findRepositoryBySlug({ workspaceUuid, slug });
      if (!repository) continue;
      const { repositoryUuid, name: repositoryName } = repository;
      found.push({
        repositoryUuid,
        repositoryName,
        slug,
        projectKey,
        isMonorepo: record.isMonorepo,
      });
    }
    return { found, asked, next: listed.hasMore ? { page: from.page + 1, index: 0 } : undefined };
  };
}

/** Whether the app keeps the server's own records of bindings through this connection. */
export function keepsServerBindings({ connection }: ConnectionAccess): boolean {
  return connection.capabilities.projectBindings && connection.writesBindings !== false;
}
