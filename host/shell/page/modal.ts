import { post } from './server-call';
import { openSession, runCallback, type FrameSession } from './frame-session';
import { functionMember, member, textMember } from './payload';
import { resizeToContent } from './resize';

interface ModalFrame {
  readonly src: string;
  readonly title: string;
  readonly sandbox: string;
  readonly allow: string;
  readonly description: unknown;
}

const namedSizes = ['small', 'medium', 'large', 'xlarge', 'max', 'fullscreen', 'resizable'];

interface ModalOptions {
  readonly payload: unknown;
  readonly onClose: (value: unknown) => void;
}

/** Opens a resource of the app in a dialog over the page; the frame in it may close it with a value for the opener. */
export async function openModal(opener: FrameSession, payload: unknown): Promise<true> {
  const frame = (await post(`/-/frames/${opener.frameId}/modal`, {
    resource: member(payload, 'resource') ?? null,
    context: member(payload, 'context') ?? {},
  })) as ModalFrame;
  const onClose = functionMember(payload, 'onClose');
  showFrame(frame, {
    payload,
    onClose(value) {
      if (onClose) runCallback(opener, onClose, value);
    },
  });
  return true;
}

/** Buttons for actions of an app: their frame opens in a dialog, as the item of a menu does on Bitbucket. */
export function startActions(): void {
  document.addEventListener('click', (event) => {
    const button = event.target instanceof Element ? event.target.closest('[data-action]') : null;
    const action = button instanceof HTMLElement ? button.dataset['action'] : undefined;
    if (action === undefined) return;
    button?.closest('details')?.removeAttribute('open');
    const frame = JSON.parse(action) as ModalFrame;
    showFrame(frame, { payload: { title: frame.title }, onClose: () => undefined });
  });
}

function showFrame(frame: ModalFrame, { payload, onClose }: ModalOptions): void {
  const dialog = document.createElement('dialog');
  dialog.className = `modal modal-${sizeOf(payload)}`;
  applyCustomSize(dialog, member(payload, 'size'));
  const title = textMember(payload, 'title');
  dialog.setAttribute('aria-label', title && title !== '' ? title : frame.title);
  if (title) dialog.append(heading(title));
  const iframe = document.createElement('iframe');
  iframe.title = frame.title;
  iframe.setAttribute('sandbox', frame.sandbox);
  iframe.allow = frame.allow;
  iframe.dataset['frame'] = JSON.stringify(frame.description);
  iframe.src = frame.src;
  dialog.append(iframe);
  document.body.append(dialog);

  const session = openSession(iframe, (value) => {
    for (const listener of session.closeListeners) runCallback(session, listener, value);
    dialog.close();
    dialog.remove();
    onClose(value);
  });
  dialog.addEventListener('cancel', (event) => {
    event.preventDefault();
    if (member(payload, 'closeOnEscape') !== false) session.close?.(undefined);
  });
  dialog.addEventListener('click', (event) => {
    const onBackdrop = event.target === dialog;
    if (onBackdrop && member(payload, 'closeOnOverlayClick') !== false) session.close?.(undefined);
  });
  dialog.showModal();
  resizeToContent(iframe);
}

function sizeOf(payload: unknown): string {
  const size = textMember(payload, 'size');
  return size !== undefined && namedSizes.includes(size) ? size : 'medium';
}

function applyCustomSize(dialog: HTMLDialogElement, size: unknown): void {
  const width = textMember(size, 'width');
  const height = textMember(size, 'height');
  if (width) dialog.style.width = width;
  if (height) dialog.style.height = height;
}

function heading(text: string): HTMLElement {
  const element = document.createElement('h2');
  element.className = 'modal-title';
  element.textContent = text;
  return element;
}
