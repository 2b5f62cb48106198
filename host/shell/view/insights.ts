import { html } from 'hono/html';
import type { CommitInsights } from '../../bitbucket/types';
import type { MergeCheckState } from '../../merge-checks';
import { icon } from './icons';
import { commitHash, counted, nothing, type Markup } from './markup';

const annotationsShown = 50;

const resultLozenges = {
  PASSED: ['success', 'Passed'],
  SUCCESSFUL: ['success', 'Successful'],
  FAILED: ['removed', 'Failed'],
  PENDING: ['inprogress', 'Pending'],
  INPROGRESS: ['inprogress', 'In progress'],
  STOPPED: ['default', 'Stopped'],
} as const;

function lozenge(result: keyof typeof resultLozenges): Markup {
  const [look, word] = resultLozenges[result];
  return html`<span class="lozenge lozenge-${look}">${word}</span>`;
}

/** The reports of the head commit, as Bitbucket's Code Insights shows them. */
export function reportsPanel({ reports }: CommitInsights): Markup {
  if (reports.length === 0) return nothing;
  return html`${reports.map(
    (report) =>
      html`<details class="panel report" id="report-${report.reportId}">
        <summary class="panel-header">
          ${icon('chevron')}
          <h2>${report.title}</h2>
          ${lozenge(report.result ?? 'PENDING')}
        </summary>
        <div class="report-body">
          <p>${report.details}</p>
          <dl class="details">
            ${report.data.map(
              ({ title, type, value }) =>
                html`<dt>${title}</dt>
                  <dd>${dataValue(type, value)}</dd>`,
            )}
          </dl>
          ${annotationList(report.annotations)}
        </div>
      </details>`,
  )}`;
}

function dataValue(type: string | undefined, value: unknown): Markup {
  if (type === 'LINK' && typeof value === 'object' && value !== null) {
    const { text, href } = value as { readonly text?: unknown; readonly href?: unknown };
    return html`<a href="${String(href)}">${String(text)}</a>`;
  }
  if (type === 'PERCENTAGE') return html`${String(value)} %`;
  return html`${String(value)}`;
}

function annotationList(annotations: CommitInsights['reports'][number]['annotations']): Markup {
  if (annotations.length === 0) return nothing;
  const shown = annotations.slice(0, annotationsShown);
  return html`<h3>${counted(annotations.length, 'annotation')}</h3>
    <ul class="annotations">
      ${shown.map(
        ({ severity, summary, path, line, link }) =>
          html`<li>
            <span class="quiet">${severity ?? ''}</span> ${
              link === undefined ? summary : html`<a href="${link}">${summary}</a>`
            }
            <span class="path">${path ?? ''}${line === undefined ? '' : `:${line}`}</span>
          </li>`,
      )}
    </ul>
    ${
      annotations.length > shown.length
        ? html`<p class="quiet">and ${annotations.length - shown.length} more</p>`
        : nothing
    }`;
}

/** What Bitbucket's card of checks shows: custom merge checks, then builds. */
export function checksCard(
  checks: readonly MergeCheckState[],
  { statuses }: CommitInsights,
  options: { readonly head: string; readonly rerunAction: string | undefined },
): Markup {
  if (checks.length === 0 && statuses.length === 0) return nothing;
  const { head, rerunAction } = options;
  return html`<section class="card" aria-label="Checks">
    <h2 class="card-title">Checks</h2>
    <ul class="checks">
      ${checks.map(
        ({ name, success, message, commit }) =>
          html`<li>
            <p>
              ${lozenge(success ? 'PASSED' : 'FAILED')} <strong>${name}</strong>
              <span class="quiet">Required</span>
            </p>
            ${message === undefined ? nothing : html`<p>${message}</p>`}
            ${
              commit === head
                ? nothing
                : html`<p class="quiet">of the earlier commit ${commitHash(commit)}</p>`
            }
          </li>`,
      )}
      ${statuses.map(
        ({ name, state, description, url }) =>
          html`<li>
            <p>${lozenge(state)} <a href="${url}">${name}</a> <span class="quiet">Build</span></p>
            <p>${description}</p>
          </li>`,
      )}
    </ul>
    ${
      rerunAction === undefined || checks.length === 0
        ? nothing
        : html`<form method="post" action="${rerunAction}" data-quiet>
            <button class="button">Run the checks again</button>
          </form>`
    }
  </section>`;
}
