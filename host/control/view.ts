import { html } from 'hono/html';
import type { BitbucketUser, RepositorySummary } from '../bitbucket/types';
import type { CspViolation } from '../shell/frame/csp-violations';
import { live, nothing, type Markup } from '../shell/view/markup';
import type { Traffic } from '../traffic';
import { effectWords } from './actions';
import { workspaceSections } from './workspace-view';
import { form, section } from './parts';
import type { Control } from './control';
import type { OpenIssue } from './server-issues';

export interface ControlPage {
  readonly control: Control;
  readonly now: number;
  /** Absent where the server is a real one, whose own pages do such things. */
  readonly issues: readonly OpenIssue[] | undefined;
  readonly repositories: readonly RepositorySummary[];
  readonly users: readonly BitbucketUser[];
  readonly isInstalled: boolean;
  readonly traffic: Traffic;
  readonly violations: readonly CspViolation[];
}

const shown = 30;
/** Characters of a cell that stays on one line. */
const shortCell = 32;

/** The panel: what can be done to the machinery, and what the machinery has done. */
export function controlContent(page: ControlPage): Markup {
  return html`<p class="breadcrumbs">Local host</p>
    <h1>Control panel</h1>
    <p class="lead">
      Moves time, repeats deliveries and makes calls fail, so that what is rare in the cloud can be
      seen here.
    </p>
    <div class="control-grid">
      ${clockSection(page)}${queueSection(page)}${page.issues ? tasksSection(page) : nothing}${faultSection(page)}${page.issues ? issueSection(page.issues) : nothing}${workspaceSections(page)}${themeSection(page)}
    </div>
    ${invocationsSection(page.traffic)}${callsSection(page.traffic)}${logsSection(page.traffic)}${violationsSection(page.violations)}`;
}

function clockSection({ now }: ControlPage): Markup {
  const steps = [
    [1, '+1 min'],
    [10, '+10 min'],
    [60, '+1 h'],
    [1_440, '+1 day'],
  ] as const;
  return section(
    'Clock',
    html`${live('clock', html`<p>It is <time>${new Date(now).toISOString()}</time></p>`)}${form(
      'clock',
      html`<div class="buttons">
        ${steps.map(
          ([minutes, label]) =>
            html`<button class="button" name="minutes" value="${minutes}">${label}</button>`,
        )}
      </div>`,
    )}`,
  );
}

function queueSection({ control }: ControlPage): Markup {
  return section(
    'Queue',
    live(
      'queue',
      html`<p>${control.queuePending} waiting, ${control.queueHeld ? 'held' : 'running'}</p>
        <div class="buttons">
          ${holdForm('hold-queue', control.queueHeld)}${form(
            'deliver-twice',
            html`<button class="button">Deliver the next event twice</button>`,
          )}
        </div>`,
    ),
  );
}

function tasksSection({ control }: ControlPage): Markup {
  return section(
    'Analysis tasks',
    live(
      'tasks',
      html`<p>${control.tasksHeld ? 'Held: new analyses stay pending' : 'Running'}</p>
        ${holdForm('hold-tasks', control.tasksHeld)}`,
    ),
  );
}

function holdForm(action: string, held: boolean): Markup {
  return form(
    action,
    html`<button class="button" name="hold" value="${held ? 'off' : 'on'}">
      ${held ? 'Resume' : 'Hold'}
    </button>`,
  );
}

function faultSection({ control }: ControlPage): Markup {
  const targets = [
    ['sonarqube', 'SonarQube'],
    ['bitbucket', 'Bitbucket'],
    ['kvs', 'Storage'],
    ['realtime', 'Realtime'],
    ['write', 'any part, to write'],
  ] as const;
  return section(
    'Faults',
    html`${form(
      'fail',
      html`<div class="fields">
        <label
          >Call to<select name="target">
            ${targets.map(([value, label]) => html`<option value="${value}">${label}</option>`)}
          </select></label
        ><label
          >that<select name="effect">
            ${effectWords.map(([value, label]) => html`<option value="${value}">${label}</option>`)}
          </select></label
        ><label
          >How often<select name="times">
            <option value="once">next call</option>
            <option value="always">every call</option>
          </select></label
        ><label
          >Calls that pass first<input
            name="skip"
            type="number"
            min="0"
            max="1000"
            value="0" /></label
        ><button class="button">Make it fail</button>
      </div>`,
    )}${live(
      'faults',
      control.faults.length === 0
        ? html`<p class="quiet">No call fails on purpose.</p>`
        : html`<ul class="plain">
              ${control.faults.map(
                (rule) =>
                  html`<li>
                    ${rule.target}:
                    ${rule.effect.kind === 'answer' ? `answers ${rule.effect.status}` : rule.effect.kind},
                    ${rule.times === Infinity ? 'every call' : 'next call'}
                  </li>`,
              )}
            </ul>
            ${form('clear-faults', html`<button class="button">Remove all</button>`)}`,
    )}`,
  );
}

