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

/** Fetches the page once more and takes over the parts marked `data-live`; frames stay as they are. */
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
    keepOpen(part, replacement);
    if (replacement.innerHTML === part.innerHTML) continue;
    if (part.contains(document.activeElement)) keepFocus(part, replacement);
    else part.innerHTML = replacement.innerHTML;
  }
}

/** What somebody opened stays open. */
function keepOpen(part: HTMLElement, replacement: HTMLElement): void {
  for (const { dataset } of part.querySelectorAll<HTMLElement>('details[data-report][open]')) {
    const name = CSS.escape(dataset['report'] ?? '');
    replacement.querySelector(`details[data-report="${name}"]`)?.setAttribute('open', '');
  }
}

/** The focused control stays where it was, found again by its name and value. */
function keepFocus(part: HTMLElement, replacement: HTMLElement): void {
  const id = document.activeElement?.id;
  part.innerHTML = replacement.innerHTML;
  if (id) document.getElementById(id)?.focus();
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
