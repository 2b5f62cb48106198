import { askPerson } from './dialog';
import { post } from './server-call';
import type { FrameSession } from './frame-session';
import { textMember } from './payload';

/** `router.navigate` and `router.open`. Leaving for another site asks first, as Bitbucket does; "no" rejects. */
export async function navigate(session: FrameSession, payload: unknown): Promise<void> {
  const url = new URL(await urlOf(session, payload));
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw new Error(`Only http and https addresses can be opened, not "${url.protocol}".`);
  }
  if (url.origin !== location.origin && !(await confirmLeaving(url))) {
    throw new Error('The person chose to stay on the page.');
  }
  if (textMember(payload, 'type') === 'new-tab') window.open(url, '_blank', 'noopener');
  else location.assign(url);
}

/** `router.getUrl`, and the address behind a navigation target. */
export async function urlOf(session: FrameSession, payload: unknown): Promise<string> {
  const url = textMember(payload, 'url');
  if (url !== undefined) return new URL(url, location.origin).href;
  const answer = await post(`/-/frames/${session.frameId}/url`, payload);
  return new URL(textMember(answer, 'url') ?? '', location.origin).href;
}

function confirmLeaving(url: URL): Promise<boolean> {
  const text = document.createElement('p');
  text.className = 'leaving-address';
  text.textContent = url.href;
  return askPerson({
    title: 'You are leaving this site',
    content: [text, ...hints(url)],
    no: 'Stay',
    yes: 'Continue',
  });
}

/** What the app knows of a host that a stand-in plays is not there on the real site. */
function hints({ host }: URL): HTMLElement[] {
  const standIns = document.documentElement.dataset['standIns']?.split(' ') ?? [];
  if (!standIns.includes(host)) return [];
  const hint = document.createElement('p');
  hint.className = 'quiet';
  hint.textContent = `On this machine a stand-in answers for ${host}, and it has no pages. The real site does not know this project.`;
  return [hint];
}
