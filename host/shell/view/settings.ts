import { html } from 'hono/html';
import { pageFrame, type FrameView } from './frame';
import { nothing, type Markup } from './markup';

export interface Crumb {
  readonly label: string;
  readonly href: string;
}

/** A page of its own for one module of the app, as wide and as high as the app needs. */
export function modulePage(crumbs: readonly Crumb[], frame: FrameView | undefined): Markup {
  return html`${trail(crumbs)}
    <h1>${frame?.title ?? ''}</h1>
    ${frame ? pageFrame(frame) : nothing}`;
}

export interface InstalledApp {
  readonly name: string;
  readonly installationId: string;
  readonly isInstalled: boolean;
  /** Where the app is configured; absent when it has no page for that. */
  readonly configureHref?: string;
}

/** The apps of the workspace, to configure, uninstall or install again. */
export function installedAppsPage(crumbs: readonly Crumb[], app: InstalledApp): Markup {
  return html`${trail(crumbs)}
    <h1>Installed apps</h1>
    <div data-live="installed-apps">
      <table class="list">
        <thead>
          <tr>
            <th scope="col" class="name">App</th>
            <th scope="col">State</th>
            <th scope="col">Installation</th>
            <th scope="col"><span class="visually-hidden">Actions</span></th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">
              ${app.configureHref !== undefined && app.isInstalled ? html`<a href="${app.configureHref}">${app.name}</a>` : app.name}
            </th>
            <td>${app.isInstalled ? 'Installed' : 'Uninstalled'}</td>
            <td><code>${app.installationId}</code></td>
            <td>
              ${app.isInstalled ? action('uninstall', 'Uninstall') : action('install', 'Install again')}
            </td>
          </tr>
        </tbody>
      </table>
      <p class="quiet">
        Uninstalling runs what the app does before it goes, and then puts its storage away.
        Installing again begins a new installation with empty storage.
      </p>
    </div>`;
}

function action(name: 'install' | 'uninstall', label: string): Markup {
  return html`<form method="post" action="./${name}" data-quiet>
    <button class="button">${label}</button>
  </form>`;
}

function trail(crumbs: readonly Crumb[]): Markup {
  return html`<p class="breadcrumbs">
    ${crumbs.map(
      ({ label, href }, index) =>
        html`${index === 0 ? nothing : html`<span aria-hidden="true">/</span> `}<a href="${href}"
            >${label}</a
          > `,
    )}
  </p>`;
}
