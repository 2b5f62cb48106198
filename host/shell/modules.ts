import type { Installation } from '../platform/types';
import type { FrameApp } from './frame/frame-app';
import type { Frame, FrameRegistry, ShellPage } from './frame/registry';
import type { FrameModule, ShellManifest } from './manifest';
import type { FrameView } from './view/frame';

export interface ModuleFrames {
  /** A frame for every module of this type, on this page. `extension` says where the page is. */
  render(
    page: ShellPage,
    type: string,
    extension: Readonly<Record<string, unknown>>,
    /** Only this module, on a page of its own. */
    moduleKey?: string,
  ): readonly FrameView[];
  /** The frame of a modal that another frame opens; `resource` is a key of the manifest, or the opener's own. */
  renderModal(opener: Frame, resource: string | null, context: unknown): FrameView | undefined;
}

interface ModuleFramesOptions {
  readonly manifest: ShellManifest;
  readonly registry: FrameRegistry;
  readonly frameApp: FrameApp;
  readonly installation: Installation;
  readonly shellOrigin: string;
  /** `permissions.external` with what an administrator allowed. */
  readonly external: () => Readonly<Record<string, unknown>>;
}

/** Puts modules of the manifest on pages. What an invocation will be told is fixed here, on the server. */
export function createModuleFrames(options: ModuleFramesOptions): ModuleFrames {
  const { manifest, registry, frameApp, installation } = options;

  function toView(frame: Frame): FrameView {
    const { module } = frame;
    return {
      // Bitbucket marks the titles of apps that are not in production.
      title:
        installation.environmentType === 'PRODUCTION'
          ? module.title
          : `${module.title} (${installation.environmentType})`,
      src: frameApp.urlOf(module.resourceKey, 'index.html'),
      ...(module.iconPath === undefined
        ? {}
        : { iconUrl: frameApp.urlOf(module.resourceKey, module.iconPath) }),
      description: {
        frameId: frame.frameId,
        moduleKey: module.key,
        context: contextOf(frame),
      },
    };
  }

  function contextOf(frame: Frame): Readonly<Record<string, unknown>> {
    return {
      accountId: frame.page.accountId,
      workspaceId: `{${installation.workspaceUuid}}`,
      extension: frame.extension,
      environmentId: installation.environmentId,
      environmentType: installation.environmentType,
      localId: frame.localId,
      locale: 'en-US',
      moduleKey: frame.module.key,
      siteUrl: options.shellOrigin,
      timezone: 'UTC',
      permissions: {
        scopes: manifest.scopes,
        external: options.external(),
      },
    };
  }

  return {
    render(page, type, extension, moduleKey) {
      return manifest.frameModules
        .filter(({ type: own, key }) => own === type && (moduleKey ?? key) === key)
        .map((module) => toView(registry.addFrame(page, module, { type, ...extension })));
    },
    renderModal(opener, resource, context) {
      const resourceKey = resource ?? opener.module.resourceKey;
      if (!manifest.resourceFolders.has(resourceKey)) return undefined;
      const module: FrameModule = { ...opener.module, resourceKey };
      const extension = { ...opener.extension, modal: context };
      return toView(registry.addFrame(opener.page, module, extension));
    },
  };
}
