import {
  findBound,
  withProject,
  type Binding,
  type BoundProject,
  type ProjectAddress,
  type ServerRecord,
} from '../../domain/binding';
import type { Connection, ServerAccess } from '../../domain/connection';
import type { BitbucketAsApp } from '../../domain/ports/bitbucket';
import type { OpenDevOpsPlatforms } from '../../domain/ports/devops-platforms';
import type { Log } from '../../domain/ports/log';
import type { OpenProjectBindings } from '../../domain/ports/project-bindings';
import type { BindingStore, ConnectionStore, SecretStore } from '../../domain/ports/stores';
import { describeRemoteError } from '../../errors/describe-remote-error';
import {
  RemoteError,
  RemoteRateLimitedError,
  RemoteRejectedError,
  RemoteUnavailableError,
} from '../../errors/remote-errors';
import { toServerSentence } from '../../errors/server-sentence';
import { findAccess, type ConnectionAccess } from '../connections/find-access';
import { changeBinding } from './save-binding';

export interface ServerBindingOptions {
  readonly bindings: BindingStore;
  readonly connections: ConnectionStore;
  readonly secrets: SecretStore;
  readonly openDevOpsPlatforms: OpenDevOpsPlatforms;
  readonly openProjectBindings: OpenProjectBindings;
  readonly bitbucket: BitbucketAsApp;
  readonly log: Log;
}

interface Place extends ProjectAddress {
  readonly repositoryUuid: string;
}

interface KnownRecord {
  readonly recordKey: string;
  /** Of the repository, at this moment. */
  readonly slug: string;
}

export type WriteOutcome =
  | { readonly kind: 'written' | 'notOffered' | 'off' }
  /** Why the server has no record of ours, in a sentence. */
  | { readonly kind: 'failed'; readonly problem: string };

/** The record of a binding that a Server keeps itself, beside ours. */
export interface ServerBindingKeeper {
  /** Writes it, reads it back and notes it in our record. Never throws for what the server or Bitbucket does. */
  write(place: Place, workspaceUuid: string): Promise<WriteOutcome>;
  /**
   * The same in one call, where slug and record are known already; a comparison finds what the server took and does not
   * keep. @throws {RemoteError} when there are too many calls or no answer.
   */
  writeKnown(place: Place, known: KnownRecord): Promise<WriteOutcome>;
  /**
   * The record of this workspace on the server that bindings are written with; `undefined` where none are to be.
   * @throws {RemoteError}
   */
  findRecordKey(
    access: ConnectionAccess,
    workspaceUuid: string,
  ): Promise<{ readonly recordKey?: string | undefined; readonly problem?: string } | undefined>;
  /** Notes that a record that the server has already, with this slug, is ours from now on. */
  adopt(place: Place, slug: string): Promise<void>;
  /**
   * Removes what `write` wrote or `adopt` noted, and nobody else's. False when it may still be there. `access`: for who has taken the token
   * out of the store already.
   */
  remove(place: Place, project: BoundProject, access?: ServerAccess): Promise<boolean>;
}

