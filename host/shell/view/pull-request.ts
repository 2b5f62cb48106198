import { html } from 'hono/html';
import type { ChangedFile, CommitInsights, PullRequestSummary } from '../../bitbucket/types';
import type { MergeCheckState } from '../../merge-checks';
import type { CommitLine } from '../../bitbucket/content';
import { diffView } from './diff';
import { actionItem, cardFrame, frames, panelFrame, type FrameView } from './frame';
import { icon } from './icons';
import { checksCard, reportsPanel } from './insights';
import { avatar } from './layout';
import { age, commitHash, counted, nothing, type Markup } from './markup';
import { branchFlow, stateLozenge } from './pull-requests';
import { breadcrumbs, commitsTable, pushForm, type RepositoryPlace } from './repository';

export type PullRequestTab = 'overview' | 'commits' | 'diff';

export interface PullRequestPage {
  readonly place: RepositoryPlace;
  readonly pullRequest: PullRequestSummary;
  readonly tab: PullRequestTab;
  readonly hasUnpushed: boolean;
  readonly commits: readonly CommitLine[];
  readonly files: readonly ChangedFile[];
  readonly insights: CommitInsights;
  readonly checks: readonly MergeCheckState[];
  /** Only for the tab that shows it. */
  readonly diff?: { readonly text: string; readonly isCut: boolean };
  readonly cards: readonly FrameView[];
  readonly panels: readonly FrameView[];
  readonly actions: readonly FrameView[];
  readonly now: number;
}

/** The page of a pull request, with the app's card at its side and the app's panel on the overview. */
export function pullRequestContent(page: PullRequestPage): Markup {
  return html`${breadcrumbs(page.place)}
    <div class="pull-request-heading" data-live="heading">${heading(page)}</div>
    <nav class="tabs" aria-label="Pull request" data-live="tabs">${tabs(page)}</nav>
    <div class="with-sidebar">
      <div class="main-column">${mainColumn(page)}</div>
      <aside class="sidebar" aria-label="Details">
        <section class="card" data-live="details">
          <h2 class="card-title">Details</h2>
          ${details(page)}
        </section>
        <div data-live="checks">${checks(page)}</div>
        ${frames(page.cards, cardFrame)}
      </aside>
    </div>`;
}

function heading(page: PullRequestPage): Markup {
  const { pullRequest, place } = page;
  return html`<div class="title-line">
      <h1>${pullRequest.title} <span class="quiet">#${pullRequest.id}</span></h1>
      <div class="actions">${pushForm(place, page.hasUnpushed)}${stateActions(page)}</div>
    </div>
    <p class="facts">
      ${stateLozenge(pullRequest.state)}${avatar(pullRequest.author)}<span>${pullRequest.author}</span>${branchFlow(pullRequest)}${
        pullRequest.isFork
          ? html`<span class="lozenge lozenge-default">From a fork</span>`
          : nothing
      }<span class="quiet">updated ${age(pullRequest.updatedAt, page.now)}</span>
    </p>`;
}

function stateActions({ place, pullRequest, actions }: PullRequestPage): Markup {
  if (pullRequest.state !== 'OPEN') return nothing;
  const action = `${place.base}/pull-requests/${pullRequest.id}`;
  return html`<form method="post" action="${action}/merge" data-quiet>
      <button id="merge" class="button">Merge</button>
    </form>
    <details class="menu">
      <summary class="button" aria-label="More actions">${icon('more')}</summary>
      <div class="menu-panel">
        <form method="post" action="${action}/decline" data-quiet>
          <button class="menu-item">Decline</button>
        </form>
        ${frames(actions, actionItem)}
      </div>
    </details>`;
}

