import { html } from 'hono/html';
import type { RepositorySummary } from '../../bitbucket/types';
import { icon } from './icons';
import type { NavigationItem } from './layout';
import { counted, nothing, type Markup } from './markup';

export interface RepositoryRow {
  readonly repository: RepositorySummary;
  readonly openPullRequests: number;
  readonly hasUnpushed: boolean;
}

/** Navigation of workspace pages. */
export function workspaceNavigation(
  workspaceSlug: string,
  current: 'repositories' | 'control' | undefined,
  more: readonly NavigationItem[] = [],
): NavigationItem[] {
  return [
    {
      label: 'Repositories',
      href: `/${workspaceSlug}/workspace/repositories/`,
      icon: 'repository',
      isCurrent: current === 'repositories',
    },
    ...more,
    {
      label: 'Control panel',
      href: '/control',
      icon: 'control',
      isCurrent: current === 'control',
    },
  ];
}

/** The list of repositories that a person may see; folders that could not be taken in say why. */
export function repositoriesPage(
  workspace: { readonly slug: string; readonly name: string },
  rows: readonly RepositoryRow[],
): Markup {
  return html`<p class="breadcrumbs">${workspace.name}</p>
    <h1>Repositories</h1>
    <div data-live="repositories">
      ${
        rows.length === 0
          ? html`<p class="empty">
              There is no repository that you may see. Choose another person in the menu at the top
              right, or start the host with <code>--repository PATH</code>.
            </p>`
          : table(workspace.slug, rows)
      }
    </div>`;
}

function table(workspaceSlug: string, rows: readonly RepositoryRow[]): Markup {
  return html`<table class="list">
    <thead>
      <tr>
        <th scope="col" class="name">Repository</th>
        <th scope="col">Language</th>
        <th scope="col">Main branch</th>
        <th scope="col">Open pull requests</th>
      </tr>
    </thead>
    <tbody>
      ${rows.map((row) => tableRow(workspaceSlug, row))}
    </tbody>
  </table>`;
}

function tableRow(workspaceSlug: string, row: RepositoryRow): Markup {
  const { repository } = row;
  const { problem } = repository;
  if (problem !== undefined) {
    return html`<tr class="has-problem">
      <th scope="row">${icon('warning')} ${repository.name}</th>
      <td colspan="3"><strong>Not taken in.</strong> ${problem}</td>
    </tr>`;
  }
  const base = `/${workspaceSlug}/${repository.slug}`;
  return html`<tr>
    <th scope="row">
      <a href="${base}/src/">${repository.name}</a>${
        repository.isPrivate
          ? html` <span class="quiet" title="Private"
              >${icon('lock')}<span class="visually-hidden">Private</span></span
            >`
          : nothing
      }${row.hasUnpushed ? html` <span class="lozenge lozenge-inprogress">Moved on disk</span>` : nothing}<br /><small
        class="quiet"
        >${repository.path}</small
      >
    </th>
    <td>
      ${repository.language === '' ? html`<span class="quiet">–</span>` : repository.language}
    </td>
    <td>${repository.mainBranch ?? '–'}</td>
    <td><a href="${base}/pull-requests/">${counted(row.openPullRequests, 'pull request')}</a></td>
  </tr>`;
}
