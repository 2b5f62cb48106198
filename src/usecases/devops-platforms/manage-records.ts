import type { DevOpsRecord, DevOpsRecordInput } from '../../contracts/devops-platforms';
import type { Connection } from '../../domain/connection';
import { findAddingRule, findRecordProblem } from '../../domain/devops-record';
import type { DevOpsPlatforms, OpenDevOpsPlatforms } from '../../domain/ports/devops-platforms';
import type { ConnectionStore, SecretStore } from '../../domain/ports/stores';
import { AppError } from '../../errors/app-error';
import {
  RemoteError,
  RemoteForbiddenError,
  RemoteNotFoundError,
  RemoteRejectedError,
} from '../../errors/remote-errors';
import { toServerSentence } from '../../errors/server-sentence';
import { toServerError } from '../bindings/require-project';
import { requireConnection } from '../connections/change-connection';
import { findAccess } from '../connections/find-access';

export interface ManageRecordsOptions {
  readonly connections: ConnectionStore;
  readonly secrets: SecretStore;
  readonly openDevOpsPlatforms: OpenDevOpsPlatforms;
}

export interface RecordChange {
  readonly connection: Connection;
  readonly before: DevOpsRecord | undefined;
}

/**
 * The DevOps platform records of a Server. @throws {AppError} INVALID_INPUT with the rule that is broken, FORBIDDEN when
 * the token does not administer the server, NOT_FOUND without connection or record, UNAVAILABLE when it does not answer.
 */
export interface ManageRecords {
  list(connectionId: string): Promise<{
    readonly records: readonly DevOpsRecord[];
    readonly addingRule: string | undefined;
  }>;
  create(connectionId: string, record: DevOpsRecordInput): Promise<RecordChange>;
  update(connectionId: string, key: string, record: DevOpsRecordInput): Promise<RecordChange>;
  validate(connectionId: string, key: string): Promise<readonly string[]>;
  countProjects(connectionId: string, key: string): Promise<number>;
  remove(connectionId: string, key: string): Promise<RecordChange>;
}

export function createManageRecords(options: ManageRecordsOptions): ManageRecords {
  async function open(connectionId: string) {
    const connection = await requireConnection(options.connections, connectionId);
    if (!connection.capabilities.devOpsPlatforms) {
      throw new AppError(
        'INVALID_INPUT',
        'SonarQube Cloud keeps no such records. Choose a connection to a SonarQube Server.',
      );
    }
    const access = await findAccess(options, connectionId);
    if (access) return { connection, platforms: options.openDevOpsPlatforms(access) };
    throw new AppError(
      'NOT_FOUND',
      `The token of "${connection.name}" is missing. Rotate the token to enter one.`,
    );
  }

  async function requireRecord(platforms: DevOpsPlatforms, key: string): Promise<DevOpsRecord> {
    const record = (await platforms.list()).find((each) => each.key === key);
    if (record) return record;
    throw gone(key);
  }

  return {
    list: (connectionId) =>
      asking(async () => {
        const { connection, platforms } = await open(connectionId);
        const records = await platforms.list();
        return { records, addingRule: findAddingRule(connection.edition, records) };
      }),

    create: (connectionId, record) =>
      asking(async () => {
        requireGood(record, undefined);
        const { connection, platforms } = await open(connectionId);
        await platforms.create(record);
        return { connection, before: undefined };
      }, record),

    update: (connectionId, key, record) =>
      asking(async () => {
        const { connection, platforms } = await open(connectionId);
        const before = await requireRecord(platforms, key);
        requireGood(record, before);
        await platforms.update(key, record);
        return { connection, before };
      }, record),

    validate: (connectionId, key) =>
      asking(async () => (await open(connectionId)).platforms.validate(key)),

    countProjects: (connectionId, key) =>
      asking(async () => (await open(connectionId)).platforms.countBindings(key)),

    remove: (connectionId, key) =>
      asking(async () => {
        const { connection, platforms } = await open(connectionId);
        const before = await requireRecord(platforms, key);
        await platforms.delete(key);
        return { connection, before };
      }),
  };
}

function requireGood(record: DevOpsRecordInput, known: DevOpsRecord | undefined): void {
  const problem = findRecordProblem(record, known);
  if (problem !== undefined) throw new AppError('INVALID_INPUT', problem);
}

function gone(key?: string): AppError {
  const which = key === undefined ? 'such record' : `record "${key}"`;
  return new AppError('NOT_FOUND', `The server has no ${which} any more. Reload the list.`);
}

async function asking<T>(work: () => Promise<T>, record?: DevOpsRecordInput): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof RemoteError)) throw error;
    if (error instanceof RemoteForbiddenError) {
      throw new AppError(
        'FORBIDDEN',
        'The token of this connection may not administer the server. Rotate it to one of an account with the permission "Administer System".',
        { cause: error },
      );
    }
    if (error instanceof RemoteNotFoundError) throw gone();
    if (error instanceof RemoteRejectedError) throw rejected(error, record);
    throw toServerError(error);
  }
}

/** The server says best which of its rules was broken, unless it repeats a credential. */
function rejected(error: RemoteRejectedError, record: DevOpsRecordInput | undefined): AppError {
  const secret =
    record?.kind === 'bitbucket-cloud' ? record.clientSecret : record?.personalAccessToken;
  const sentence = toServerSentence(error);
  const isSafe = sentence !== undefined && !(secret && sentence.includes(secret));
  return new AppError(
    'INVALID_INPUT',
    isSafe ? `The server refused it: ${sentence}` : 'The server refused it. Check every field.',
    { cause: error },
  );
}
