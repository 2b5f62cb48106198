import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod';
import { toEntityDefinitions } from './kvs/entity-definition';
import type { EntityDefinition } from './kvs/entity-definition';
import { ManifestFile, Modules, UiModule, uiModuleTypes } from './manifest-schema';
import type {
  Consumer,
  FunctionModule,
  MergeCheck,
  ScheduledTrigger,
  Trigger,
  WebTrigger,
} from './manifest-schema';

export type FunctionDefinition = z.infer<typeof FunctionModule>;
export type TriggerModule = z.infer<typeof Trigger>;
export type ScheduledTriggerModule = z.infer<typeof ScheduledTrigger>;
export type WebTriggerModule = z.infer<typeof WebTrigger>;
export type MergeCheckModule = z.infer<typeof MergeCheck>;

export interface UiModuleDefinition {
  /** `bitbucket:repoPullRequestCard`, … */
  readonly type: string;
  readonly key: string;
  readonly resourceKey?: string;
  /** Key of the function that resolves its calls. */
  readonly resolverFunction?: string;
}

export interface ConsumerModule {
  readonly key: string;
  readonly queue: string;
  readonly functionKey: string;
  /** Only for the old form, `resolver: { function, method }`. */
  readonly method?: string;
  /** Of its function, where that has one. */
  readonly timeoutSeconds?: number;
}

/** The manifest as the local platform runs it. */
export interface Manifest {
  /** UUID of the app, without the ARI before it. */
  readonly appId: string;
  readonly memoryMB: number;
  readonly entities: readonly EntityDefinition[];
  readonly functions: ReadonlyMap<string, FunctionDefinition>;
  readonly uiModules: readonly UiModuleDefinition[];
  readonly triggers: readonly TriggerModule[];
  readonly consumers: readonly ConsumerModule[];
  readonly scheduledTriggers: readonly ScheduledTriggerModule[];
  readonly webTriggers: readonly WebTriggerModule[];
  readonly mergeChecks: readonly MergeCheckModule[];
  readonly preUninstalls: readonly { readonly key: string; readonly function: string }[];
  readonly resources: readonly { readonly key: string; readonly path: string }[];
  readonly scopes: readonly string[];
  /** Addresses that functions may fetch from. */
  readonly backendEgress: readonly string[];
  /** `permissions.external.configurable.enabled`: administrators may allow more. */
  readonly hasConfigurableEgress: boolean;
  /** `permissions.external` as written: the SDK answers permission questions from it. */
  readonly external: Readonly<Record<string, unknown>>;
}

/**
 * Reads `manifest.yml` of the project.
 * @throws {Error} naming the module type that is not emulated, or the place that is not valid.
 */
export function readManifest(projectRoot: string): Manifest {
  return parseManifest(readFileSync(join(projectRoot, 'manifest.yml'), 'utf8'));
}

/** The same from the text of a manifest. */
export function parseManifest(text: string): Manifest {
  const parsed = ManifestFile.safeParse(parse(text));
  if (!parsed.success) throw new Error(explain(parsed.error));
  const { app, modules, resources, permissions } = parsed.data;
  const manifest: Manifest = {
    appId: app.id.slice(app.id.lastIndexOf('/') + 1),
    memoryMB: app.runtime.memoryMB,
    entities: toEntityDefinitions(app.storage?.entities),
    functions: new Map(modules.function.map((definition) => [definition.key, definition])),
    uiModules: toUiModules(modules),
    triggers: modules.trigger,
    consumers: modules.consumer.map((module) => toConsumer(module, modules.function)),
    scheduledTriggers: modules.scheduledTrigger,
    webTriggers: modules.webtrigger,
    mergeChecks: modules['bitbucket:mergeCheck'],
    preUninstalls: modules.preUninstall,
    resources,
    scopes: permissions.scopes,
    backendEgress: permissions.external.fetch.backend.map((entry) =>
      typeof entry === 'string' ? entry : entry.address,
    ),
    hasConfigurableEgress: permissions.external.configurable?.enabled === true,
    external: permissions.external,
  };
  checkFunctionsExist(manifest);
  return manifest;
}

function explain(error: z.ZodError): string {
  const unknownModule = error.issues.find(
    (issue) => issue.code === 'unrecognized_keys' && issue.path.join('.') === 'modules',
  );
  if (unknownModule?.code === 'unrecognized_keys') {
    const known = Object.keys(Modules.shape).join(', ');
    return `The local platform does not emulate the module type "${unknownModule.keys.join('", "')}" of manifest.yml. It knows: ${known}.`;
  }
  return `manifest.yml is not valid:\n${z.prettifyError(error)}`;
}

function toConsumer(
  module: z.infer<typeof Consumer>,
  functions: readonly FunctionDefinition[],
): ConsumerModule {
  const { key, queue, resolver } = module;
  const functionKey = module.function ?? resolver?.function;
  if (functionKey === undefined) {
    throw new Error(`Consumer "${key}" in manifest.yml names no function.`);
  }
  const timeoutSeconds = functions.find((one) => one.key === functionKey)?.timeoutSeconds;
  return {
    key,
    queue,
    functionKey,
    ...(module.function === undefined && resolver ? { method: resolver.method } : {}),
    ...(timeoutSeconds === undefined ? {} : { timeoutSeconds }),
  };
}

function toUiModules(modules: Readonly<Record<string, unknown>>): UiModuleDefinition[] {
  return uiModuleTypes.flatMap((type) =>
    z
      .array(UiModule)
      .parse(modules[type])
      .map((module) => ({
        type,
        key: module.key,
        ...(module.resource === undefined ? {} : { resourceKey: module.resource }),
        ...(module.resolver === undefined ? {} : { resolverFunction: module.resolver.function }),
      })),
  );
}

/** The modules that name a function, as pairs of module key and function key. */
function functionUses(manifest: Manifest): { module: string; functionKey: string }[] {
  const direct = [
    ...manifest.triggers,
    ...manifest.scheduledTriggers,
    ...manifest.webTriggers,
    ...manifest.mergeChecks,
    ...manifest.preUninstalls,
  ].map((module) => ({ module: module.key, functionKey: module.function }));
  const consumers = manifest.consumers.map(({ key, functionKey }) => ({
    module: key,
    functionKey,
  }));
  const resolvers = manifest.uiModules.flatMap(({ key, resolverFunction }) =>
    resolverFunction === undefined ? [] : [{ module: key, functionKey: resolverFunction }],
  );
  return [...direct, ...consumers, ...resolvers];
}

function checkFunctionsExist(manifest: Manifest): void {
  for (const { module, functionKey } of functionUses(manifest)) {
    if (!manifest.functions.has(functionKey)) {
      throw new Error(
        `Module "${module}" in manifest.yml uses the function "${functionKey}", which is not declared under modules.function.`,
      );
    }
  }
}
