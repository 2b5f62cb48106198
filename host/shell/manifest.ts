import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod';

const UiModule = z.object({
  key: z.string(),
  title: z.union([z.string(), z.object({ i18n: z.string() })]).transform((title) => {
    return typeof title === 'string' ? title : title.i18n;
  }),
  resource: z.string(),
  icon: z.string().optional(),
});

const Manifest = z.object({
  app: z.object({ id: z.string() }),
  modules: z.record(z.string(), z.array(z.looseObject({ key: z.string() }))),
  resources: z.array(z.object({ key: z.string(), path: z.string() })).default([]),
  permissions: z
    .looseObject({
      scopes: z.array(z.string()).default([]),
      content: z
        .object({ scripts: z.array(z.string()), styles: z.array(z.string()) })
        .partial()
        .optional(),
      external: z.record(z.string(), z.unknown()).optional(),
    })
    .default({ scopes: [] }),
});

/** A module of the manifest that is shown in a frame. */
export interface FrameModule {
  /** `bitbucket:repoPullRequestCard`, … */
  readonly type: string;
  readonly key: string;
  readonly title: string;
  readonly resourceKey: string;
  /** Path inside the resource, from `resource:<key>;<path>`. */
  readonly iconPath?: string;
}

export interface ShellManifest {
  readonly appId: string;
  readonly frameModules: readonly FrameModule[];
  /** Folder of each resource, absolute, by key. */
  readonly resourceFolders: ReadonlyMap<string, string>;
  readonly scopes: readonly string[];
  readonly permissions: Readonly<Record<string, unknown>>;
}

/** Reads what the shell needs of `manifest.yml`: modules with frames, their resources, and the permissions. */
export function readShellManifest(projectRoot: string): ShellManifest {
  const manifest = Manifest.parse(parse(readFileSync(join(projectRoot, 'manifest.yml'), 'utf8')));
  const frameModules = Object.entries(manifest.modules)
    .filter(([type]) => type.startsWith('bitbucket:'))
    .flatMap(([type, modules]) => modules.flatMap((module) => toFrameModule(type, module)));
  return {
    appId: manifest.app.id,
    frameModules,
    resourceFolders: new Map(
      manifest.resources.map(({ key, path }) => [key, join(projectRoot, path)]),
    ),
    scopes: manifest.permissions.scopes,
    permissions: manifest.permissions,
  };
}

function toFrameModule(type: string, module: unknown): FrameModule[] {
  const parsed = UiModule.safeParse(module);
  if (!parsed.success) return [];
  const { key, title, resource, icon } = parsed.data;
  const iconPath = icon === undefined ? undefined : /^resource:[^;]+;(.+)$/.exec(icon)?.[1];
  return [
    { type, key, title, resourceKey: resource, ...(iconPath === undefined ? {} : { iconPath }) },
  ];
}
