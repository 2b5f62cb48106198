import { raw } from 'hono/html';
import type { Markup } from './markup';

const paths = {
  gate: '<path d="M3 20V9l9-5 9 5v11"/><path d="M7 20v-8m5 8v-8m5 8v-8M3 20h18"/>',
  repository:
    '<path d="M4 5.5 12 3l8 2.5v13L12 21l-8-2.5z"/><path d="m4 5.5 8 2.5 8-2.5M12 8v13"/>',
  source: '<path d="m8 7-5 5 5 5m8-10 5 5-5 5m-3-12-2 14"/>',
  commits: '<circle cx="12" cy="12" r="3.5"/><path d="M12 3v5.5m0 7V21"/>',
  branches:
    '<circle cx="7" cy="5" r="2"/><circle cx="7" cy="19" r="2"/><circle cx="17" cy="8" r="2"/><path d="M7 7v10m10-7c0 4-10 2-10 6"/>',
  pullRequests:
    '<circle cx="6" cy="6" r="2.2"/><circle cx="6" cy="18" r="2.2"/><circle cx="18" cy="18" r="2.2"/><path d="M6 8.2v7.6m12 0V9a3 3 0 0 0-3-3h-3m2.5-2.5L12 6l2.5 2.5"/>',
  control:
    '<path d="M4 7h9m4 0h3M4 17h3m4 0h9"/><circle cx="15" cy="7" r="2"/><circle cx="9" cy="17" r="2"/>',
  arrow: '<path d="M5 12h14m-5-5 5 5-5 5"/>',
  chevron: '<path d="m6 9 6 6 6-6"/>',
  folder:
    '<path d="M3 6.5A1.5 1.5 0 0 1 4.5 5H9l2 2.5h8.5A1.5 1.5 0 0 1 21 9v8.5a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 3 17.5z"/>',
  file: '<path d="M6 3h8l4 4v14H6z"/><path d="M14 3v4h4"/>',
  lock: '<rect x="5" y="11" width="14" height="9" rx="2"/><path d="M8 11V8a4 4 0 0 1 8 0v3"/>',
  push: '<path d="M12 19V6m-6 6 6-6 6 6M5 21h14"/>',
  warning: '<path d="M12 4 2.5 20h19z"/><path d="M12 10v5m0 2.2v.3"/>',
  theme: '<circle cx="12" cy="12" r="8"/><path d="M12 4a8 8 0 0 1 0 16z" fill="currentColor"/>',
  app: '<rect x="4" y="4" width="7" height="7" rx="1.5"/><rect x="13" y="4" width="7" height="7" rx="1.5"/><rect x="4" y="13" width="7" height="7" rx="1.5"/><rect x="13" y="13" width="7" height="7" rx="1.5"/>',
  settings:
    '<circle cx="12" cy="12" r="3"/><path d="M12 3v3m0 12v3m9-9h-3M6 12H3m15.4-6.4-2.2 2.2m-8.4 8.4-2.2 2.2m12.8 0-2.2-2.2M7.8 7.8 5.6 5.6"/>',
  more: '<path d="M5.5 12h.01M12 12h.01M18.5 12h.01" stroke-width="3"/>',
} as const;

export type IconName = keyof typeof paths;

/** A drawn sign beside a word; screen readers hear the word only. */
export function icon(name: IconName): Markup {
  return raw(
    `<svg class="icon" viewBox="0 0 24 24" width="16" height="16" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${paths[name]}</svg>`,
  );
}
