import type {
  DevOpsRecord,
  devOpsPlatformProcedures,
  DevOpsRecordInput,
} from '../contracts/devops-platforms';
import { toFieldChanges, type ChangeDraft } from '../domain/change';
import type { ManageRecords, RecordChange } from '../usecases/devops-platforms/manage-records';
import type { Implementations } from './procedure-resolver';

export interface DevOpsPlatformProceduresOptions {
  readonly manageRecords: ManageRecords;
}

/** The procedures about the DevOps platform records of a Server. */
export function createDevOpsPlatformProcedures({
  manageRecords,
}: DevOpsPlatformProceduresOptions): Implementations<keyof typeof devOpsPlatformProcedures> {
  return {
    async 'devOpsPlatform.list'({ connectionId }) {
      const { records, addingRule } = await manageRecords.list(connectionId);
      return { records: [...records], ...(addingRule !== undefined && { addingRule }) };
    },
    async 'devOpsPlatform.create'({ connectionId, record }) {
      const changed = await manageRecords.create(connectionId, record);
      return { output: {}, change: toChange(changed, record) };
    },
    async 'devOpsPlatform.update'({ connectionId, key, record }) {
      const changed = await manageRecords.update(connectionId, key, record);
      return { output: {}, change: toChange(changed, record) };
    },
    async 'devOpsPlatform.validate'({ connectionId, key }) {
      return { problems: [...(await manageRecords.validate(connectionId, key))] };
    },
    async 'devOpsPlatform.countProjects'({ connectionId, key }) {
      return { projects: await manageRecords.countProjects(connectionId, key) };
    },
    async 'devOpsPlatform.delete'({ connectionId, key }) {
      const changed = await manageRecords.remove(connectionId, key);
      return { output: {}, change: toChange(changed, undefined) };
    },
  };
}

/** What was changed on the server; of a credential only that it was. */
function toChange(
  { connection, before }: RecordChange,
  after: DevOpsRecordInput | undefined,
): ChangeDraft | undefined {
  const changes = toFieldChanges(before ? { ...before } : {}, after ? withoutSecret(after) : {});
  const secret =
    after?.kind === 'bitbucket-cloud' ? after.clientSecret : after?.personalAccessToken;
  if (secret !== undefined) changes.push({ field: 'credential', after: 'changed' });
  const key = before?.key ?? after?.key ?? '';
  const subject = {
    kind: 'record',
    id: `${connection.connectionId} ${key}`,
    name: `${key} on ${connection.name}`,
  } as const;
  return changes.length === 0 ? undefined : { subject, changes };
}

function withoutSecret(record: DevOpsRecordInput): DevOpsRecord {
  if (record.kind === 'bitbucket-cloud') {
    const { clientSecret, ...facts } = record;
    return facts;
  }
  const { personalAccessToken, ...facts } = record;
  return facts;
}
