import type { Binding, BoundProject } from '../../domain/binding';
import { driftCodes, findDrift, toFinding, toProjectSubject } from '../../domain/drift';
import type { Operation } from '../../domain/operation';
import type { FoundProject, OpenServer } from '../../domain/ports/analysis-server';
import type { BitbucketAsApp, RepositoryFacts } from '../../domain/ports/bitbucket';
import type { Clock } from '../../domain/ports/clock';
import type { Log } from '../../domain/ports/log';
import type { OpenProjectBindings } from '../../domain/ports/project-bindings';
import type {
  BindingStore,
  ConnectionStore,
  FindingStore,
  SecretStore,
} from '../../domain/ports/stores';
import { RemoteError, RemoteForbiddenError } from '../../errors/remote-errors';
import { findAccess } from '../connections/find-access';
import type { Stretch, StretchContext } from '../operations/run-operation';
import type { ReconcileConnection } from './reconcile-connection';

export interface ReconcileOptions {
  readonly bindings: BindingStore;
  readonly connections: ConnectionStore;
  readonly secrets: SecretStore;
  readonly findings: FindingStore;
  readonly bitbucket: BitbucketAsApp;
  readonly openServer: OpenServer;
  readonly openProjectBindings: OpenProjectBindings;
  readonly reconcileConnection: ReconcileConnection;
  readonly clock: Clock;
  readonly log: Log;
}

/** Repositories in one stretch: some three calls each, and a function may make 100 in a minute. */
const repositoriesEach = 20;
const bitbucketName = 'bitbucket';

/**
 * Compares our bindings with what the servers and Bitbucket say, stretch by stretch, and leaves a finding for each
 * difference; findings that were not seen again go at the end. What does not answer is left as it was.
 */
export function createReconcile(options: ReconcileOptions): Stretch {
  const { bindings, connections, findings, bitbucket, openServer, openProjectBindings } = options;
  const { reconcileConnection, clock, log } = options;

  async function compareProject(
    { repositoryUuid }: Binding,
    project: BoundProject,
    repository: RepositoryFacts | undefined,
  ): Promise<void> {
    const access = await findAccess(options, project.connectionId);
    const subject = toProjectSubject({ repositoryUuid, ...project }, repository?.name);
    if (!access) {
      // A token that is missing says nothing about its projects.
      if (await connections.find(project.connectionId)) await keepFindings(subject.id);
      else await findings.report(toFinding('projectGone', subject));
      return;
    }
    const { connection } = access;
    const isKept = connection.capabilities.projectBindings && connection.writesBindings !== false;
    const found = repository && (await findProject(access, project.projectKey));
    const isPublic = found !== undefined && found !== 'unknown' && found.visibility === 'public';
    const drift = findDrift({
      slug: repository?.slug,
      hasProject: found !== undefined,
      isExposed: isPublic && repository?.isPrivate === true,
      server: isKept ? await openProjectBindings(access).find(project.projectKey) : 'notKept',
    });
    if (drift) await findings.report(toFinding(drift, subject));
  }

  async function findProject(
    access: Parameters<OpenServer>[0],
    projectKey: string,
  ): Promise<FoundProject | 'unknown' | undefined> {
    try {
      return await openServer(access).findProject(projectKey);
    } catch (error) {
      // A token that may only analyse cannot ask; bindings are proven when they are made.
      if (error instanceof RemoteForbiddenError) return 'unknown';
      throw error;
    }
  }

  /** `away` has whom nothing came from in this stretch: they are not waited for again. */
  async function compare(
    binding: Binding,
    { workspaceUuid, noteFailure }: StretchContext,
    away: Set<string>,
  ) {
    const unlessAway = createUnlessAway(away, noteFailure);
    const { repositoryUuid } = binding;
    const repository = away.has(bitbucketName)
      ? 'unknown'
      : await unlessAway(bitbucketName, () =>
          bitbucket.findRepository({ workspaceUuid, repositoryUuid }),
        );
    for (const project of binding.projects) {
      const { connectionId } = project;
      const isKnown = repository !== 'unknown' && !away.has(connectionId);
      const compared = isKnown
        ? await unlessAway(connectionId, () => compareProject(binding, project, repository))
        : 'unknown';
      if (compared !== 'unknown') continue;
      await keepFindings(toProjectSubject({ repositoryUuid, ...project }).id);
    }
  }

  function createUnlessAway(away: Set<string>, noteFailure: StretchContext['noteFailure']) {
    return async <T>(name: string, ask: () => Promise<T>): Promise<T | 'unknown'> => {
      try {
        return await ask();
      } catch (error) {
        if (!(error instanceof RemoteError)) throw error;
        log.warn('a binding could not be compared', { name, status: error.status });
        noteFailure(error);
        away.add(name);
        return 'unknown';
      }
    };
  }

  /** What could not be looked at is still as it was seen last. */
  async function keepFindings(subjectId: string): Promise<void> {
    for (const code of driftCodes) await findings.touch(code, subjectId);
  }

  async function end(operation: Operation, context: StretchContext) {
    for (const connection of await connections.list()) {
      await reconcileConnection(connection, context.workspaceUuid);
    }
    let cursor: string | undefined;
    do {
      const page = await findings.list({ limit: 100, cursor });
      for (const { code, subject, lastSeenAt } of page.items) {
        const isDrift = driftCodes.some((each) => each === code);
        if (isDrift && lastSeenAt < operation.startedAt) await findings.clear(code, subject.id);
      }
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    const finishedAt = new Date(clock.nowMs()).toISOString();
    const saved = await context.save({ ...operation, state: 'succeeded', finishedAt });
    return saved && { operation: saved, next: 'end' as const };
  }

  return async (operation, context) => {
    const page = await bindings.list({ limit: repositoriesEach, cursor: operation.cursor });
    const away = new Set<string>();
    for (const binding of page.items) await compare(binding, context, away);
    const done = operation.done + page.items.length;
    const next = { ...operation, done, cursor: page.nextCursor };
    if (page.nextCursor === undefined) return end(next, context);
    const saved = await context.save(next);
    return saved && { operation: saved, next: 'goOn' };
  };
}
