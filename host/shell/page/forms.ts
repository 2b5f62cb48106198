import { showFlag } from './flags';
import { refreshLiveParts } from './live';
import { member, textMember } from './payload';

/** Forms marked `data-quiet` are sent without leaving the page; the answer is shown as a message. */
export function startForms(): void {
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !('quiet' in form.dataset)) return;
    event.preventDefault();
    const button = event.submitter instanceof HTMLButtonElement ? event.submitter : undefined;
    void send(form, button);
  });
}

async function send(form: HTMLFormElement, button: HTMLButtonElement | undefined): Promise<void> {
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(form, button)) {
    if (typeof value === 'string') body.append(name, value);
  }
  button?.setAttribute('aria-busy', 'true');
  try {
    const response = await fetch(form.action, {
      method: 'POST',
      body,
      headers: { accept: 'application/json' },
    });
    const answer: unknown = await response.json().catch(() => undefined);
    showFlag({
      id: form.action,
      title: textMember(answer, 'message') ?? `The host answered ${response.status}.`,
      type: response.ok ? (member(answer, 'nothing') === true ? 'info' : 'success') : 'error',
      isAutoDismiss: response.ok,
    });
  } catch {
    showFlag({ id: form.action, title: 'The host cannot be reached.', type: 'error' });
  } finally {
    button?.removeAttribute('aria-busy');
  }
  await refreshLiveParts();
}
