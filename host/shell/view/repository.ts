import { html } from 'hono/html';
import type { PullRequestSummary, RepositorySummary } from '../../bitbucket/types';
import type { BranchLine } from '../branches';
import type { CommitLine, TreeEntry } from '../../bitbucket/content';
import { cardFrame, frames, type FrameView } from './frame';
import { icon } from './icons';
import type { NavigationItem } from './layout';
import { age, commitHash, nothing, type Markup } from './markup';

export type RepositorySection = 'source' | 'commits' | 'branches' | 'pullRequests';

/** Address and name of a repository, as its pages need them. */
export interface RepositoryPlace {
  readonly workspace: { readonly slug: string; readonly name: string };
  readonly repository: RepositorySummary;
  /** `/{workspace}/{repository}`. */
  readonly base: string;
  /** Pages of apps in the settings of the repository; none for people who may not administer it. */
  readonly settings: readonly NavigationItem[];
}

export function repositoryNavigation(
  { base, settings }: RepositoryPlace,
  current: RepositorySection | undefined,
  openPullRequests: number,
): NavigationItem[] {
  return [
    { label: 'Source', href: `${base}/src/`, icon: 'source', isCurrent: current === 'source' },
    {
      label: 'Commits',
      href: `${base}/commits/`,
      icon: 'commits',
      isCurrent: current === 'commits',
    },
    {
      label: 'Branches',
      href: `${base}/branches/`,
      icon: 'branches',
      isCurrent: current === 'branches',
    },
    {
      label: 'Pull requests',
      href: `${base}/pull-requests/`,
      icon: 'pullRequests',
      isCurrent: current === 'pullRequests',
      count: openPullRequests,
    },
    ...settings,
  ];
}

/** Title line of a repository page, with the push that follows the disk. */
export function repositoryHeading(
  place: RepositoryPlace,
  title: string,
  hasUnpushed: boolean,
): Markup {
  return html`${breadcrumbs(place)}
    <div class="title-line">
      <h1>${title}</h1>
      <div class="actions" data-live="push">${pushForm(place, hasUnpushed)}</div>
    </div>`;
}

/** What was left out of the repository, if anything was. */
export function repositoryNotice({ repository }: RepositoryPlace): Markup {
  return repository.notice === undefined
    ? nothing
    : html`<p class="notice">${icon('warning')}${repository.notice}</p>`;
}

export function breadcrumbs({ workspace, repository, base }: RepositoryPlace): Markup {
  return html`<p class="breadcrumbs">
    <a href="/${workspace.slug}/workspace/repositories/">${workspace.name}</a>
    <span aria-hidden="true">/</span> <a href="${base}/src/">${repository.name}</a>
  </p>`;
}

/** "Push" takes over what moved on disk, as `git push` would have. */
export function pushForm({ base }: RepositoryPlace, hasUnpushed: boolean): Markup {
  return html`<form method="post" action="${base}/push" data-quiet>
    ${
      hasUnpushed ? html`<span class="lozenge lozenge-inprogress">Moved on disk</span>` : nothing
    }<button
      id="push"
      class="button ${hasUnpushed ? 'button-primary' : ''}"
      title="Take over what moved on disk, as git push would"
    >
      ${icon('push')}Push
    </button>
  </form>`;
}

interface SourceParts {
  readonly readme: string | undefined;
  readonly now: number;
  /** Cards of apps, in the sidebar. */
  readonly cards?: readonly FrameView[];
}

export function sourceContent(
  place: RepositoryPlace,
  tree: readonly TreeEntry[],
  latest: CommitLine | undefined,
  { readme, now, cards = [] }: SourceParts,
): Markup {
  const { repository } = place;
  const files = html`<section
      class="panel"
      aria-label="Files of ${repository.mainBranch ?? 'the repository'}"
    >
      <header class="panel-header">
        <span class="branch">${icon('branches')}${repository.mainBranch ?? '–'}</span>${
          latest
            ? html`<span class="quiet latest"
                >${commitHash(latest.hash)} ${latest.subject} · ${latest.author},
                ${age(latest.date, now)}</span
              >`
            : nothing
        }
      </header>
      <ul class="tree">
        ${tree.map(
          (entry) => html`<li>${icon(entry.isFolder ? 'folder' : 'file')}${entry.name}</li>`,
        )}
      </ul>
    </section>
    ${
      readme === undefined
        ? nothing
        : html`<section class="panel" aria-label="README">
            <header class="panel-header">README</header>
            <pre class="readme" tabindex="0">${readme}</pre>
          </section>`
    }`;
  if (cards.length === 0) return files;
  return html`<div class="with-sidebar">
    <div class="main-column">${files}</div>
    <aside class="sidebar" aria-label="Repository details">${frames(cards, cardFrame)}</aside>
  </div>`;
}

export function commitsTable(commits: readonly CommitLine[], now: number): Markup {
  if (commits.length === 0) return html`<p class="empty">There are no commits.</p>`;
  return html`<table class="list">
    <thead>
      <tr>
        <th scope="col">Commit</th>
        <th scope="col">Message</th>
        <th scope="col">Author</th>
        <th scope="col">Date</th>
      </tr>
    </thead>
    <tbody>
      ${commits.map(
        (commit) =>
          html`<tr>
            <td>${commitHash(commit.hash)}</td>
            <td class="grow">${commit.subject}</td>
            <td>${commit.author}</td>
            <td>${age(commit.date, now)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

export function branchesTable(
  { base, repository }: RepositoryPlace,
  branches: readonly BranchLine[],
  pullRequests: readonly PullRequestSummary[],
  now: number,
): Markup {
  const open = new Map(
    pullRequests
      .filter(({ state }) => state === 'OPEN')
      .map((pullRequest) => [pullRequest.sourceBranch, pullRequest]),
  );
  return html`<table class="list">
    <thead>
      <tr>
        <th scope="col">Branch</th>
        <th scope="col">Last commit</th>
        <th scope="col">Updated</th>
        <th scope="col">Pull request</th>
      </tr>
    </thead>
    <tbody>
      ${branches.map((branch) => {
        const pullRequest = open.get(branch.name);
        return html`<tr>
          <th scope="row">
            <span class="branch">${icon('branches')}${branch.name}</span>${
              branch.name === repository.mainBranch
                ? html` <span class="lozenge lozenge-default">main branch</span>`
                : nothing
            }
          </th>
          <td class="grow">${commitHash(branch.hash)} ${branch.subject}</td>
          <td>${age(branch.date, now)}</td>
          <td>
            ${
              pullRequest
                ? html`<a href="${base}/pull-requests/${pullRequest.id}">#${pullRequest.id}</a>`
                : html`<span class="quiet">–</span>`
            }
          </td>
        </tr>`;
      })}
    </tbody>
  </table>`;
}
