import type { Context } from 'hono';
import type { Assets } from '../assets';
import { currentTheme, currentUser } from '../session';
import type { ShellServices } from '../shell-options';
import { layout, type PageContext, type PageParts } from '../view/layout';
import { deniedContent, unreachableContent } from '../view/denied';
import type { Markup } from '../view/markup';
import { workspaceNavigation } from '../view/repositories';

export interface PageRenderer {
  /** A whole page; with a `pageId` it follows the host. */
  page(
    context: Context,
    parts: PageParts,
    options?: { readonly pageId?: string; readonly status?: 200 | 404 | 502 },
  ): Response | Promise<Response>;
  denied(context: Context): Response | Promise<Response>;
  /** The real Bitbucket failed; the sentence says how. */
  unreachable(context: Context, sentence: string): Response | Promise<Response>;
}

/** Renders pages with the person, theme and assets of the request. */
export function createPageRenderer(services: ShellServices, assets: Assets): PageRenderer {
  const { bitbucket, clock, control } = services;
  const { workspace, users } = bitbucket;

  function toPageContext(context: Context, pageId: string | undefined): PageContext {
    const url = new URL(context.req.url);
    return {
      user: currentUser(context, users),
      users,
      theme: currentTheme(context),
      themeDelivery: control.themeDelivery,
      frameOrigin: services.frameOrigin,
      standIns: services.standIns,
      workspace,
      assets: assets.urls,
      path: url.pathname + url.search,
      now: clock.now(),
      ...(pageId === undefined ? {} : { pageId }),
    };
  }

  /** What stands in the place of a page. */
  function instead(context: Context, title: string, content: Markup, status: 404 | 502) {
    const navigation = workspaceNavigation(workspace.slug, 'repositories').map((item) => ({
      ...item,
      isCurrent: false,
    }));
    const parts = { title, navigationTitle: workspace.name, navigation, content };
    return renderer.page(context, parts, { status });
  }

  const renderer: PageRenderer = {
    page(context, parts, { pageId, status = 200 } = {}) {
      context.header('cache-control', 'no-store');
      return context.html(layout(toPageContext(context, pageId), parts), status);
    },
    denied: (context) => instead(context, 'Page not found', deniedContent(), 404),
    unreachable: (context, sentence) =>
      instead(context, 'Bitbucket does not answer', unreachableContent(sentence), 502),
  };
  return renderer;
}

/** True for the page's own request for fresh parts: it needs no frames. */
export function isLiveRefresh(context: Context): boolean {
  return context.req.header('x-gatehouse-live') === '1';
}
