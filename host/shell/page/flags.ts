export interface Flag {
  readonly id: string;
  readonly title: string;
  readonly description?: string;
  readonly type: 'info' | 'success' | 'warning' | 'error';
  readonly actions?: readonly { readonly text: string; readonly run: () => void }[];
  readonly isAutoDismiss?: boolean;
}

const autoDismissMs = 8_000;
const words = { info: 'Information', success: 'Success', warning: 'Warning', error: 'Error' };

/** Shows a message in the corner of the page; one of the same id takes its place. */
export function showFlag(flag: Flag): void {
  closeFlag(flag.id);
  const element = document.createElement('div');
  element.className = `flag flag-${flag.type}`;
  element.dataset['flagId'] = flag.id;
  element.append(
    part('span', 'flag-type', words[flag.type]),
    part('strong', 'flag-title', flag.title),
  );
  if (flag.description) element.append(part('p', 'flag-description', flag.description));
  for (const action of flag.actions ?? []) {
    element.append(button('flag-action', action.text, action.run));
  }
  const dismiss = button('flag-dismiss', '×', () => closeFlag(flag.id));
  dismiss.setAttribute('aria-label', 'Dismiss');
  element.append(dismiss);
  region().append(element);
  if (flag.isAutoDismiss) setTimeout(() => element.remove(), autoDismissMs);
}

export function closeFlag(id: string): void {
  for (const element of region().querySelectorAll<HTMLElement>('[data-flag-id]')) {
    if (element.dataset['flagId'] === id) element.remove();
  }
}

function region(): HTMLElement {
  const existing = document.getElementById('flags');
  if (existing) return existing;
  const created = document.createElement('section');
  created.id = 'flags';
  created.setAttribute('aria-live', 'polite');
  created.setAttribute('aria-label', 'Messages');
  document.body.append(created);
  return created;
}

function part(tag: 'span' | 'strong' | 'p', className: string, text: string): HTMLElement {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = text;
  return element;
}

function button(className: string, text: string, run: () => void): HTMLButtonElement {
  const element = document.createElement('button');
  element.type = 'button';
  element.className = className;
  element.textContent = text;
  element.addEventListener('click', run);
  return element;
}
