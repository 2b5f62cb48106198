import { html } from 'hono/html';

/** Escaped HTML, ready to be put into other HTML. */
export type Markup = ReturnType<typeof html>;

export const nothing = html``;

export function join(...parts: readonly Markup[]): Markup {
  return html`${parts}`;
}

/** A part that the page takes over anew when the host says that something changed. */
export function live(name: string, content: Markup): Markup {
  return html`<div data-live="${name}">${content}</div>`;
}

/** Age in words with the exact time behind it, counted by the host's clock. */
export function age(iso: string, now: number): Markup {
  const seconds = Math.max(0, Math.round((now - Date.parse(iso)) / 1000));
  return html`<time datetime="${iso}" title="${iso}">${inWords(seconds)}</time>`;
}

function inWords(seconds: number): string {
  if (seconds < 45) return 'just now';
  const steps = [
    [60, 'minute'],
    [3_600, 'hour'],
    [86_400, 'day'],
    [2_592_000, 'month'],
    [31_536_000, 'year'],
  ] as const;
  const [size, unit] = steps.findLast(([limit]) => seconds >= limit * 0.75) ?? steps[0];
  const count = Math.max(1, Math.round(seconds / size));
  return `${count} ${unit}${count === 1 ? '' : 's'} ago`;
}

export function shortHash(hash: string): string {
  return hash.slice(0, 7);
}

export function commitHash(hash: string): Markup {
  return html`<code class="hash" title="${hash}">${shortHash(hash)}</code>`;
}

/** `1 file`, `2 files`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
