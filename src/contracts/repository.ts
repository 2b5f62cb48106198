import * as z from 'zod/mini';
import { AuditEntry } from './audit';
import { RepositoryClaim, typedText } from './claims';
import { ConnectionChoice } from './connections';
import { procedure } from './procedure';

/** A project that a repository is bound to, as its settings page shows it. */
export const BoundProjectView = z.strictObject({
  connectionId: z.string(),
  /** Absent when the connection is gone. */
  connectionName: z.optional(z.string()),
  projectKey: z.string(),
  projectName: z.string(),
  /** Folder of a monorepo that the project covers; absent for the whole repository. */
  pathScope: z.optional(z.string()),
  /** `unbinding` when an unbind was interrupted: unbinding again ends it, binding again takes it back. */
  state: z.enum(['bound', 'unbinding']),
  /** Absent where the server keeps no such records, or is not to. */
  serverBinding: z.optional(z.enum(['written', 'missing'])),
  dashboardUrl: z.optional(z.string()),
  /** When an import brought it; absent for what a person bound. */
  importedAt: z.optional(z.string()),
});
export type BoundProjectView = z.infer<typeof BoundProjectView>;

export const RepositoryOverview = z.strictObject({
  repositoryName: z.string(),
  repositorySlug: z.string(),
  projects: z.array(BoundProjectView),
  connections: z.array(ConnectionChoice),
});
export type RepositoryOverview = z.infer<typeof RepositoryOverview>;

/** A project of the server in the picker. */
export const FoundProject = z.strictObject({
  projectKey: z.string(),
  name: z.string(),
  visibility: z.optional(z.enum(['public', 'private'])),
  lastAnalysisAt: z.optional(z.string()),
  /** `other`: bound to another repository, which is not named, as the caller may not know it. */
  boundTo: z.optional(z.enum(['this', 'other'])),
});
export type FoundProject = z.infer<typeof FoundProject>;

export const ManualField = z.enum(['configurationName', 'projectKey', 'repositorySlug']);
export type ManualField = z.infer<typeof ManualField>;

const ProjectAddress = z.extend(RepositoryClaim, {
  connectionId: z.string(),
  projectKey: typedText(400),
});

export const SnippetLanguage = z.enum([
  'javascript',
  'maven',
  'gradle',
  'dotnet',
  'python',
  'go',
  'php',
  'cfamily',
]);
export type SnippetLanguage = z.infer<typeof SnippetLanguage>;

export const repositoryProcedures = {
  'repository.overview': procedure('repositoryAdmin', 'read', RepositoryClaim, RepositoryOverview),
  /** By name and key, 20 a page; never more is loaded than is shown. */
  'repository.searchProjects': procedure(
    'repositoryAdmin',
    'read',
    z.extend(RepositoryClaim, {
      connectionId: z.string(),
      query: typedText(200),
      page: z.int().check(z.positive(), z.maximum(500)),
    }),
    z.strictObject({
      projects: z.array(FoundProject),
      /** Projects of this page that belong to repositories which the caller may not see. */
      locked: z.number(),
      total: z.number(),
      hasMore: z.boolean(),
    }),
  ),
  /** By hand: says which part of configuration name, project key and repository slug is missing or wrong. */
  'repository.checkManual': procedure(
    'repositoryAdmin',
    'read',
    z.extend(RepositoryClaim, {
      configurationName: typedText(200),
      projectKey: typedText(2000),
      repositorySlug: typedText(2000),
    }),
    z.strictObject({
      /** As they were understood: a pasted Bitbucket Data Center address fills both. */
      projectKey: z.string(),
      repositorySlug: z.string(),
      /** There when nothing is wrong: what `repository.bind` asks for. */
      connectionId: z.optional(z.string()),
      problems: z.array(z.strictObject({ field: ManualField, message: z.string() })),
    }),
  ),
  /** Binds one more project, or gives a bound one another folder. */
  'repository.bind': procedure(
    'repositoryAdmin',
    'write',
    z.extend(ProjectAddress, { pathScope: z.optional(typedText(500)) }),
    RepositoryOverview,
  ),
  /** What unbinding touches, in sentences. */
  'repository.previewUnbind': procedure(
    'repositoryAdmin',
    'read',
    ProjectAddress,
    z.strictObject({ sentences: z.array(z.string()) }),
  ),
  'repository.unbind': procedure('repositoryAdmin', 'write', ProjectAddress, RepositoryOverview),
  /** A pipeline that analyses the project; without a language, in the one that Bitbucket says. */
  'repository.snippet': procedure(
    'repositoryAdmin',
    'read',
    z.extend(ProjectAddress, { language: z.optional(SnippetLanguage) }),
    z.strictObject({ language: SnippetLanguage, yaml: z.string(), steps: z.array(z.string()) }),
  ),
  /** Who changed these settings and when, newest first, 10 a page. */
  'repository.changes': procedure(
    'repositoryAdmin',
    'read',
    z.extend(RepositoryClaim, { cursor: z.optional(typedText(2000)) }),
    z.strictObject({ entries: z.array(AuditEntry), nextCursor: z.optional(z.string()) }),
  ),
} as const;