function issueSection(issues: readonly OpenIssue[]): Markup {
  return section(
    'Accept an issue on the server',
    live(
      'issues',
      issues.length === 0
        ? html`<p class="quiet">There is no open issue.</p>`
        : form(
            'accept-issue',
            html`<div class="fields">
              <label
                >Issue<select name="issue">
                  ${issues.map(
                    (issue) =>
                      html`<option
                        value="${[issue.projectKey, issue.pullRequestKey, issue.issueKey].join('\n')}"
                      >
                        #${issue.pullRequestKey}
                        ${issue.path}${issue.line === undefined ? '' : `:${issue.line}`}
                        ${issue.message}
                      </option>`,
                  )}
                </select></label
              ><button class="button">Accept</button>
            </div>`,
          ),
    ),
  );
}

function themeSection({ control }: ControlPage): Markup {
  const choices = [
    ['adoptedStyleSheet', 'as an adopted style sheet'],
    ['style', 'as a style element (meets the policy)'],
  ] as const;
  return section(
    'Theme of frames',
    form(
      'theme-delivery',
      html`<div class="fields">
        <label
          >Tokens arrive<select name="delivery">
            ${choices.map(
              ([value, label]) =>
                html`<option
                  value="${value}"
                  ${control.themeDelivery === value ? html`selected` : nothing}
                >
                  ${label}
                </option>`,
            )}
          </select></label
        ><button class="button">Use from the next page on</button>
      </div>`,
    ),
  );
}

function invocationsSection({ invocations }: Traffic): Markup {
  return log(
    'invocations',
    'Invocations',
    ['When', 'Function', 'Module', 'Outcome', 'Took'],
    invocations.slice(-shown).reverse(),
    (entry) => [
      clockTime(entry.startedAt),
      entry.functionKey + (entry.procedure ? ` › ${entry.procedure}` : ''),
      entry.moduleKey,
      entry.outcome + (entry.errorMessage ? `: ${entry.errorMessage}` : ''),
      `${Math.max(0, Math.round(entry.endedAt - entry.startedAt))} ms`,
    ],
  );
}

function callsSection({ calls }: Traffic): Markup {
  return log(
    'calls',
    'Calls over the border',
    ['When', 'Kind', 'As', 'Call', 'Status'],
    calls.slice(-shown).reverse(),
    (call) => [
      clockTime(call.at),
      call.kind,
      call.identity ?? '',
      `${call.method} ${call.target}`,
      String(call.status),
    ],
  );
}

function logsSection({ logs }: Traffic): Markup {
  return log('logs', 'Logs of the app', ['Level', 'Line'], logs.slice(-shown).reverse(), (line) => [
    line.level,
    line.text,
  ]);
}

function violationsSection(violations: readonly CspViolation[]): Markup {
  return log(
    'violations',
    'Stopped by the Content-Security-Policy',
    ['When', 'Directive', 'Blocked', 'Where'],
    violations.slice(-shown).reverse(),
    (violation) => [
      clockTime(violation.at),
      violation.directive,
      violation.blocked,
      `${violation.sourceFile ?? violation.documentUrl}${violation.line === undefined ? '' : `:${violation.line}`}`,
    ],
  );
}

function log<T>(
  name: string,
  title: string,
  columns: readonly string[],
  entries: readonly T[],
  cells: (entry: T) => readonly string[],
): Markup {
  const table =
    entries.length === 0
      ? html`<p class="empty">Nothing yet.</p>`
      : html`<table class="list log">
          <thead>
            <tr>
              ${columns.map((column) => html`<th scope="col">${column}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${entries.map(
              (entry) =>
                html`<tr>
                  ${cells(entry).map((cell) => html`<td class="${cell.length > shortCell ? 'long' : ''}">${cell}</td>`)}
                </tr>`,
            )}
          </tbody>
        </table>`;
  return html`<section class="log-section">
    <h2>${title}</h2>
    ${live(name, table)}
  </section>`;
}

function clockTime(at: number): string {
  return new Date(at).toISOString().slice(11, 19);
}
