import { z } from 'zod';

/** A repository as the stand-in remembers it across restarts. */
export const RepositoryRecord = z.object({
  /** With braces; follows from the real path of the folder. */
  uuid: z.string(),
  slug: z.string(),
  /** The slug before the first rename: what the files in the repository go on naming. */
  firstSlug: z.optional(z.string()),
  name: z.string(),
  path: z.string(),
  isPrivate: z.boolean(),
  mainBranch: z.string().nullable(),
  language: z.string(),
  /** Of the git repository; absent until something was taken in. */
  sizeBytes: z.optional(z.number()),
  /** What became pull requests at the first intake; null until there was something to take in. */
  source: z.enum(['branches', 'commits']).nullable(),
  /** Key of the Bitbucket project that it is in. */
  projectKey: z.string().default('GATE'),
  createdAt: z.number(),
  updatedAt: z.number(),
});
export type RepositoryRecord = z.infer<typeof RepositoryRecord>;

/** A pull request as the stand-in remembers it. Hashes are full. */
export const PullRequestRecord = z.object({
  id: z.number().int(),
  /** `branch`: follows its branch. `commit`: one commit of the main branch onto its parent; never moves. */
  kind: z.enum(['branch', 'commit']),
  state: z.enum(['OPEN', 'MERGED', 'DECLINED', 'SUPERSEDED']),
  title: z.string(),
  description: z.string(),
  author: z.object({ name: z.string(), email: z.string() }),
  sourceBranch: z.string(),
  destinationBranch: z.string(),
  headCommit: z.string(),
  destinationCommit: z.string(),
  /** Merge base of the two. */
  baseCommit: z.string(),
  /** The source branch was deleted: Bitbucket keeps the pull request open and lists no commits. */
  isSourceGone: z.boolean(),
  isDestinationGone: z.boolean(),
  mergeCommit: z.string().nullable(),
  /** Account id. */
  closedBy: z.string().nullable(),
  fork: z.enum(['none', 'fork', 'deletedFork']),
  createdAt: z.number(),
  updatedAt: z.number(),
});
export type PullRequestRecord = z.infer<typeof PullRequestRecord>;

export const GrantedRole = z.enum(['admin', 'write', 'read', 'none']);
export type GrantedRole = z.infer<typeof GrantedRole>;

export const WorkspaceRole = z.enum(['owner', 'member', 'outsider']);
export type WorkspaceRole = z.infer<typeof WorkspaceRole>;
