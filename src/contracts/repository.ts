import * as z from 'zod/mini';
import { RepositoryClaim, typedText } from './claims';
import { ConnectionKind } from './connections';
import { procedure } from './procedure';
import { SettingsChange, SettingsView } from './settings';

/** A project that a repository is bound to, as its settings page shows it. */
export const BoundProjectView = z.strictObject({
  connectionId: z.string(),
  connectionName: z.string(),
  projectKey: z.string(),
  projectName: z.string(),
  /** Folder of a monorepo that the project covers, without slashes at its ends; absent for the whole repository. */
  pathScope: z.optional(z.string()),
  state: z.enum(['binding', 'bound', 'unbinding']),
  /** The record on the server: written and read back, not offered by the edition, switched off, or not written yet. */
  serverBinding: z.enum(['written', 'notOffered', 'off', 'missing']),
  dashboardUrl: z.optional(z.string()),
});
export type BoundProjectView = z.infer<typeof BoundProjectView>;

export const ConnectionChoice = z.strictObject({
  connectionId: z.string(),
  name: z.string(),
  kind: ConnectionKind,
});
export type ConnectionChoice = z.infer<typeof ConnectionChoice>;

export const RepositoryOverview = z.strictObject({
  repositoryName: z.string(),
  repositorySlug: z.string(),
  workspaceSlug: z.string(),
  sequence: z.int(),
  projects: z.array(BoundProjectView),
  connections: z.array(ConnectionChoice),
  settings: SettingsView,
});
export type RepositoryOverview = z.infer<typeof RepositoryOverview>;

/** A project of the server in the picker. */
export const FoundProject = z.strictObject({
  projectKey: z.string(),
  name: z.string(),
  visibility: z.optional(z.enum(['public', 'private'])),
  lastAnalysisAt: z.optional(z.string()),
  /** Why it cannot be chosen: no permission, or bound to another repository. */
  lockedBecause: z.optional(z.string()),
  boundToThis: z.boolean(),
});
export type FoundProject = z.infer<typeof FoundProject>;

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

const ProjectAddress = z.extend(RepositoryClaim, {
  connectionId: z.string(),
  projectKey: typedText(400),
});

export const repositoryProcedures = {
  'repository.overview': procedure('repositoryAdmin', 'read', RepositoryClaim, RepositoryOverview),
  /** By name and key, 20 a page; never more is loaded than is shown. */
  'repository.searchProjects': procedure(
    'repositoryAdmin',
    'read',
    z.extend(RepositoryClaim, {
      connectionId: z.string(),
      query: typedText(200),
      page: z.int().check(z.positive()),
    }),
    z.strictObject({ projects: z.array(FoundProject), total: z.number(), hasMore: z.boolean() }),
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
      isRight: z.boolean(),
      /** As they were understood: a pasted Bitbucket Data Center address fills both. */
      projectKey: z.string(),
      repositorySlug: z.string(),
      connectionId: z.optional(z.string()),
      problems: z.array(
        z.strictObject({
          field: z.enum(['configurationName', 'projectKey', 'repositorySlug']),
          message: z.string(),
        }),
      ),
    }),
  ),
  /** Binds one more project, or the same one with another path scope. */
  'repository.bind': procedure(
    'repositoryAdmin',
    'write',
    z.extend(ProjectAddress, { pathScope: z.optional(typedText(500)) }),
    RepositoryOverview,
  ),
  /** What unbinding touches. */
  'repository.previewUnbind': procedure(
    'repositoryAdmin',
    'read',
    ProjectAddress,
    z.strictObject({
      serverBinding: z.boolean(),
      storedVerdicts: z.number(),
      sentences: z.array(z.string()),
    }),
  ),
  'repository.unbind': procedure('repositoryAdmin', 'write', ProjectAddress, RepositoryOverview),
  'repository.saveSettings': procedure(
    'repositoryAdmin',
    'write',
    z.extend(SettingsChange, { repositoryUuid: RepositoryClaim.shape.repositoryUuid }),
    RepositoryOverview,
  ),
  /** A bitbucket-pipelines.yml that runs the analysis of a bound project. */
  'repository.snippet': procedure(
    'repositoryAdmin',
    'read',
    z.extend(ProjectAddress, { language: z.optional(SnippetLanguage) }),
    z.strictObject({ language: SnippetLanguage, yaml: z.string(), steps: z.array(z.string()) }),
  ),
} as const;