function tabs({ place, pullRequest, tab, commits, files }: PullRequestPage): Markup {
  const base = `${place.base}/pull-requests/${pullRequest.id}`;
  const items = [
    ['overview', 'Overview', base, undefined],
    ['diff', 'Files changed', `${base}/diff`, files.length],
    ['commits', 'Commits', `${base}/commits`, commits.length],
  ] as const;
  return html`<ul>
    ${items.map(
      ([name, label, href, count]) =>
        html`<li>
          <a href="${href}" ${name === tab ? html`aria-current="page"` : nothing}
            >${label}${
              count === undefined ? nothing : html` <span class="count">${count}</span>`
            }</a
          >
        </li>`,
    )}
  </ul>`;
}

function mainColumn(page: PullRequestPage): Markup {
  switch (page.tab) {
    case 'overview':
      return html`${frames(page.panels, panelFrame)}
        <div data-live="reports">${reportsPanel(page.insights)}</div>
        <section class="panel" data-live="files">${fileSummary(page)}</section>`;
    case 'commits':
      return html`<section data-live="commits">${commitsTable(page.commits, page.now)}</section>`;
    case 'diff':
      return html`<section class="panel" data-live="files">${fileSummary(page)}</section>
        <section data-live="diff">${diffView(page.diff ?? { text: '', isCut: false })}</section>`;
  }
}

/** Files listed on the overview; the tab has them all. */
const filesOnOverview = 25;

function fileSummary({ files, tab, place, pullRequest }: PullRequestPage): Markup {
  const shown = tab === 'overview' ? files.slice(0, filesOnOverview) : files;
  const rest = files.length - shown.length;
  const added = files.reduce((sum, file) => sum + file.linesAdded, 0);
  const removed = files.reduce((sum, file) => sum + file.linesRemoved, 0);
  const all = `${place.base}/pull-requests/${pullRequest.id}/diff`;
  return html`<header class="panel-header">
      <h2>${counted(files.length, 'changed file')}</h2>
      ${lineCounts(added, removed)}
    </header>
    <ul class="files">
      ${shown.map(fileRow)}
    </ul>
    ${
      rest === 0
        ? nothing
        : html`<p class="more"><a href="${all}">Show ${counted(rest, 'more file')}</a></p>`
    }`;
}

function fileRow({ status, path, oldPath, linesAdded, linesRemoved }: ChangedFile): Markup {
  const before =
    oldPath === undefined || oldPath === path
      ? nothing
      : html`<span class="quiet">${oldPath} → </span>`;
  return html`<li>
    <span class="file-status file-${status}">${status}</span>
    <span class="path">${before}${path}</span>
    ${lineCounts(linesAdded, linesRemoved)}
  </li>`;
}

/** The sign says what the colour says. */
function lineCounts(added: number, removed: number): Markup {
  return html`<span class="lines">
    <span class="added">+${added}<span class="visually-hidden"> lines added</span></span>
    <span class="removed">−${removed}<span class="visually-hidden"> lines removed</span></span>
  </span>`;
}

function checks({ place, pullRequest, checks: states, insights }: PullRequestPage): Markup {
  return checksCard(states, insights, {
    head: pullRequest.headCommit,
    rerunAction:
      pullRequest.state === 'OPEN'
        ? `${place.base}/pull-requests/${pullRequest.id}/checks`
        : undefined,
  });
}

function details({ pullRequest, now }: PullRequestPage): Markup {
  return html`<dl class="details">
    <dt>Author</dt>
    <dd>${pullRequest.author}</dd>
    <dt>Head commit</dt>
    <dd id="head-commit">${commitHash(pullRequest.headCommit)}</dd>
    <dt>Merge base</dt>
    <dd>${commitHash(pullRequest.baseCommit)}</dd>
    <dt>Source</dt>
    <dd><span class="branch">${pullRequest.sourceBranch}</span></dd>
    <dt>Destination</dt>
    <dd><span class="branch">${pullRequest.destinationBranch}</span></dd>
    <dt>Updated</dt>
    <dd>${age(pullRequest.updatedAt, now)}</dd>
  </dl>`;
}
