import type { OpenApi } from '@coderabbitai/bitbucket/cloud';
import * as z from 'zod/mini';

type Schemas = OpenApi.components['schemas'];
/** Members that the published document names; it also allows any other, which would hide a misspelling. */
type Published<T> = { [K in keyof T as string extends K ? never : K]?: z.ZodMiniType };

const EndpointAnswer = z.object({
  /** Null when the repository was deleted. */
  commit: z.nullish(z.object({ hash: z.string() })),
  repository: z.nullish(
    z.object({
      uuid: z.string(),
      /** Only where it was asked for. */
      project: z.nullish(z.object({ uuid: z.string() })),
    }),
  ),
  branch: z.nullish(z.object({ name: z.optional(z.string()) })),
} satisfies Published<Schemas['pullrequest_endpoint']>);

/** The members of a pull request that the app reads (bitbucket.md 15). */
export const PullRequestAnswer = z.object({
  id: z.int(),
  state: z.enum(['OPEN', 'MERGED', 'DECLINED', 'SUPERSEDED']),
  source: EndpointAnswer,
  destination: EndpointAnswer,
  updated_on: z.optional(z.string()),
} satisfies Published<Schemas['pullrequest']>);
export type PullRequestAnswer = z.infer<typeof PullRequestAnswer>;

const FullHash = z.string().check(z.regex(/^[0-9a-f]{40,64}$/));

export const CommitAnswer = z.object({
  hash: FullHash,
  parents: z.optional(z.array(z.object({ hash: FullHash }))),
} satisfies Published<Schemas['base_commit']>);

/** The caller's role in a workspace (bitbucket.md 13): `owner` administers it. */
export const WorkspacePermissionAnswer = z.object({
  permission: z.string(),
  user: z.optional(z.object({ display_name: z.optional(z.string()) })),
  workspace: z.optional(z.object({ name: z.optional(z.string()) })),
});

export const CommitAuthorsAnswer = z.object({
  values: z.array(
    z.object({
      author: z.optional(
        z.object({
          raw: z.optional(z.string()),
          user: z.optional(z.nullable(z.object({ account_id: z.optional(z.string()) }))),
        }),
      ),
    }),
  ),
});

/** The rights of the caller on repositories (bitbucket.md 13). */
export const RepositoryPermissionsAnswer = z.object({
  values: z.array(
    z.object({
      permission: z.enum(['admin', 'write', 'read']),
      repository: z.object({ uuid: z.string() }),
    }),
  ),
});

/** The members of a repository that the app reads (bitbucket.md 12). */
export const RepositoryAnswer = z.object({
  uuid: z.string(),
  name: z.string(),
  full_name: z.string(),
  is_private: z.optional(z.boolean()),
  /** Empty when nobody set it. */
  language: z.optional(z.string()),
  project: z.nullish(z.object({ uuid: z.string() })),
  /** `null` for an empty repository. */
  mainbranch: z.nullish(z.object({ name: z.optional(z.string()) })),
} satisfies Published<Schemas['repository']>);

/** One page of the repositories of a workspace, with the members that an import needs. */
export const RepositoriesAnswer = z.object({
  values: z.array(
    z.object({
      uuid: z.string(),
      name: z.string(),
      full_name: z.string(),
      is_private: z.optional(z.boolean()),
      size: z.optional(z.number()),
      mainbranch: z.nullish(z.object({ name: z.optional(z.string()) })),
      /** `null` for what is no fork. */
      parent: z.nullish(z.object({ uuid: z.optional(z.string()) })),
    } satisfies Published<Schemas['repository']>),
  ),
  size: z.optional(z.number()),
  next: z.optional(z.string()),
});
export type RepositoriesAnswer = z.infer<typeof RepositoriesAnswer>;

const ChangedFile = z.nullish(z.object({ path: z.optional(z.string()) }));

/** One page of what a commit changes; `old` is null for an added file and `new` for a removed one (bitbucket.md 11). */
export const DiffstatAnswer = z.object({
  values: z.array(
    z.object({ old: ChangedFile, new: ChangedFile } satisfies Published<Schemas['diffstat']>),
  ),
  next: z.optional(z.string()),
});

/** One page of the projects of Bitbucket. */
export const ProjectsAnswer = z.object({
  values: z.array(z.object({ uuid: z.string(), key: z.string(), name: z.string() })),
  next: z.optional(z.string()),
});

/** One page of open pull requests. */
export const OpenPullRequestsAnswer = z.object({
  values: z.array(PullRequestAnswer),
  next: z.optional(z.string()),
});

/** The members of a workspace that the app reads (bitbucket.md 13). */
export const WorkspaceAnswer = z.object({
  slug: z.string(),
  name: z.string(),
} satisfies Published<Schemas['workspace']>);
