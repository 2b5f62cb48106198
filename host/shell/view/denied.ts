import { html } from 'hono/html';
import type { Markup } from './markup';

/** In place of a page that needs an answer of the real Bitbucket. */
export function unreachableContent(sentence: string): Markup {
  return html`<div class="denied">
    <h1>Bitbucket does not answer</h1>
    <p>${sentence}</p>
    <p>Load the page again in a while, or go back to the <a href="/">repositories</a>.</p>
  </div>`;
}

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
