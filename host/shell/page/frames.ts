import { isGatehouseMessage, type CallMessage } from '../frame/protocol';
import { runCommand, SubscriptionAnswer } from './commands';
import { allSessions, findSession, postToFrame, type FrameSession } from './frame-session';
import { member } from './payload';
import { resizeToContent } from './resize';

const subscriptions = new Map<number, SubscriptionAnswer>();
let lastSubscription = 0;

/**
 * Answers the bridges inside frames: only windows of frames that the server put on this page, and only while they show
 * the origin that they were given.
 */
export function startFrames(): void {
  window.addEventListener('message', (event) => {
    if (!isGatehouseMessage(event.data) || event.data.gatehouse !== 'call') return;
    const session = findSession(event.source);
    if (session?.origin !== event.origin) return;
    const message = event.data as CallMessage;
    if (message.again && session.heard.has(message.id)) return;
    session.heard.add(message.id);
    void answer(session, message);
  });
  for (const { iframe } of allSessions()) {
    // Frames load beside this script and may have asked already; before they load, they show no origin of their own.
    iframe.contentWindow?.postMessage({ gatehouse: 'ready' }, '*');
    resizeToContent(iframe);
  }
}

async function answer(session: FrameSession, { id, command, payload }: CallMessage): Promise<void> {
  try {
    const value = await perform(session, command, payload);
    const isSubscription = value instanceof SubscriptionAnswer;
    postToFrame(session, {
      gatehouse: 'answer',
      id,
      ok: true,
      value: isSubscription ? undefined : value,
      ...(isSubscription ? { subscription: keep(value) } : {}),
    });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    postToFrame(session, { gatehouse: 'answer', id, ok: false, message });
  }
}

function perform(session: FrameSession, command: string, payload: unknown): unknown {
  if (command !== 'unsubscribe') return runCommand(session, command, payload);
  const id = Number(member(payload, 'subscription'));
  subscriptions.get(id)?.end();
  subscriptions.delete(id);
  return undefined;
}

function keep(subscription: SubscriptionAnswer): number {
  lastSubscription += 1;
  subscriptions.set(lastSubscription, subscription);
  return lastSubscription;
}
