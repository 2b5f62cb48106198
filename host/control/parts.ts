import { html } from 'hono/html';
import type { Markup } from '../shell/view/markup';

/** A titled part of the panel. */
export function section(title: string, content: Markup): Markup {
  return html`<section class="panel control">
    <header class="panel-header"><h2>${title}</h2></header>
    <div class="control-body">${content}</div>
  </section>`;
}

/** A form that asks the host for one action, without leaving the page. */
export function form(action: string, fields: Markup): Markup {
  return html`<form method="post" action="/control" data-quiet>
    <input type="hidden" name="action" value="${action}" />${fields}
  </form>`;
}
