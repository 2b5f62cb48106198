import { html } from 'hono/html';
import type { BitbucketUser } from '../../bitbucket/types';
import type { ThemeChoice } from '../session';
import { icon, type IconName } from './icons';
import { nothing, type Markup } from './markup';

/** What every page needs to know. */
export interface PageContext {
  readonly user: BitbucketUser;
  readonly users: readonly BitbucketUser[];
  readonly theme: ThemeChoice;
  readonly themeDelivery: 'adoptedStyleSheet' | 'style';
  readonly frameOrigin: string;
  /** Hosts that this machine answers for, without pages of their own. */
  readonly standIns: readonly string[];
  readonly workspace: { readonly slug: string; readonly name: string };
  readonly assets: { readonly script: string; readonly tokens: string; readonly style: string };
  /** Path of the page itself, to come back to. */
  readonly path: string;
  readonly now: number;
  /** Set where the page follows the host. */
  readonly pageId?: string;
}

export interface NavigationItem {
  readonly label: string;
  readonly href: string;
  readonly icon: IconName;
  readonly isCurrent: boolean;
  readonly count?: number;
  /** Title of the part that begins with this item. */
  readonly partTitle?: string;
}

export interface PageParts {
  readonly title: string;
  readonly navigationTitle: string;
  readonly navigation: readonly NavigationItem[];
  readonly content: Markup;
}

/** The frame that all pages share: bar, navigation, content. */
export function layout(context: PageContext, parts: PageParts): Markup {
  const { assets, theme, themeDelivery, pageId } = context;
  return html`<!doctype html>
    <html
      lang="en"
      data-color-mode="${theme}"
      data-theme-delivery="${themeDelivery}"
      data-stand-ins="${context.standIns.join(' ')}"
      ${pageId === undefined ? nothing : html`data-page-id="${pageId}"`}
    >
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${parts.title}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="${assets.tokens}" />
        <link rel="stylesheet" href="${assets.style}" />
        <link rel="preconnect" href="${context.frameOrigin}" />
        <script src="${assets.script}" defer></script>
      </head>
      <body>
        <a class="skip" href="#content">Skip to content</a>
        ${topBar(context)}
        <p id="host-gone" class="host-gone" role="status" hidden>
          The host does not answer. This page comes back by itself when it runs again.
        </p>
        <div class="columns">
          <nav class="side" aria-label="${parts.navigationTitle}">
            <p class="side-title">${parts.navigationTitle}</p>
            <ul>
              ${parts.navigation.map(navigationItem)}
            </ul>
          </nav>
          <main id="content" tabindex="-1">${parts.content}</main>
        </div>
      </body>
    </html>`;
}

function navigationItem(item: NavigationItem): Markup {
  const { partTitle } = item;
  return html`${partTitle === undefined ? nothing : html`<li class="side-part">${partTitle}</li>`}
    <li>
      <a href="${item.href}" ${item.isCurrent ? html`aria-current="page"` : nothing}
        >${icon(item.icon)}<span>${item.label}</span>${
          item.count === undefined ? nothing : html`<span class="count">${item.count}</span>`
        }</a
      >
    </li>`;
}

function topBar(context: PageContext): Markup {
  const { workspace } = context;
  return html`<header class="top">
    <a class="brand" href="/${workspace.slug}/workspace/repositories/"
      >${icon('gate')}<span>Bitbucket</span
      ><span class="lozenge lozenge-default">local host</span></a
    >
    <nav class="top-links" aria-label="Workspace">
      <a href="/${workspace.slug}/workspace/repositories/">Repositories</a>
      <a href="/control">Control panel</a>
    </nav>
    <div class="top-menus">${themeMenu(context)}${userMenu(context)}</div>
  </header>`;
}

function themeMenu({ theme }: PageContext): Markup {
  const choices = [
    ['light', 'Light'],
    ['dark', 'Dark'],
    ['auto', 'Match system'],
  ] as const;
  return html`<details class="menu">
    <summary>${icon('theme')}<span class="wide-only">Theme</span></summary>
    <fieldset class="menu-panel">
      <legend>Theme</legend>
      ${choices.map(
        ([value, label]) =>
          html`<label class="menu-item"
            ><input
              type="radio"
              name="theme"
              value="${value}"
              ${theme === value ? html`checked` : nothing}
            />${label}</label
          >`,
      )}
    </fieldset>
  </details>`;
}

function userMenu({ user, users, path }: PageContext): Markup {
  return html`<details class="menu user-menu">
    <summary>
      ${avatar(user.displayName)}<span class="visually-hidden">Acting as </span
      ><span class="wide-only">${user.displayName}</span>
    </summary>
    <form class="menu-panel" method="post" action="/-/session" aria-label="Act as">
      <p class="menu-title">Act as</p>
      <input type="hidden" name="returnTo" value="${path}" />
      ${users.map(
        (other) =>
          html`<button
            class="menu-item"
            name="accountId"
            value="${other.accountId}"
            ${other.accountId === user.accountId ? html`aria-current="true"` : nothing}
          >
            ${avatar(other.displayName)}<span
              >${other.displayName}<small>${roleInWords(other)}</small></span
            >
          </button>`,
      )}
    </form>
  </details>`;
}

function roleInWords({ workspaceRole }: BitbucketUser): string {
  if (workspaceRole === 'owner') return 'Administers the workspace';
  return workspaceRole === 'member' ? 'Member of the workspace' : 'Not in the workspace';
}

/** Initials in a circle: pictures of people would come from elsewhere. */
export function avatar(displayName: string): Markup {
  const initials = displayName
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => word.slice(0, 1).toUpperCase())
    .join('');
  const hue = Array.from(displayName, (letter) => letter.codePointAt(0) ?? 0).reduce(
    (sum, code) => (sum + code) % 6,
    0,
  );
  return html`<span class="avatar avatar-${hue}" aria-hidden="true">${initials}</span>`;
}
