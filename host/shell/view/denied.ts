import { html } from 'hono/html';
import type { Markup } from './markup';

/** One page for what does not exist and for what this person may not see, so that neither can be told from the other. */
export function deniedContent(): Markup {
  return html`<div class="denied">
    <h1>Page not found</h1>
    <p>There is nothing here, or you do not have access to it.</p>
    <p>
      Choose another person in the menu at the top right, or go back to the
      <a href="/">repositories</a>.
    </p>
  </div>`;
}
