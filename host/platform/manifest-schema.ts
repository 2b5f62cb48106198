import * as z from 'zod';

const keyed = { key: z.string() };
export const FunctionModule = z.object({
  ...keyed,
  handler: z.string().regex(/^[^.]+\.[^.]+$/, 'must be "<file>.<export>" with exactly one dot'),
  timeoutSeconds: z.int().min(1).max(900).optional(),
});
export const Trigger = z.object({
  ...keyed,
  function: z.string(),
  events: z.array(z.string()).min(1),
  filter: z
    .strictObject({
      appIsLicensed: z.boolean().optional(),
      expression: z.string().optional(),
      onError: z.enum(['IGNORE_AND_LOG', 'IGNORE', 'RECEIVE_AND_LOG', 'RECEIVE']).optional(),
    })
    .optional(),
});
export const Consumer = z.object({
  ...keyed,
  queue: z.string(),
  function: z.string().optional(),
  resolver: z.object({ function: z.string(), method: z.string() }).optional(),
});
export const ScheduledTrigger = z.object({
  ...keyed,
  function: z.string(),
  interval: z.enum(['fiveMinute', 'hour', 'day', 'week']),
});
const StaticOutput = z.object({
  key: z.string(),
  statusCode: z.int(),
  contentType: z.string().optional(),
  body: z.string().optional(),
});
export const WebTrigger = z.object({
  ...keyed,
  function: z.string(),
  urlFormat: z.enum(['v1', 'v2']).default('v1'),
  response: z
    .object({ type: z.enum(['dynamic', 'static']), outputs: z.array(StaticOutput).default([]) })
    .default({ type: 'dynamic', outputs: [] }),
});
export const MergeCheck = z.object({
  ...keyed,
  name: z.string(),
  function: z.string(),
  triggers: z.array(z.enum(['on-code-pushed', 'on-reviewer-status-changed', 'on-merge'])).min(1),
});
const PreUninstall = z.object({ ...keyed, function: z.string() });
export const UiModule = z.looseObject({
  ...keyed,
  resource: z.string().optional(),
  resolver: z.object({ function: z.string() }).optional(),
});

export const uiModuleTypes = [
  'bitbucket:repoPullRequestCard',
  'bitbucket:repoPullRequestOverviewPanel',
  'bitbucket:repoPullRequestAction',
  'bitbucket:repoCodeFileViewer',
  'bitbucket:repoCodeOverviewCard',
  'bitbucket:repoCodeOverviewPanel',
  'bitbucket:repoCodeOverviewAction',
  'bitbucket:repoMainMenuPage',
  'bitbucket:repoSettingsMenuPage',
  'bitbucket:projectSettingsMenuPage',
  'bitbucket:workspaceSettingsMenuPage',
  'bitbucket:workspaceGlobalPage',
  'bitbucket:workspacePersonalSettingsPage',
] as const;

export const Modules = z.strictObject({
  function: z.array(FunctionModule).default([]),
  trigger: z.array(Trigger).default([]),
  consumer: z.array(Consumer).default([]),
  scheduledTrigger: z.array(ScheduledTrigger).default([]),
  webtrigger: z.array(WebTrigger).default([]),
  preUninstall: z.array(PreUninstall).default([]),
  'bitbucket:mergeCheck': z.array(MergeCheck).default([]),
  ...Object.fromEntries(uiModuleTypes.map((type) => [type, z.array(UiModule).default([])])),
});

const FetchEntry = z.union([z.string(), z.object({ address: z.string() })]);
const External = z.looseObject({
  configurable: z.object({ enabled: z.boolean() }).optional(),
  fetch: z
    .object({ backend: z.array(FetchEntry).default([]), client: z.array(FetchEntry).default([]) })
    .default({ backend: [], client: [] }),
});
// Written as a list, or as a map with settings for each scope.
const Scopes = z
  .union([z.array(z.string()), z.record(z.string(), z.unknown())])
  .transform((scopes) => (Array.isArray(scopes) ? scopes : Object.keys(scopes)));

/** `manifest.yml` as far as the local platform runs it; an unknown module type is an error, other members pass. */
export const ManifestFile = z.object({
  app: z.object({
    id: z.string(),
    runtime: z
      .object({ memoryMB: z.int().min(128).max(1024).default(512) })
      .default({ memoryMB: 512 }),
    storage: z.object({ entities: z.unknown() }).optional(),
  }),
  modules: Modules,
  resources: z.array(z.looseObject({ ...keyed, path: z.string() })).default([]),
  permissions: z
    .looseObject({
      scopes: Scopes.default([]),
      external: External.default({ fetch: { backend: [], client: [] } }),
    })
    .default({ scopes: [], external: { fetch: { backend: [], client: [] } } }),
});
