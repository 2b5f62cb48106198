import * as z from 'zod';

/** Of Bitbucket's answers, what the shell shows; the fields are named in the queries, so that little is sent. */

export const Workspace = z.object({ uuid: z.string(), slug: z.string(), name: z.string() });

export const User = z.object({
  account_id: z.string(),
  uuid: z.string(),
  display_name: z.string(),
  nickname: z.string().optional(),
});

export const Permission = z.object({ permission: z.string() });

export const Repository = z.object({
  uuid: z.string(),
  slug: z.string().optional(),
  full_name: z.string(),
  name: z.string(),
  is_private: z.boolean(),
  language: z.string().optional(),
  mainbranch: z.object({ name: z.string() }).nullish(),
  project: z.object({ key: z.string(), uuid: z.string(), name: z.string() }).optional(),
});
export type Repository = z.infer<typeof Repository>;

const Side = z.object({
  branch: z.object({ name: z.string() }),
  commit: z.object({ hash: z.string() }).nullish(),
  repository: z.object({ uuid: z.string() }).nullish(),
});

export const PullRequest = z.object({
  id: z.number(),
  title: z.string(),
  state: z.enum(['OPEN', 'MERGED', 'DECLINED', 'SUPERSEDED']),
  author: z
    .object({
      account_id: z.string().optional(),
      uuid: z.string().optional(),
      display_name: z.string().optional(),
    })
    .nullish(),
  source: Side,
  destination: Side,
  created_on: z.string(),
  updated_on: z.string(),
});
export type PullRequest = z.infer<typeof PullRequest>;

export const Commit = z.object({
  hash: z.string(),
  message: z.string(),
  date: z.string(),
  author: z.object({ raw: z.string() }),
});

export const TreeNode = z.object({ type: z.string(), path: z.string() });

export const ChangedPath = z.object({
  status: z.string(),
  lines_added: z.number(),
  lines_removed: z.number(),
  old: z.object({ path: z.string() }).nullish(),
  new: z.object({ path: z.string() }).nullish(),
});

export const Report = z.object({
  uuid: z.string(),
  external_id: z.string().optional(),
  title: z.string(),
  details: z.string().optional(),
  result: z.enum(['PASSED', 'FAILED', 'PENDING']).optional(),
  report_type: z.string().optional(),
  data: z
    .array(z.object({ title: z.string(), type: z.string().optional(), value: z.unknown() }))
    .nullish(),
});

export const Annotation = z.object({
  uuid: z.string(),
  external_id: z.string().optional(),
  annotation_type: z.enum(['VULNERABILITY', 'CODE_SMELL', 'BUG']),
  summary: z.string(),
  severity: z.enum(['CRITICAL', 'HIGH', 'MEDIUM', 'LOW']).optional(),
  path: z.string().optional(),
  line: z.number().optional(),
  link: z.string().optional(),
});

export const Status = z.object({
  key: z.string(),
  state: z.enum(['SUCCESSFUL', 'FAILED', 'INPROGRESS', 'STOPPED']),
  name: z.string().nullish(),
  description: z.string().nullish(),
  url: z.string(),
});
