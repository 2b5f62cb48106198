import * as z from 'zod/mini';
import { procedure } from './procedure';

/** A DevOps platform record of a Server, as it lists it: credentials never come back. */
export const DevOpsRecord = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('bitbucket-cloud'),
    key: z.string(),
    workspace: z.string(),
    clientId: z.string(),
  }),
  z.strictObject({ kind: z.literal('bitbucket-data-center'), key: z.string(), url: z.string() }),
]);
export type DevOpsRecord = z.infer<typeof DevOpsRecord>;

/** Lengths and forms are checked by the procedure, which says them in the server's words. */
export const DevOpsRecordInput = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('bitbucket-cloud'),
    key: z.string(),
    workspace: z.string(),
    clientId: z.string(),
    clientSecret: z.optional(z.string()),
  }),
  z.strictObject({
    kind: z.literal('bitbucket-data-center'),
    key: z.string(),
    url: z.string(),
    personalAccessToken: z.optional(z.string()),
  }),
]);
export type DevOpsRecordInput = z.infer<typeof DevOpsRecordInput>;

const RecordAddress = z.strictObject({ connectionId: z.string(), key: z.string() });

export const devOpsPlatformProcedures = {
  'devOpsPlatform.list': procedure(
    'workspaceOwner',
    'read',
    z.strictObject({ connectionId: z.string() }),
    z.strictObject({
      records: z.array(DevOpsRecord),
      /** Why no further record can be added; absent when one can. */
      addingRule: z.optional(z.string()),
    }),
  ),
  'devOpsPlatform.create': procedure(
    'workspaceOwner',
    'write',
    z.strictObject({ connectionId: z.string(), record: DevOpsRecordInput }),
    z.strictObject({}),
  ),
  /** `key` names the record as it is; `record` is what it becomes. */
  'devOpsPlatform.update': procedure(
    'workspaceOwner',
    'write',
    z.extend(RecordAddress, { record: DevOpsRecordInput }),
    z.strictObject({}),
  ),
  'devOpsPlatform.validate': procedure(
    'workspaceOwner',
    'read',
    RecordAddress,
    z.strictObject({ problems: z.array(z.string()) }),
  ),
  'devOpsPlatform.countProjects': procedure(
    'workspaceOwner',
    'read',
    RecordAddress,
    z.strictObject({ projects: z.number() }),
  ),
  'devOpsPlatform.delete': procedure('workspaceOwner', 'write', RecordAddress, z.strictObject({})),
} as const;
