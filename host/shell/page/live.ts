import { Idiomorph } from 'idiomorph';
import { subscriptionsWaitFor } from './commands';
import { deliverRealtime } from './realtime';

/** Follows the host: realtime messages for frames, and changes of what the page itself shows. */
export function startLive(): void {
  const { pageId } = document.documentElement.dataset;
  if (!pageId) return;
  const stream = new EventSource(`/-/events/${pageId}`);
  subscriptionsWaitFor(
    new Promise((resolve) => {
      stream.addEventListener('open', () => resolve(), { once: true });
    }),
  );
  stream.addEventListener('open', () => showConnection(true));
  stream.addEventListener('error', () => {
    showConnection(false);
    // A refused stream is never tried again by the browser: the host was started anew and does not know this page.
    if (stream.readyState === EventSource.CLOSED) waitForHost();
  });
  stream.addEventListener('realtime', (event) => {
    deliverRealtime(JSON.parse(String(event.data)) as unknown);
  });
  stream.addEventListener('changed', () => void refreshLiveParts());
}

let refreshing: Promise<void> | undefined;
let again = false;

/**
 * Fetches the page once more and takes over the parts marked `data-live`; frames stay as they are. Elements that did
 * not change stay the same elements: replaced between press and release, a button would swallow the click.
 */
export function refreshLiveParts(): Promise<void> {
  if (refreshing) {
    again = true;
    return refreshing;
  }
  refreshing = takeOver().finally(() => {
    refreshing = undefined;
    if (again) {
      again = false;
      void refreshLiveParts();
    }
  });
  return refreshing;
}

async function takeOver(): Promise<void> {
  const response = await fetch(location.href, { headers: { 'x-gatehouse-live': '1' } });
  if (!response.ok) return;
  const fresh = new DOMParser().parseFromString(await response.text(), 'text/html');
  for (const part of document.querySelectorAll<HTMLElement>('[data-live]')) {
    const name = part.dataset['live'] ?? '';
    const replacement = fresh.querySelector<HTMLElement>(`[data-live="${CSS.escape(name)}"]`);
    if (!replacement) continue;
    void Idiomorph.morph(part, replacement, {
      morphStyle: 'innerHTML',
      // What somebody is typing stays, and what somebody opened stays open.
      ignoreActiveValue: true,
      callbacks: { beforeAttributeUpdated: (name) => name !== 'open' },
    });
  }
}

function showConnection(connected: boolean): void {
  const banner = document.getElementById('host-gone');
  if (banner) banner.hidden = connected;
}

function waitForHost(): void {
  setTimeout(() => {
    fetch('/-/health').then(
      (response) => (response.ok ? location.reload() : waitForHost()),
      () => waitForHost(),
    );
  }, 1_000);
}