export function createServerBinding(options: ServerBindingOptions): ServerBindingKeeper {
  const { bindings, openDevOpsPlatforms, openProjectBindings, bitbucket, log } = options;

  async function writeOnServer(place: Place, workspaceUuid: string): Promise<WriteOutcome> {
    const access = await findAccess(options, place.connectionId);
    if (!access) return failed('Its connection has no token. Rotate the token to enter one.');
    const refusal = whyNot(access.connection);
    if (refusal) return { kind: refusal };
    const [repository, record] = await Promise.all([
      bitbucket.findRepository({ workspaceUuid, repositoryUuid: place.repositoryUuid }),
      findRecord(access, workspaceUuid),
    ]);
    if (!repository) return failed('The repository is gone.');
    if (record.recordKey === undefined) return failed(record.problem);
    const { recordKey } = record;
    const { slug } = repository;
    await announce(place, slug);
    await writeAnnounced(access, place, { recordKey, slug });
    const read = await openProjectBindings(access).find(place.projectKey);
    if (read?.repository !== slug || read.recordKey !== recordKey) {
      return failed('The server took the record and does not show it. Look at the project there.');
    }
    await note(place, () => ({ slugs: [slug], isWritten: true }));
    return { kind: 'written' };
  }

  async function findRecord(access: ConnectionAccess, workspaceUuid: string) {
    const [workspace, records] = await Promise.all([
      bitbucket.readWorkspace(workspaceUuid),
      openDevOpsPlatforms(access).list(),
    ]);
    const recordKey = records.find(
      (each) => each.kind === 'bitbucket-cloud' && each.workspace === workspace.slug,
    )?.key;
    const problem = `The server has no DevOps platform record of the workspace "${workspace.slug}". Add one under DevOps platforms.`;
    return { recordKey, problem };
  }

  /** Noted before it is written: what a crash leaves on the server is known to be ours. */
  async function announce(place: Place, slug: string): Promise<void> {
    await note(place, (known) => ({
      slugs: [...new Set([...(known?.slugs ?? []), slug])],
      isWritten: false,
    }));
  }

  async function writeAnnounced(
    access: ConnectionAccess,
    place: Place,
    { recordKey, slug }: KnownRecord,
  ): Promise<void> {
    const isMonorepo = countOnServer(await bindings.find(place.repositoryUuid), place) > 1;
    await openProjectBindings(access).write(place.projectKey, {
      recordKey,
      repository: slug,
      isMonorepo,
    });
  }

  async function note(
    place: Place,
    toRecord: (known: ServerRecord | undefined) => ServerRecord,
  ): Promise<void> {
    await changeBinding(bindings, place.repositoryUuid, (current) => {
      const project = findBound(current, place);
      if (!project) return undefined;
      const serverRecord = toRecord(project.serverRecord);
      return withProject(current, place.repositoryUuid, { ...project, serverRecord });
    });
  }

  return {
    async write(place, workspaceUuid) {
      try {
        return await writeOnServer(place, workspaceUuid);
      } catch (error) {
        if (!(error instanceof RemoteError)) throw error;
        log.warn('the server keeps no record of a binding', { status: error.status });
        return failed(describe(error));
      }
    },

    async writeKnown(place, known) {
      const access = await findAccess(options, place.connectionId);
      if (!access) return failed('Its connection has no token. Rotate the token to enter one.');
      await announce(place, known.slug);
      try {
        await writeAnnounced(access, place, known);
      } catch (error) {
        const isForAll =
          error instanceof RemoteRateLimitedError || error instanceof RemoteUnavailableError;
        if (!(error instanceof RemoteError) || isForAll) throw error;
        log.warn('the server keeps no record of a binding', { status: error.status });
        return failed(describe(error));
      }
      await note(place, () => ({ slugs: [known.slug], isWritten: true }));
      return { kind: 'written' };
    },

    async findRecordKey(access, workspaceUuid) {
      return whyNot(access.connection) ? undefined : findRecord(access, workspaceUuid);
    },

    adopt: (place, slug) => note(place, () => ({ slugs: [slug], isWritten: true })),

    async remove(place, { serverRecord }, given) {
      if (!serverRecord) return true;
      const access = given ?? (await findAccess(options, place.connectionId));
      if (!access) return false;
      try {
        const server = openProjectBindings(access);
        const found = await server.find(place.projectKey);
        const isOurs = found?.isBitbucketCloud && serverRecord.slugs.includes(found.repository);
        if (isOurs) await server.remove(place.projectKey);
        return true;
      } catch (error) {
        if (!(error instanceof RemoteError)) throw error;
        log.warn('a binding stays on the server', { status: error.status });
        return false;
      }
    },
  };
}

/** SonarQube Cloud publishes no call that takes a binding back, so none is written there (decision 24). */
function whyNot({ capabilities, writesBindings }: Connection): 'notOffered' | 'off' | undefined {
  if (!capabilities.projectBindings) return 'notOffered';
  return writesBindings === false ? 'off' : undefined;
}

/** Projects of the repository on the same server: several need the flag (sonarqube.md 10). */
function countOnServer(binding: Binding | undefined, { connectionId }: ProjectAddress): number {
  return binding?.projects.filter((each) => each.connectionId === connectionId).length ?? 0;
}

/** The server says best which of its rules was broken, such as that its edition has no monorepos. */
function describe(error: RemoteError): string {
  const sentence = error instanceof RemoteRejectedError ? toServerSentence(error) : undefined;
  return sentence === undefined ? describeRemoteError(error) : `It says: ${sentence}`;
}

function failed(problem: string): WriteOutcome {
  return { kind: 'failed', problem };
}
