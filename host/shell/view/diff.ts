import { html } from 'hono/html';
import { nothing, type Markup } from './markup';

/** A unified diff as coloured lines; the sign at the start of each line says the same as its colour. */
export function diffView({ text, isCut }: { text: string; isCut: boolean }): Markup {
  if (text === '') return nothing;
  const files = text.split(/^(?=diff --git )/m);
  return html`${files.map(diffFile)}${
    isCut ? html`<p class="empty">The rest of this diff is too long to be shown here.</p>` : nothing
  }`;
}

function diffFile(text: string): Markup {
  const lines = text.split('\n');
  const start = lines.findIndex((line) => line.startsWith('@@'));
  const name = (lines[0] ?? '').replace(/^diff --git /, '');
  const body = start < 0 ? lines.slice(1) : lines.slice(start);
  return html`<details class="panel diff" open>
    <summary class="panel-header"><code>${name}</code></summary>
    <pre tabindex="0">
${body.map((line) => html`<span class="${classOf(line)}">${line} </span>`)}</pre>
  </details>`;
}

function classOf(line: string): string {
  if (line.startsWith('+')) return 'line-added';
  if (line.startsWith('-')) return 'line-removed';
  return line.startsWith('@@') ? 'line-hunk' : 'line';
}
